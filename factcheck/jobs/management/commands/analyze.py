from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console

from factcheck.corpus.models import Article
from factcheck.corpus.services.shadow import ask_shadow_run
from factcheck.corpus.services.switching import switch_engine
from factcheck.jobs.findings import print_findings
from factcheck.jobs.shadow_reports import print_shadow_report
from factcheck.jobs.watching import AnalysisStopped, wait_for_analysis, wait_for_shadow_run
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached

Scope = tuple[Desk, Article | None]


class Command(BaseCommand):
    """Let today's engine read what other engines have read, in the name of an admin: first in shadow, then live."""

    help = (
        "Read articles with today's engine again, in the background worker. With --shadow nothing changes and a report "
        "says what would; without it the engine goes live, which needs a shadow run first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("article", nargs="?", type=UUID, help="an article's id, as in the address of its page")
        what.add_argument("--desk", help="all articles of a desk, by its slug")
        what.add_argument("--all", action="store_true", help="all articles of every desk that the person administers")
        parser.add_argument("--by", required=True, help="the sign-in name of an admin of the desk")
        parser.add_argument("--shadow", action="store_true", help="change nothing; report what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        person, console = _person(options["by"]), Console()
        act = _try if options["shadow"] else _go_live
        try:
            for desk, article in _scopes(person, options):
                act(desk, article, person, console)
        except (Refusal, AnalysisStopped) as reason:
            raise CommandError(str(reason)) from reason


def _try(desk: Desk, article: Article | None, person: User, console: Console) -> None:
    report = ask_shadow_run(desk, person, timezone.now(), article)
    wait_for_shadow_run(report, console)
    print_shadow_report(console, report, person)


def _go_live(desk: Desk, article: Article | None, person: User, console: Console) -> None:
    queued = switch_engine(desk, person, timezone.now(), article)
    for one in queued:
        wait_for_analysis(one, console)
    console.print(f"{desk}: {len(queued):,} read anew.", highlight=False)
    if article is not None:
        print_findings(console, article)


def _scopes(person: User, options: dict[str, Any]) -> list[Scope]:
    if options["article"]:
        article = Article.objects.select_related("desk").filter(pk=options["article"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['article']}. Its page's address shows its id.")
        return [(article.desk, article)]
    desks = Desk.objects.filter(pk__in=desks_reached(person, Action.SWITCH_ENGINE, Reach.DESK)).order_by("slug")
    if options["desk"]:
        desks = Desk.objects.filter(slug=options["desk"])
    if not desks:
        raise CommandError(f"There is no such desk that {person} administers.")
    return [(desk, None) for desk in desks]


def _person(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody who signs in as {username!r}.")
    return person
