"""Asking twice is doing once: a request's key, its effect and its answer commit in one transaction.

The answer is a companion of the service's change, so services know nothing of keys. Of two requests with one key the
second either finds the first one's answer or collides with it in the database, and then finds it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from factcheck.ledger.changes import Change, accompanied
from factcheck.ledger.errors import KeyInUse, KeyReused, Refusal
from factcheck.ledger.models import IdempotencyKey
from factcheck.ledger.statements import Statement, insert, inserting

KEPT_FOR = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Once:
    """A key as it was sent: by whom, to which route, with which body."""

    principal: UUID
    route: str
    key: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body of JSON values."""

    status: int
    body: Any
    is_repeated: bool = False


@dataclass(slots=True)
class _Keeper:
    """Joins the change: makes the answers from what was changed, and keeps each under its key."""

    onces: Sequence[Once]
    make_answer: Callable[[Any], Answer]
    reads: bool
    answers: list[Answer] = field(default_factory=list)

    def write_with(self, change: Change) -> list[Statement]:
        if self.reads or self.answers or not change.subjects:
            return []
        return [inserting(self.rows_of(change.subjects[-len(self.onces) :], change.now))]

    def join(self, change: Change) -> None:
        if not self.answers and change.subjects:
            self.keep(change.subjects[-len(self.onces) :], change.now)

    def keep(self, subjects: Sequence[Model], now: datetime) -> None:
        try:
            insert(self.rows_of(subjects, now))
        except IntegrityError as error:
            raise KeyInUse from error

    def rows_of(self, subjects: Sequence[Model], now: datetime) -> list[IdempotencyKey]:
        self.answers = [self.make_answer(subject) for subject in subjects]
        return [_row(once, answer, now) for once, answer in zip(self.onces, self.answers, strict=True)]


def answer_once(
    once: Once | None,
    act: Callable[[], Model],
    make_answer: Callable[[Any], Answer],
    now: datetime,
    *,
    reads: bool = True,
) -> Answer:
    """Act and answer; with a key, give the answer that stands there where it was asked before.

    `act` calls one service and gives the row that it is about; `make_answer` makes the answer of that row. Where it
    `reads` nothing, which is for it to say, the answer is written together with the numbers, for which everybody waits.

    Raises:
        KeyReused: the key was sent with another body.
        KeyInUse: the key's first request is not answered yet.
        Refusal: whatever the service refuses; then nothing is kept.
    """
    if once is None:
        return make_answer(act())
    keeper = _Keeper([once], make_answer, reads)
    try:
        with accompanied(keeper):
            subject = act()
        if not keeper.answers:  # there was nothing to change
            with transaction.atomic():
                keeper.keep([subject], now)
    except Refusal:
        # Who sends a key again finds the thing changed or the key taken: then what was answered is the answer.
        if kept := find_answer(once):
            return kept
        raise
    return keeper.answers[0]


def answer_together(
    onces: Sequence[Once | None], act: Callable[[], Sequence[Model]], make_answer: Callable[[Any], Answer]
) -> list[Answer]:
    """Act on several things in one change and answer each, under its key where they have keys: all or none.

    `act` calls one service, whose last acts are about the rows that it gives, in their order; `make_answer` reads
    nothing. Keys that were answered before are for `answer_once`: see `kept_keys`.

    Raises:
        KeyInUse: one of the keys is there by now; nothing was done.
        Refusal: whatever the service refuses; then nothing was done, and nothing is kept.
    """
    keeper = _Keeper([once for once in onces if once], make_answer, reads=False)
    if not keeper.onces:
        return [make_answer(row) for row in act()]
    with accompanied(keeper):
        act()
    return keeper.answers


def kept_keys(onces: Sequence[Once]) -> set[str]:
    """Which of these keys of one principal and route have an answer."""
    if not onces:
        return set()
    first, keys = onces[0], [once.key for once in onces]
    rows = IdempotencyKey.objects.filter(principal=first.principal, route=first.route, key__in=keys)
    return set(rows.values_list("key", flat=True))


def find_answer(once: Once) -> Answer | None:
    """What was answered to this key.

    Raises:
        KeyReused: it was sent with another body.
    """
    rows = IdempotencyKey.objects.filter(principal=once.principal, route=once.route, key=once.key)
    kept = rows.values_list("body_digest", "status", "body").first()
    if kept is None:
        return None
    digest, status, body = kept
    if digest != once.body_digest:
        raise KeyReused
    return Answer(status, json.loads(body), is_repeated=True)


def purge_idempotency_keys(now: datetime) -> int:
    """Forget answers after two days; give how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def _row(once: Once, answer: Answer, now: datetime) -> IdempotencyKey:
    return IdempotencyKey(
        principal=once.principal,
        route=once.route,
        key=once.key,
        body_digest=once.body_digest,
        status=answer.status,
        body=json.dumps(answer.body),
        created_at=now,
    )
