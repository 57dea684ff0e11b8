import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from factcheck.ledger.errors import Refusal
from factcheck.newsroom.models import Desk, Role, User
from factcheck.newsroom.services import change_password, change_roles, disable_person, enable_person, end_sessions


class Command(BaseCommand):
    """Change what a person may do, in the name of an admin of their desk; their sessions end with it."""

    help = "Change a person's roles, let them in or out, set their password, or sign them out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="the sign-in name of the person")
        parser.add_argument("--by", required=True, help="the sign-in name of an admin of their desk; never the person")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument(
            "--roles", nargs="*", choices=Role.values, help="exactly these roles on --desk; none takes them off it"
        )
        act.add_argument("--disable", action="store_true", help="let them in no more")
        act.add_argument("--enable", action="store_true", help="let them in again")
        act.add_argument("--password", action="store_true", help="ask for a new password here")
        act.add_argument("--sign-out", action="store_true", help="end all their sessions")
        parser.add_argument("--desk", help="the desk's slug, with --roles")

    def handle(self, *args: Any, **options: Any) -> None:
        person, by, now = _find(options["person"]), _find(options["by"]), timezone.now()
        try:
            if options["roles"] is not None:
                change_roles(person, _desk(options["desk"]), [Role(role) for role in options["roles"]], by, now)
            elif options["password"]:
                change_password(person, getpass.getpass("New password: "), by, now)
            else:
                act = disable_person if options["disable"] else enable_person if options["enable"] else end_sessions
                act(person, by, now)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Done. {person} is signed out everywhere.")


def _find(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"There is nobody who signs in as {username!r}.")
    return found


def _desk(slug: str | None) -> Desk:
    found = Desk.objects.filter(slug=slug or "").first()
    if found is None:
        known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"Say on which desk with --desk. Desks: {known}.")
    return found
