from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from factcheck.ledger.errors import Refusal
from factcheck.newsroom.models import AccessToken, Desk, Scope, User
from factcheck.newsroom.tokens import NewToken, create_token, revoke_token


class Command(BaseCommand):
    """Make, list and revoke the keys of programs."""

    help = "Make, list or revoke access tokens of the API. A key is printed once and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="make a token in the name of a lead editor or administrator")
        create.add_argument("name", help="which program uses it")
        create.add_argument("--by", required=True, help="the sign-in name of the person in whose name it acts")
        create.add_argument("--desk", required=True, help="the short name of the desk that it opens")
        create.add_argument("--scope", action="append", choices=Scope.values, help="for each; default read")
        create.add_argument("--rate", type=int, help="requests a minute, where fewer than anybody may send")
        create.add_argument("--days", type=int, default=90, help="how long it lasts, at most 366")
        verbs.add_parser("list", help="show all that open something")
        revoke = verbs.add_parser("revoke", help="make a token worthless")
        revoke.add_argument("token", type=UUID, help="its id, as `list` shows it")
        revoke.add_argument("--by", required=True, help="the sign-in name of the person who revokes it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["verb"])(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def create(self, options: dict[str, Any]) -> None:
        """Make one and print its key."""
        desk = Desk.objects.filter(slug=options["desk"]).first()
        if desk is None:
            raise CommandError(f"There is no desk {options['desk']}.")
        scopes = [Scope(scope) for scope in options["scope"] or [Scope.READ]]
        new = NewToken(options["name"], scopes, timedelta(days=options["days"]), options["rate"])
        token, key = create_token(new, desk, _person(options["by"]), timezone.now())
        self.stderr.write(f"Token {token.pk}, until {token.expires_at:%-d %B %Y}. Keep the key; it is shown only now:")
        self.stdout.write(key)

    def list(self, options: dict[str, Any]) -> None:
        """Show those that open something."""
        table = Table("id", "name", "person", "desk", "scopes", "until", "last used", box=None)
        for token in AccessToken.objects.valid(timezone.now()).select_related("user", "desk").order_by("created_at"):
            used = f"{token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never"
            about = (str(token.pk), token.name, str(token.user), token.desk.slug, ", ".join(token.scopes))
            table.add_row(*about, f"{token.expires_at:%Y-%m-%d}", used)
        console = Console(width=160)
        with console.capture() as shown:
            console.print(table)
        self.stdout.write(shown.get())

    def revoke(self, options: dict[str, Any]) -> None:
        """Make one worthless."""
        token = AccessToken.objects.filter(pk=options["token"]).first()
        if token is None:
            raise CommandError(f"There is no token {options['token']}.")
        revoke_token(token, _person(options["by"]), timezone.now())
        self.stdout.write(f"“{token.name}” opens nothing any more.")


def _person(name: str) -> User:
    person = User.objects.filter(username=name).first()
    if person is None:
        raise CommandError(f"There is nobody who signs in as {name}.")
    return person
