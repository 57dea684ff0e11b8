import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from factcheck.corpus.errors import ArticleAlreadyHere
from factcheck.corpus.models import Article, Retrieval
from factcheck.corpus.services.articles import BULK, NewArticle, add_article
from factcheck.corpus.services.retrieving import Asked, add_article_from_file, add_article_from_url
from factcheck.intake.cleaning import LARGEST_TEXT, UnfitText, decode_text, is_plain
from factcheck.intake.parsing.checks import LARGEST_FILE
from factcheck.jobs.runner import run_job
from factcheck.jobs.watching import AnalysisStopped, wait_for_analysis
from factcheck.ledger.errors import Refusal
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Desk, User

WEB = ("https://", "http://")
ACCEPTED, SOME_REFUSED, WRONG_CALL = 0, 1, 2
TEXTS = ("", ".txt", ".text", ".md")


def a_date(text: str) -> datetime:
    """Read a date or a time of publication; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date. Write 2026-03-01 or 2026-03-01T14:30.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Command(BaseCommand):
    """Add articles from files. Exit status 0: all accepted, 1: some refused, 2: wrong call or unmigrated database."""

    help = "Add files and addresses as articles and queue their analysis; --wait waits for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", help="files, folders, or addresses that begin with https:// or http://")
        parser.add_argument("--desk", help="the desk's slug; needed where there are several")
        parser.add_argument("--by", required=True, help="the sign-in name of the person who adds them")
        parser.add_argument("--outlet", default="", help="the outlet's name, where the files do not give it")
        parser.add_argument("--add-outlet", action="store_true", help="add the outlet where the desk does not know it")
        parser.add_argument(
            "--published", type=a_date, help="day or time of publication, where the files do not give it"
        )
        parser.add_argument("--wait", action="store_true", help="wait until everything is analyzed")

    def handle(self, *args: Any, **options: Any) -> None:
        desk, person = _called_by(options)
        console, taken = Console(stderr=True), _Taken()
        paths = list(_spread(options["paths"]))
        try:
            for path in track(paths, "Adding", console=console, transient=True, disable=not console.is_terminal):
                for reason in _take(path, taken, desk, person, options):
                    self.stderr.write(f"{path}: {reason}")
        except KeyboardInterrupt:
            self.stderr.write("Stopped. What was added stays; give the same call again to go on.")
            taken.refused += 1
        self.stdout.write(str(taken))
        taken.refused += _wait([*taken.added, *taken.there], console) if options["wait"] else 0
        sys.exit(SOME_REFUSED if taken.refused else ACCEPTED)


@dataclass(slots=True)
class _Taken:
    """What a call has come to so far. What the desk has already is not refused: so a call can be given again."""

    added: list[UUID] = field(default_factory=list)
    there: list[UUID] = field(default_factory=list)
    refused: int = 0

    def __str__(self) -> str:
        there = f", {len(self.there)} already there" if self.there else ""
        return f"{len(self.added)} added{there}, {self.refused} refused."


@dataclass(slots=True)
class _Came:
    """What came of one path: new articles, those that the desk had already, and why parts of it were refused."""

    added: list[UUID] = field(default_factory=list)
    there: list[UUID] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def _called_by(options: dict[str, Any]) -> tuple[Desk, User]:
    """The desk and the person of this call, in a database that is ready for it."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is of another version. Run migrate first.", returncode=WRONG_CALL)
        return _desk(options["desk"]), _person(options["by"])
    except DatabaseError as error:
        raise CommandError(f"The database is not ready ({error}). Run migrate first.", returncode=WRONG_CALL) from error


def _spread(paths: list[str]) -> Iterator[str]:
    """The files of folders in the order of their names, and whatever else is given."""
    for path in paths:
        if not path.startswith(WEB) and Path(path).is_dir():
            found = (one for one in sorted(Path(path).rglob("*")) if one.is_file() and not one.name.startswith("."))
            yield from (str(one) for one in found)
        else:
            yield path


