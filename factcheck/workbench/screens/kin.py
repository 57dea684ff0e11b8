"""What an article is a copy or another version of, and who else carries it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_info

from factcheck import engine
from factcheck.corpus.models import Article, Revision
from factcheck.newsroom.models import User
from factcheck.workbench.screens.revisions import first_of

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Kin:
    """An article's first article, its copies and versions as far as one may read them, and its language if unread."""

    first: Article | None
    is_copy: bool
    copies: Sequence[Article]
    more: int
    versions: Sequence[Article]
    unread: str

    @property
    def outlets(self) -> int:
        """How many other articles carry the text."""
        return len(self.copies) + self.more


def kin_of(article: Article, revision: Revision, person: User) -> Kin:
    """Gather who carries this text."""
    root = article.copy_of_id or article.pk
    readable = Article.objects.readable_by(person).select_related("outlet")
    copies = readable.filter(copy_of=root).exclude(pk=article.pk)
    return Kin(
        first_of(article, person),
        article.copy_of_id is not None,
        list(copies.order_by("created_seq")[:SHOWN]),
        max(0, copies.count() - SHOWN),
        list(readable.filter(version_of=root).exclude(pk=article.pk).order_by("created_seq")[:SHOWN]),
        _unread(revision),
    )


def _unread(revision: Revision) -> str:
    """The name of the text's language, where the engine does not read it."""
    if revision.language in engine.LANGUAGES:
        return ""
    try:
        name = str(get_language_info(revision.language)["name_translated"])
    except KeyError:
        return revision.language
    return name.lower() if get_language() == "fr" else name  # English alone writes it with a capital
