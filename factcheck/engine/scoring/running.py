from __future__ import annotations

from dataclasses import dataclass

from .. import pipeline
from ..annotations import Article, Models
from ..errors import UnreadableGold
from ..pipeline import DESK_MODELS
from ..segment import read_article
from .attributions import AttributionScore, SplitArticle, score_article
from .events import EventScore, score_event
from .marks import Event, given_statements
from .tallies import Json


@dataclass(frozen=True, slots=True)
class Setup:
    """How the engine is asked: by which models; how sure a statement and how strong a pair must be, None the desk's."""

    min_confidence: float | None = None
    min_score: float | None = None
    models: Models = DESK_MODELS

    def analyze(self, articles: list[Article]) -> Json:
        """Read and pair articles; as the command's JSON."""
        analysis = pipeline.analyze(
            articles, models=self.models, min_confidence=self.min_confidence, min_score=self.min_score
        )
        return pipeline.analysis_document(analysis)

    def pair(self, statements: Json, articles: list[Article]) -> Json:
        """Pair statements that are given, in the command's JSON."""
        given = pipeline.read_statements(statements, articles)
        analysis = pipeline.pair_given(given, articles, min_score=self.min_score, models=self.models)
        return pipeline.analysis_document(analysis)

    def extract(self, article: Article) -> list[Json]:
        """The statements of one article, as rows of the command's JSON."""
        extraction = pipeline.extract(article, models=self.models, min_confidence=self.min_confidence)
        return [pipeline.statement_row(statement) for statement in extraction.statements]


def evaluate_event(event: Event, setup: Setup, *, gold_statements: bool = False) -> EventScore:
    """Run the engine on an event and score what it found; with `gold_statements` on its pairing alone.

    Raises:
        UnreadableArticle, UnreadableGold: an article or a mark cannot be read.
    """
    articles = [read_article(name, text) for name, text in event.texts.items()]
    if not gold_statements:
        return score_event(event, setup.analyze(articles))
    try:
        return score_event(event, setup.pair(given_statements(event), articles))
    except ValueError as error:
        raise UnreadableGold(f"{event.name}: {error}") from error


def evaluate_article(article: SplitArticle, setup: Setup) -> AttributionScore:
    """Run the engine on an article of a split and score the spans that it found.

    Raises:
        UnreadableArticle: the text is empty, too large or holds NUL characters.
    """
    return score_article(article, setup.extract(read_article("article", article.text)))