def _take(path: str, taken: _Taken, desk: Desk, person: User, options: dict[str, Any]) -> list[str]:
    """Take one path in, and say what of it was refused and why."""
    came = _Came()
    try:
        came = _add(path, desk, person, options)
    except ArticleAlreadyHere as there:
        came.there = [there.article_id]
    except (Refusal, UnfitText, OSError) as reason:
        came.refused = [str(getattr(reason, "strerror", None) or reason)]
    taken.added += came.added
    taken.there += came.there
    taken.refused += len(came.refused)
    return came.refused


def _desk(slug: str | None) -> Desk:
    desks = list(Desk.objects.filter(slug=slug) if slug else Desk.objects.all())
    if len(desks) == 1:
        return desks[0]
    known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
    raise CommandError(f"Say which desk with --desk. Desks: {known}.", returncode=WRONG_CALL)


def _person(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody who signs in as {username!r}.", returncode=WRONG_CALL)
    return person


def _add(path: str, desk: Desk, person: User, options: dict[str, Any]) -> _Came:
    """Take in what lies at a path."""
    asked = Asked(options["outlet"], options["published"], adds_outlet=options["add_outlet"], priority=BULK)
    if path.startswith(WEB):
        return _taken_in(add_article_from_url(path, asked, desk, person, timezone.now()))
    file = Path(path)
    if file.suffix.lower() in TEXTS and (text := _read_text(file)) is not None:
        return _Came([_add_text(text, asked, desk, person).pk])
    if file.stat().st_size > LARGEST_FILE:
        raise UnfitText(f"This file is {file.stat().st_size / 1e6:.1f} MB; a file may have 25 MB.")
    return _taken_in(add_article_from_file(file.name, file.read_bytes(), asked, desk, person, now=timezone.now()))


def _read_text(file: Path) -> str | None:
    """A plain text, which is added at once; None for one in another charset, or with what no text has."""
    if file.stat().st_size > 2 * LARGEST_TEXT:
        raise UnfitText(f"This file is {file.stat().st_size / 1e6:.1f} MB; an article may have 2 MB.")
    raw = file.read_bytes()
    return decode_text(raw) if is_plain(raw) else None


def _add_text(text: str, asked: Asked, desk: Desk, person: User) -> Article:
    new = NewArticle(
        text,
        outlet=asked.outlet,
        published_at=asked.published_at,
        adds_outlet=asked.adds_outlet,
        priority=BULK,
    )
    return add_article(new, desk, person, timezone.now())


def _taken_in(retrieval: Retrieval) -> _Came:
    """Take it in here and now, unless a worker was faster; then wait for that, or for the turn at its site."""
    job = Job.objects.about("retrieval", retrieval.pk).get()
    run_job(job.pk)
    while (job := Job.objects.get(pk=job.pk)).is_open:
        time.sleep(0.1)
        run_job(job.pk)
    retrieval.refresh_from_db()
    if job.state != JobState.DONE:
        return _Came(refused=retrieval.refused or [job.reason])
    articles = list(retrieval.articles.order_by("created_seq"))
    added = [article.pk for article in articles if article.added_at >= retrieval.asked_at]
    return _Came(added, [article.pk for article in articles if article.pk not in added], retrieval.refused)


def _wait(articles: list[UUID], console: Console) -> int:
    """Wait for the analysis of what came and of what was there, which may be queued still; how many of them failed."""
    failed, is_one = 0, len(articles) == 1
    shown = console if is_one else Console(quiet=True)
    is_bare = is_one or not console.is_terminal
    for pk in track(articles, "Analyzing", console=console, transient=True, disable=is_bare):
        article = Article.objects.get(pk=pk)
        try:
            wait_for_analysis(article, shown)
        except AnalysisStopped as reason:
            failed += 1
            console.print(f"{article.title}: {reason}", markup=False)
    return failed
