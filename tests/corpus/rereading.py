"""A later engine reads an article again, and finds what a test says."""

from django.utils import timezone

from factcheck import engine
from factcheck.corpus.models import AnalysisRun, Article
from factcheck.corpus.services.extraction import store_extraction
from factcheck.ledger.changes import record_change
from tests.factories import make_engine_statement

VARGA = engine.Speaker("p1", "Ilse Varga", engine.SpeakerKind.PERSON, aliases=("Varga", "the mayor"))


def read_again(article: Article, *words: str) -> AnalysisRun:
    """A second reading of the newest revision, that finds these words and nothing else."""
    text = article.current.text
    found = tuple(make_engine_statement(article, text, VARGA, said) for said in words)
    for number, run in enumerate(AnalysisRun.objects.order_by("seq")):
        AnalysisRun.objects.filter(pk=run.pk).update(engine_version=f"older {number}")
    with record_change(actor=None, now=timezone.now()) as change:
        return store_extraction(change, article.current, engine.Extraction(str(article.pk), (VARGA,), found))
