"""What can be done to many things at once, and what takes each of it back; the rooms above add theirs as they start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from factcheck.corpus.models import Article, ConflictPair, Decision
from factcheck.corpus.services.articles import archive_article, restore_article
from factcheck.corpus.services.conflicts import (
    DECIDE,
    PUT_BACK,
    REOPEN,
    decide_conflict,
    put_back_decision,
    reopen_conflict,
)
from factcheck.corpus.services.covering import OPEN
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What a run goes by: who does it, and who did what is taken back; what was chosen; since when, and now."""

    person: User
    by: User
    choice: str
    since: datetime
    now: datetime


Act = Callable[[Any, Row, Given], object]


def _nothing_to_choose(choice: str, desk: Desk) -> str:
    return ""


def _as_they_are(rows: QuerySet[Any], given: Given) -> QuerySet[Any]:
    return rows


def _is_edited(row: Any, planned: Row) -> bool:
    return bool(row.version > planned["version"])


@dataclass(frozen=True, slots=True)
class Verb:
    """What is done to each row and what takes it back; which rows it fits, and how one is known that it was done to.

    `asks` names what has to be chosen besides: a "tag", or a "person", one who may do `takers`; `fit_choice` checks it.
    `seen` gives the rows with whatever `is_done` looks at; `is_touched` says whether one changed since it was planned.
    """

    model: type[Model]
    fits: Q
    act: Act
    take_back: Act
    is_done: Callable[[Any, Given], bool]
    carries: tuple[str, ...] = ("version",)
    asks: str = ""
    takers: Action | None = None
    fit_choice: Callable[[str, Desk], str] = _nothing_to_choose
    seen: Callable[[QuerySet[Any], Given], QuerySet[Any]] = _as_they_are
    is_touched: Callable[[Any, Row], bool] = _is_edited

    def rows(self, given: Given, keys: list[str]) -> QuerySet[Any]:
        """The rows of these keys, as `is_done` looks at them."""
        found = self.model._default_manager.filter(pk__in=keys)  # noqa: SLF001 -- Django's public name
        return self.seen(found, given)


def _decides(decision: Decision) -> Verb:
    return Verb(
        ConflictPair,
        Q(status__in=OPEN) & ~Q(decision=decision),
        lambda pair, row, given: decide_conflict(pair, decision, row["version"], given.person, now=given.now),
        lambda pair, row, given: reopen_conflict(pair, row["version"] + 1, given.person, given.now),
        lambda pair, given: pair.decision == decision and pair.decided_by_id == given.by.pk,
    )


def _taken_back_by(rows: QuerySet[Any], given: Given) -> QuerySet[Any]:
    told = AuditEntry.objects.filter(subject_type="conflictpair", subject_id=OuterRef("pk"), at__gte=given.since)
    last = told.filter(verb__in=(DECIDE, REOPEN, PUT_BACK)).order_by("-sequence")
    found: QuerySet[Any] = rows.annotate(
        last_verb=Subquery(last.values("verb")[:1]), last_by=Subquery(last.values("actor")[:1])
    )
    return found


def _is_reopened(pair: Any, given: Given) -> bool:
    """Whether it has no decision any more, or the one again that stood before."""
    return bool(pair.decision == "" or (pair.last_verb == REOPEN and pair.last_by == given.by.pk))


_REOPEN = Verb(
    ConflictPair,
    ~Q(decision=""),
    lambda pair, row, given: reopen_conflict(pair, row["version"], given.person, given.now),
    lambda pair, row, given: put_back_decision(pair, row["version"] + 1, given.person, given.now),
    _is_reopened,
    seen=_taken_back_by,
)
_ARCHIVE = Verb(
    Article,
    Q(archived_at__isnull=True),
    lambda article, row, given: archive_article(article, row["version"], given.person, given.now),
    lambda article, row, given: restore_article(article, row["version"] + 1, given.person, given.now),
    lambda article, given: article.archived_at is not None,
)
VERBS: Final[dict[str, Verb]] = {
    **{decision.value: _decides(decision) for decision in Decision if decision is not Decision.CONFLICT},
    "reopen": _REOPEN,
    "archive": _ARCHIVE,
}
