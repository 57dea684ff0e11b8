"""What a person's notices are about, in words, as far as they may read it now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext

from factcheck.claims.models import Claim, Comment
from factcheck.corpus.models import Article, ConflictPair, Statement
from factcheck.newsroom.models import Notice, NoticeKind, SavedView, User

_COMMENTED = re.compile("#comment-([0-9a-f]{8}-[0-9a-f-]{27})")
COMMENT = "#comment-"  # where a comment stands on the page of what it is about


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and what it is about; no title and no address where the person may not read that any more.

    `words` are those of the comment that mentions them, as far as it still stands.
    """

    notice: Notice
    title: str
    address: str
    words: str = ""

    @property
    def kind(self) -> str:
        """What happened, in words."""
        if self.notice.kind == NoticeKind.VIEW:
            return ngettext("%(count)d new in a saved view", "%(count)d new in a saved view", self.notice.count) % {
                "count": self.notice.count
            }
        return str(NoticeKind(self.notice.kind).label)


def describe_notices(notices: Sequence[Notice], person: User) -> list[Told]:
    """Say what these are about, in one query for each sort of thing."""
    titles: dict[UUID, tuple[str, str]] = {}
    for kind, find in FINDERS.items():
        wanted = {notice.subject_id for notice in notices if notice.subject_type == kind}
        if wanted:
            titles |= {row.pk: _named(row) for row in find(person).filter(pk__in=wanted)}
    said = _words_of(notices, person)
    return [
        Told(notice, *_placed(titles.get(notice.subject_id), notice.place), said.get(notice.place, ""))
        for notice in notices
    ]


def _words_of(notices: Sequence[Notice], person: User) -> dict[str, str]:
    """By place on a page, what the comment there says that mentions the person."""
    places = {notice.place for notice in notices if notice.kind == NoticeKind.MENTION}
    ids = [found.group(1) for place in places if (found := _COMMENTED.fullmatch(place))]
    comments = Comment.objects.readable_by(person).standing().filter(pk__in=ids) if ids else []
    return {f"{COMMENT}{comment.pk}": " ".join(comment.body.split()) for comment in comments}


# The rooms above add what their own notices are about, as they start.
FINDERS: dict[str, Any] = {
    "claim": Claim.objects.readable_by,
    "conflictpair": lambda person: ConflictPair.objects.readable_by(person).with_sides(),
    "article": Article.objects.readable_by,
    "savedview": SavedView.objects.seen_by,
    "statement": lambda person: Statement.objects.readable_by(person).select_related("article"),
}


def _named(row: Claim | ConflictPair | Article | Statement | SavedView) -> tuple[str, str]:
    if isinstance(row, Statement):
        return row.display, f"{row.article.get_absolute_url()}#s-{row.pk}"
    return str(row), row.get_absolute_url()


def _placed(named: tuple[str, str] | None, place: str) -> tuple[str, str]:
    if named is None:
        return "", ""
    title, address = named
    return title, address if "#" in address else address + place
