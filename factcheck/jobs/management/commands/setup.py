import getpass
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from factcheck.jobs.installing import FirstNewsroom, NotInstallable, a_member, require_nobody, set_up_newsroom
from factcheck.newsroom.models import Role

PASSWORDS = {Role.LEAD: "FACTCHECK_LEAD_PASSWORD", Role.ADMIN: "FACTCHECK_ADMIN_PASSWORD"}


class Command(BaseCommand):
    """The first desk with its lead and its admin."""

    help = (
        "Migrate, and set up the first desk with a lead editor, an admin and rating scales. Passwords come from "
        "FACTCHECK_LEAD_PASSWORD and FACTCHECK_ADMIN_PASSWORD, or are asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", default="News desk", help="the desk's name")
        parser.add_argument("--slug", default="news", help="its short name, for commands and addresses")
        parser.add_argument("--lead", required=True, help="the lead editor's sign-in name")
        parser.add_argument("--lead-name", default="", help="the lead editor's name, as colleagues and readers see it")
        parser.add_argument("--admin", required=True, help="the admin's sign-in name; another person")
        parser.add_argument("--admin-name", default="", help="the admin's name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call_command("migrate", verbosity=0, interactive=False)
            require_nobody()
            first = FirstNewsroom(
                options["desk"],
                options["slug"],
                a_member(Role.LEAD, options["lead"], options["lead_name"], _password(Role.LEAD)),
                a_member(Role.ADMIN, options["admin"], options["admin_name"], _password(Role.ADMIN)),
            )
            desk = set_up_newsroom(first, Path(settings.SEEDS_DIR) / "rating_scales.toml", timezone.now())
        except (NotInstallable, DatabaseError) as refusal:
            raise CommandError(str(refusal).strip()) from refusal
        self.stdout.write(f"{desk.name} is set up; {options['lead']} and {options['admin']} can sign in.")


def _password(role: Role) -> str:
    given = os.environ.get(PASSWORDS[role])
    if given:
        return given
    if not sys.stdin.isatty():
        raise CommandError(f"{PASSWORDS[role]}: no password. Set it, or run this at a terminal to be asked.")
    return getpass.getpass(f"Password of the {role.label}: ")
