import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from factcheck.claims.services.knowing import forget_known, read_claims
from factcheck.corpus.services.catching_up import articles_with_keys, store_missing_keys
from factcheck.corpus.services.indexing import articles_with_statements, reindex_article
from factcheck.newsroom.models import Desk


class Command(BaseCommand):
    """Make the candidate index again from the statements, or that of checked claims, while everybody works."""

    help = "Make an index again: of the statements, of texts for copies, or of claims; each thing by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", help="of one desk, by its slug")
        parser.add_argument(
            "--copies", action="store_true", help="what copies are found by; cut off, it is given again"
        )
        parser.add_argument("--claims", action="store_true", help="what checked claims are found by, of all desks")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["claims"]:
            forget_known()
            read = max(read_claims(timezone.now), default=0)
            self.stdout.write(f"{read:,} claims and imported reviews read.")
            return
        desks = Desk.objects.filter(slug=options["desk"]) if options["desk"] else Desk.objects.all()
        if not desks:
            raise CommandError(f"There is no desk {options['desk']!r}.")
        found = articles_with_keys().filter(desk__in=desks) if options["copies"] else articles_with_statements(desks)
        index = store_missing_keys if options["copies"] else reindex_article
        articles = list(found)
        console = Console(stderr=True)
        for article in track(articles, "Indexing", console=console, disable=not sys.stderr.isatty()):
            index(article)
        self.stdout.write(f"{len(articles):,} articles indexed.")
