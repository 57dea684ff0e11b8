"""Copies: nearly the same text at another outlet is linked to the first article that brought it, not read again.

A copy has no statements of its own but those of what it adds; those of the first article have an echo in it, where
their very words stand. So a statement that ten outlets carry is one row with ten places, compared and decided once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from factcheck import engine
from factcheck.corpus.models import Access, Article, Echo, Revision, Statement
from factcheck.corpus.services.likeness import Likeness, likeness
from factcheck.corpus.services.sketching import articles_with, forget_keys, keys_of, store_keys
from factcheck.engine import Span
from factcheck.ledger.changes import Change

COMPARED = 5  # articles whose texts are compared with a new one, those that share most keys


@dataclass(frozen=True, slots=True)
class Found:
    """An earlier article that a text is like, and how."""

    article: Article
    likeness: Likeness

    @property
    def says_the_same(self) -> bool:
        """Whether there is nothing in it to read."""
        return self.likeness.is_copy and not self.added

    @property
    def added(self) -> Sequence[Span]:
        """What a copy says beyond its first article: only this of it is read."""
        return self.likeness.added


def find_first(revision: Revision) -> Found | None:
    """The first article of the desk that this text is a copy of; else one that it is another version of, if any.

    Of what was added before it only, so that it is the same in whatever order workers come to it.
    """
    article = revision.article
    ids = articles_with(keys_of(article.desk_id, revision.text)) if not article.revised_at else []
    wanted = [pk for pk in ids if pk != article.pk][: COMPARED * 2]
    if article.copy_of_id and article.copy_of_id not in wanted:
        wanted.append(article.copy_of_id)
    before = _open_before(article, wanted)
    found = [Found(one, like) for one in before if (like := likeness(one.current.text, revision.text))]
    return max(found, key=_best, default=None)


def _best(found: Found) -> tuple[bool, bool, float]:
    return found.likeness.is_copy, not found.added, found.likeness.shared


def _open_before(article: Article, ids: Sequence[UUID]) -> list[Article]:
    rows = Article.objects.filter(pk__in=ids, desk=article.desk_id, access=Access.OPEN, copy_of__isnull=True)
    if article.access != Access.OPEN:
        return []  # what few may read stands by itself
    return list(rows.filter(created_seq__lt=article.created_seq).order_by("created_seq")[:COMPARED])


def link(change: Change, revision: Revision, found: Found | None) -> None:
    """Write what a text is a copy or another version of, and where the statements of its first article stand in it."""
    article = revision.article
    copy_of = found.article if found and found.likeness.is_copy else None
    version_of = found.article if found and not copy_of else None
    before, was_copy = (article.copy_of, article.version_of), article.copy_of_id is not None
    if before != (copy_of, version_of):
        _write_link(change, article, copy_of, version_of)
    if copy_of:
        _follow(change, revision, copy_of)
    elif was_copy:
        store_keys(article.pk, keys_of(article.desk_id, revision.text))


def _follow(change: Change, revision: Revision, first: Article) -> None:
    """Let a copy be found by its first article alone, and with it those that came before it was known whose it is."""
    article = revision.article
    forget_keys(article.pk, keys_of(article.desk_id, revision.text))
    followers = list(Article.objects.filter(copy_of=article))
    for follower in followers:
        _write_link(change, follower, first, None)
    echo(first, [article, *followers])


def _write_link(change: Change, article: Article, copy_of: Article | None, version_of: Article | None) -> None:
    Article.objects.filter(pk=article.pk).update(copy_of=copy_of, version_of=version_of)
    article.copy_of, article.version_of = copy_of, version_of
    change.touch(article)


def echo(first: Article, copies: Iterable[Article], statements: Iterable[UUID] | None = None) -> None:
    """Write where the statements of an article stand in its copies; all, or these.

    What a copy said before its first article changed, it still says: that stays.
    """
    present = Statement.objects.present().filter(article=first)
    rows = list(present if statements is None else present.filter(pk__in=list(statements)))
    for copy in copies:
        revision = copy.current
        found = [(row, revision.text.find(row.content)) for row in rows]
        there = [
            Echo(statement=row, revision=revision, start=at, end=at + len(row.content)) for row, at in found if at >= 0
        ]
        Echo.objects.filter(revision=revision, statement__in=[one.statement for one in there]).delete()
        Echo.objects.bulk_create(there, batch_size=200)


def echo_in_copies(first: Article, statements: Iterable[UUID] | None = None) -> None:
    """The same in all copies that the article has."""
    copies = Article.objects.filter(copy_of=first)
    if copies.exists():
        echo(first, copies, statements)


def only_added(extraction: engine.Extraction, found: Found | None) -> engine.Extraction:
    """What a reading found, of a copy only where it says what its first article does not."""
    if found is None or not found.likeness.is_copy:
        return extraction
    new = tuple(one for one in extraction.statements if any(place.overlaps(one.content) for place in found.added))
    named = {one.speaker for one in new} | {one.reported_by.speaker for one in new if one.reported_by}
    speakers = tuple(speaker for speaker in extraction.speakers if speaker in named)
    return replace(extraction, speakers=speakers, statements=new)
