"""Which articles another engine has read, and on which of them this one was tried in a shadow run that has ended."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from factcheck.corpus.errors import NotTried
from factcheck.corpus.models import AnalysisRun, Article, ArticleComparison, RunMode
from factcheck.corpus.models.article import ArticleQuerySet

_LIVE = AnalysisRun.objects.filter(revision__article=OuterRef("pk"), mode=RunMode.LIVE)


def articles_read(desk_id: UUID, article_id: UUID | None = None) -> ArticleQuerySet:
    """The articles of a desk, or the one, that an engine has read and that are not archived, in order of arrival."""
    of_desk = Article.objects.current().filter(desk=desk_id).order_by("created_seq")
    return (of_desk.filter(pk=article_id) if article_id else of_desk).filter(Exists(_LIVE))


def read_by_others(articles: ArticleQuerySet, version: str) -> ArticleQuerySet:
    """Those of the articles that engines have read, but not this one."""
    return articles.filter(Exists(_LIVE), ~Exists(_LIVE.filter(engine_version=version)))


def require_tried(articles: ArticleQuerySet, version: str) -> None:
    """Go on only where this engine was tried on each of the articles that others have read before.

    Raises:
        NotTried: on some it was not; says on how many.
    """
    tried = ArticleComparison.objects.filter(
        run__revision__article=OuterRef("pk"), run__engine_version=version, report__ended_at__isnull=False
    )
    untried = read_by_others(articles, version).filter(~Exists(tried)).count()
    if untried:
        what = "this article" if untried == 1 else f"{untried:,} of these articles"
        remedy = "Let an admin run manage.py analyze --shadow and read its report first."
        raise NotTried(f"Engine {version} was not yet tried on {what}. {remedy}")
