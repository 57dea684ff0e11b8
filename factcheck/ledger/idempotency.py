"""Asking twice is doing once: a request's key, its effect and its answer commit in one transaction.

The answer is a companion of the service's change, so services know nothing of keys. Of two requests with one key the
second either finds the first one's answer or collides with it in the database, and then finds it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from factcheck.ledger.changes import Change, accompanied
from factcheck.ledger.errors import KeyInUse, KeyReused, Refusal
from factcheck.ledger.models import IdempotencyKey

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
    """Joins the change: makes the answer from what was changed, and keeps it under its key."""

    once: Once
    make_answer: Callable[[UUID], Answer]
    answer: Answer | None = field(default=None)

    def join(self, change: Change) -> None:
        if self.answer is None and change.subject_id is not None:
            self.keep(change.subject_id, change.now)

    def keep(self, subject_id: UUID, now: datetime) -> Answer:
        self.answer = answer = self.make_answer(subject_id)
        once, body = self.once, json.dumps(answer.body)
        row = IdempotencyKey(principal=once.principal, route=once.route, key=once.key, created_at=now)
        row.body_digest, row.status, row.body = once.body_digest, answer.status, body
        try:
            row.save(force_insert=True)
        except IntegrityError as error:
            raise KeyInUse from error
        return answer


def answer_once(
    once: Once | None, act: Callable[[], Model], make_answer: Callable[[UUID], Answer], now: datetime
) -> Answer:
    """Act and answer; with a key, give the answer that stands there where it was asked before.

    `act` calls one service and gives the row that it is about; `make_answer` reads that row anew.

    Raises:
        KeyReused: the key was sent with another body.
        KeyInUse: the key's first request is not answered yet.
        Refusal: whatever the service refuses; then nothing is kept.
    """
    if once is None:
        return make_answer(act().pk)
    if kept := find_answer(once):
        return kept
    keeper = _Keeper(once, make_answer)
    try:
        with accompanied(keeper):
            subject = act()
        if keeper.answer is None:  # there was nothing to change
            with transaction.atomic():
                keeper.keep(subject.pk, now)
    except Refusal:
        # Somebody else who sent the same key was answered while we worked: then that is the answer.
        if kept := find_answer(once):
            return kept
        raise
    assert keeper.answer is not None
    return keeper.answer


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
