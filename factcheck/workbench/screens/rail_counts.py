"""The numbers of the rail: one question that every page asks."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet, Subquery

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Article, ConflictPair, Feed, PollResult
from factcheck.corpus.services.jobs import jobs_listed_for
from factcheck.ledger.models import JobState, LedgerHead
from factcheck.ledger.settled import number_of
from factcheck.newsroom.entry import roles_waiting
from factcheck.newsroom.models import Notice, User
from factcheck.newsroom.standing import MOST, Standing, stand


@dataclass(frozen=True, slots=True)
class RailCounts:
    """How much there is of each sort that a person's rail counts."""

    conflicts: int  # that wait for a decision
    claims: int  # without one
    articles: int  # not archived
    feeds_failing: int  # and those paused for it
    to_approve: int  # verdicts that they may be the second person for
    sent_back: int  # verdicts of theirs
    mine: int  # unfinished claims that wait for them
    notices: int  # not read
    failed: int  # jobs of their list
    roles_asked: int  # that wait for them as second admin


class _Question(NamedTuple):
    names: tuple[str, ...]
    sql: str
    values: tuple[Any, ...]


def count_for(person: User) -> RailCounts:
    """Count it all, in one question."""
    standing, own = stand(person)
    question = _question(standing)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, [own.get(value, value) for value in question.values])
        numbers = zip(question.names, cursor.fetchone(), strict=True)
    return RailCounts(**{name: number or 0 for name, number in numbers})


@lru_cache(MOST)
def _question(standing: Standing) -> _Question:
    """The question is kept for all who stand so, never its answer: making it takes longer than answering it."""
    person = standing.stand_in
    claims, pairs = Claim.objects.readable_by(person).unfinished(), ConflictPair.objects.readable_by(person)
    counted: dict[str, QuerySet[Any]] = {
        "conflicts": pairs.awaiting_editor(),
        "claims": claims,
        "articles": Article.objects.readable_by(person).current(),
        "feeds_failing": Feed.objects.seen_by(person).subscribed().filter(result=PollResult.FAILED),
        "to_approve": Verdict.objects.awaiting(person),
        "sent_back": Verdict.objects.sent_back_to(person),
        "mine": Verdict.objects.claims_left_to(person),
        "notices": Notice.objects.to(person).unread(),
        "failed": jobs_listed_for(person).filter(state=JobState.FAILED),
        "roles_asked": roles_waiting(person).exclude(asked_by=person).exclude(person=person),
    }
    numbers = {name: Subquery(number_of(rows)) for name, rows in counted.items()}
    sql, values = LedgerHead.objects.values_list(*numbers.values()).query.sql_with_params()
    return _Question(tuple(numbers), sql, tuple(values))
