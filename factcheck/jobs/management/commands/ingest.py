import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from factcheck.corpus.errors import UnfitRetrieval
from factcheck.corpus.models import Article, Retrieval
from factcheck.corpus.services.articles import BULK, NewArticle, add_article
from factcheck.corpus.services.retrieving import Asked, add_article_from_file, add_article_from_url
from factcheck.intake.cleaning import LARGEST_TEXT, UnfitText, decode_text
from factcheck.intake.parsing.checks import LARGEST_FILE
from factcheck.jobs.runner import run_job
from factcheck.jobs.watching import AnalysisStopped, wait_for_analysis
from factcheck.ledger.errors import Refusal
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Desk, User

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
        parser.add_argument("paths", nargs="+", help="files, or addresses that begin with https:// or http://")
        parser.add_argument("--desk", help="the desk's slug; needed where there are several")
        parser.add_argument("--by", required=True, help="the sign-in name of the person who adds them")
        parser.add_argument("--outlet", default="", help="the outlet's name, where the files do not give it")
        parser.add_argument("--add-outlet", action="store_true", help="add the outlet where the desk does not know it")
        parser.add_argument(
            "--published", type=a_date, help="day or time of publication, where the files do not give it"
        )
        parser.add_argument("--wait", action="store_true", help="wait until everything is analyzed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            desk, person = _desk(options["desk"]), _person(options["by"])
        except DatabaseError as error:
            raise CommandError(
                f"The database is not ready ({error}). Run migrate first.", returncode=WRONG_CALL
            ) from error
        console = Console(stderr=True)
        added, refused = list[Article](), 0
        for path in track(options["paths"], "Adding", console=console, transient=True, disable=not console.is_terminal):
            try:
                added += _add(path, desk, person, options)
            except (Refusal, UnfitText, OSError) as reason:
                refused += 1
                self.stderr.write(f"{path}: {getattr(reason, 'strerror', None) or reason}")
        self.stdout.write(f"{len(added)} added, {refused} refused.")
        refused += _wait(added, console) if options["wait"] else 0
        sys.exit(SOME_REFUSED if refused else ACCEPTED)


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


def _add(path: str, desk: Desk, person: User, options: dict[str, Any]) -> list[Article]:
    asked = Asked(options["outlet"], options["published"], adds_outlet=options["add_outlet"], priority=BULK)
    if path.startswith(("https://", "http://")):
        return _taken_in(add_article_from_url(path, asked, desk, person, timezone.now()))
    file = Path(path)
    if file.suffix.lower() in TEXTS:
        return [_add_text(file, asked, desk, person)]
    if file.stat().st_size > LARGEST_FILE:
        raise UnfitText(f"This file is {file.stat().st_size / 1e6:.1f} MB; a file may have 25 MB.")
    return _taken_in(add_article_from_file(file.name, file.read_bytes(), asked, desk, person, now=timezone.now()))


def _add_text(file: Path, asked: Asked, desk: Desk, person: User) -> Article:
    if file.stat().st_size > 2 * LARGEST_TEXT:
        raise UnfitText(f"This file is {file.stat().st_size / 1e6:.1f} MB; an article may have 2 MB.")
    new = NewArticle(
        decode_text(file.read_bytes()),
        outlet=asked.outlet,
        published_at=asked.published_at,
        adds_outlet=asked.adds_outlet,
        priority=BULK,
    )
    return add_article(new, desk, person, timezone.now())


def _taken_in(retrieval: Retrieval) -> list[Article]:
    """Take it in here and now, unless a worker was faster; then wait for that."""
    job_id = Job.objects.about("retrieval", retrieval.pk).get().pk
    run_job(job_id)
    while (job := Job.objects.get(pk=job_id)).is_open:
        time.sleep(0.1)
    if job.state != JobState.DONE:
        raise UnfitRetrieval(job.reason)
    return list(retrieval.articles.all())


def _wait(articles: list[Article], console: Console) -> int:
    failed = 0
    for article in articles:
        try:
            wait_for_analysis(article, console)
        except AnalysisStopped as reason:
            failed += 1
            console.print(f"{article.title}: {reason}", markup=False)
    return failed
