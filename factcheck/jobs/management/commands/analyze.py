from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console

from factcheck.corpus.models import Article
from factcheck.corpus.services.articles import analyze_again
from factcheck.jobs.findings import print_findings
from factcheck.jobs.watching import AnalysisStopped, wait_for_analysis


class Command(BaseCommand):
    """Queue the analysis of an article by today's engine and print what it found."""

    help = "Analyze an article with today's engine in the background worker, wait, and print what was found."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("article", type=UUID, help="the article's id, as in the address of its page")

    def handle(self, *args: Any, **options: Any) -> None:
        article = Article.objects.filter(pk=options["article"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['article']}. Its page's address shows its id.")
        analyze_again(article, timezone.now())
        console = Console()
        try:
            wait_for_analysis(article, console)
        except AnalysisStopped as reason:
            raise CommandError(str(reason)) from reason
        print_findings(console, article)
