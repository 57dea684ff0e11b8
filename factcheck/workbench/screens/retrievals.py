"""What became of an address or a file that somebody handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.corpus.models import Article, Retrieval
from factcheck.intake.fetching.errors import AskedNotTo, RobotsUnknown
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.workbench.screens.progress import Progress, describe

REASONS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class RetrievalScreen:
    """What its page shows."""

    retrieval: Retrieval
    progress: Progress
    articles: Sequence[Article]

    @property
    def may_insist(self) -> bool:
        """Whether its site asked programs to stay away, and a person may say that they read it themselves."""
        stopped = self.progress.job if self.progress.has_stopped else None
        is_asked = stopped is not None and stopped.reason in (str(AskedNotTo()), str(RobotsUnknown()))
        return is_asked and not self.retrieval.against_robots

    @property
    def reasons(self) -> Sequence[str]:
        """Why parts of it were not taken in, as many as are shown."""
        shown: Sequence[str] = self.retrieval.refused[:REASONS_SHOWN]
        return shown

    @property
    def further_reasons(self) -> int:
        """How many more there are."""
        return max(len(self.retrieval.refused) - REASONS_SHOWN, 0)

    @property
    def only_article(self) -> Article | None:
        """The one article that came of it, where nothing was refused."""
        is_one = len(self.articles) == 1 and not self.retrieval.refused
        return self.articles[0] if is_one else None


def retrieval_screen(retrieval: Retrieval, person: User) -> RetrievalScreen:
    """Gather the page in a fixed number of queries."""
    job = Job.objects.about("retrieval", retrieval.pk).first()
    articles = list(Article.objects.readable_by(person).filter(retrievals=retrieval).order_by("created_seq"))
    return RetrievalScreen(retrieval, describe(job, retrieval, person), articles)
