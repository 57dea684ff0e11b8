"""What reads an article: an engine of some version. Services take it as a value, so that another can be tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from factcheck import engine
from factcheck.corpus.models import Revision
from factcheck.corpus.services.builds import chosen_models, current_build

Progress = Callable[[float], None]


class Reader(Protocol):
    """An engine: the version that it goes by, its models by name, and its reading."""

    @property
    def version(self) -> str:
        """What its runs are told by: two readers that may find different things have different versions."""

    @property
    def models(self) -> Mapping[str, str]:
        """The digests of its models, by name."""

    def extract(self, article: engine.Article, progress: Progress) -> engine.Extraction:
        """Read one article; `progress` is told the share done and may raise to stop."""


@dataclass(frozen=True, slots=True)
class EngineReader:
    """The engine of this installation. Under another threshold than the desk's it goes by a name of its own."""

    name: str = ""
    min_confidence: float | None = None

    @property
    def version(self) -> str:
        """Its name; what readings by today's engine and models are called where it has none."""
        return self.name or current_build()

    @property
    def models(self) -> Mapping[str, str]:
        """The digests of the models that the settings choose, by name."""
        return engine.find_digests(chosen_models())

    def extract(self, article: engine.Article, progress: Progress) -> engine.Extraction:
        """Read one article."""
        return engine.extract(article, models=chosen_models(), min_confidence=self.min_confidence, progress=progress)


TODAYS = EngineReader()


def read_revision(reader: Reader, revision: Revision, progress: Progress) -> engine.Extraction:
    """Read a revision; `revision.article` comes with its outlet.

    Raises:
        UnreadableArticle: the engine cannot read the text.
    """
    article = revision.article
    text = engine.Article(str(article.pk), revision.text, str(article.outlet or ""), article.published_at)
    return reader.extract(text, progress)
