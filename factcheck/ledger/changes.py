"""One change = one transaction: rows, audit entries, jobs and outbox messages commit together or not at all."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model

from factcheck.ledger.chain import canonical, digest_of, hash_of
from factcheck.ledger.errors import KeyInUse, StaleVersion
from factcheck.ledger.models import (
    AuditEntry,
    AuditPayload,
    Followed,
    Job,
    LedgerHead,
    OutboxMessage,
    Versioned,
)
from factcheck.ledger.signals import job_queued
from factcheck.ledger.statements import (
    Statement,
    edit,
    ending_the_transaction,
    inserting,
    inserting_once,
    lock_head,
    write,
    writing_head,
    writing_numbers,
)

UNIQUE_VIOLATION = "23505"  # PostgreSQL's code; SQLite finds nothing else at this point
INSTALLATION = UUID(int=0)  # the subject of work that is about no one thing


@dataclass(frozen=True, slots=True)
class _Act:
    verb: str
    subject: Model
    desk_id: UUID | None
    body: dict[str, Any]
    salt: str
    digest: str


@dataclass(slots=True)
class Change:
    """What a service does in one transaction. Made by `record_change` only."""

    actor: AbstractBaseUser | None
    now: datetime
    _touched: dict[UUID, Followed] = field(default_factory=dict)
    _acts: list[_Act] = field(default_factory=list)
    _turns: dict[tuple[UUID | None, int], int] = field(default_factory=dict)
    _calls_worker: bool = False
    _jobs: list[Job] = field(default_factory=list)

    @property
    def actor_id(self) -> UUID | None:
        """Who acts; None for the workbench itself."""
        return None if self.actor is None else self.actor.pk

    @property
    def subjects(self) -> list[Model]:
        """What the change is about: the subjects of its acts, in their order."""
        return [act.subject for act in self._acts]

    def touch(self, *rows: Followed) -> None:
        """Give these rows the next numbers of the change sequence when the change commits."""
        self._touched.update({row.pk: row for row in rows})

    def edit(self, row: Versioned, version: int, **fields: Any) -> None:
        """Update a row that people edit, and with it what the caller holds of it, if it has the version that was seen.

        `fields` are values, not expressions.

        Raises:
            StaleVersion: somebody else saved first; nothing was changed.
        """
        if not edit(row, version, fields):
            raise StaleVersion
        for name, value in {**fields, "version": version + 1}.items():
            setattr(row, name, value)
        getattr(row, "_prefetched_objects_cache", {}).clear()  # read before the change; as Django's own reload does
        if isinstance(row, Followed):
            self.touch(row)

    def audit(self, verb: str, subject: Model, *, desk_id: UUID | None, **body: Any) -> None:
        """Write one audit entry about the subject; `body` says what changed, in JSON values."""
        salt = secrets.token_hex(16)
        self._acts.append(_Act(verb, subject, desk_id, body, salt, digest_of(salt, body)))  # while nobody waits

    def enqueue(self, kind: str, key: str, subject: Model | None, **fields: Any) -> Job:
        """Write a job, once for its kind and key; give the one that stands there. No subject: the installation."""
        self.enqueue_all([self.new_job(kind, key, subject, **fields)])
        return Job.objects.get(kind=kind, key=key)

    def enqueue_all(self, jobs: Sequence[Job]) -> None:
        """Write these new jobs, each once for its kind and key."""
        if jobs:
            write(inserting_once(jobs))
        self.call_worker()

    def enqueue_at_the_end(self, jobs: Sequence[Job]) -> None:
        """Write these new jobs as `enqueue_all` does, but together with the numbers: one answer less to wait for."""
        self._jobs += jobs
        self.call_worker()

    def new_job(self, kind: str, key: str, subject: Model | None, **fields: Any) -> Job:
        """A job that this change asks for, for `enqueue_all` or `enqueue_at_the_end` to write."""
        fields["subject_type"] = str(subject._meta.model_name) if subject else "installation"  # noqa: SLF001 -- Django's public name
        fields["subject_id"] = subject.pk if subject else INSTALLATION
        if "turn" not in fields:
            fields["turn"] = self._next_turn(fields.get("desk_id"), fields.get("priority", 0))
        return Job(kind=kind, key=key, created_at=self.now, requested_by_id=self.actor_id, **fields)

    def call_worker(self) -> None:
        """Say after the commit that there is work; nobody relies on its being heard."""
        if not self._calls_worker:
            transaction.on_commit(lambda: job_queued.send_robust(sender=Job))
        self._calls_worker = True

    def _next_turn(self, desk_id: UUID | None, priority: int) -> int:
        queue = (desk_id, priority)
        turn = self._turns[queue] + 1 if queue in self._turns else Job.objects.next_turn(*queue)
        self._turns[queue] = turn
        return turn

    def emit(self, topic: str, body: dict[str, Any]) -> OutboxMessage:
        """Write an outbox message; its id and bytes never change again."""
        return OutboxMessage.objects.create(topic=topic, body=canonical(body), created_at=self.now)

    def seal(self, companion: "Companion | None" = None) -> None:
        """Give out the numbers and append to the chain, under the head's lock; the last thing before the commit.

        Raises:
            KeyInUse: what the companion writes with it stands there already.
        """
        jobs = [inserting_once(self._jobs)] if self._jobs else []
        if not self._touched and not self._acts:
            write(*jobs)
            return
        head = lock_head()
        # One list after the other: writing the head is made of what the two before gave it.
        statements = [*jobs, *self._number(head), *self._append(head), writing_head(head)]
        beside = companion.write_with(self) if companion else []
        ends = [] if companion and not beside else ending_the_transaction()
        with _keys_told(beside):
            write(*statements, *beside, *ends)

    def _number(self, head: LedgerHead) -> list[Statement]:
        for row in self._touched.values():
            row.seq = head.seq = head.seq + 1
            row.created_seq = row.created_seq or row.seq
        return writing_numbers(self._touched.values())

    def _append(self, head: LedgerHead) -> list[Statement]:
        entries, payloads = [], []
        for act in self._acts:
            head.audit_sequence += 1
            entry = AuditEntry(
                sequence=head.audit_sequence,
                at=self.now,
                actor_id=self.actor_id,
                verb=act.verb,
                subject_type=str(act.subject._meta.model_name),  # noqa: SLF001 -- Django's public name
                subject_id=act.subject.pk,
                desk_id=act.desk_id,
                payload_digest=act.digest,
                previous_hash=head.audit_hash,
            )
            head.audit_hash = entry.hash = hash_of(entry)
            entries.append(entry)
            payloads.append(AuditPayload(entry_id=entry.sequence, salt=act.salt, body=act.body))
        return [inserting(rows) for rows in (entries, payloads) if rows]


@contextmanager
def _keys_told(beside: Sequence[Statement]) -> Iterator[None]:
    """Say of what a companion writes that it is there already; under the head's lock, nothing else of this can be."""
    try:
        yield
    except IntegrityError as error:
        if beside and getattr(error.__cause__, "sqlstate", UNIQUE_VIOLATION) == UNIQUE_VIOLATION:
            raise KeyInUse from error
        raise


class Companion(Protocol):
    """Something that shall commit together with the next change, without its service knowing."""

    def write_with(self, change: Change) -> Sequence[Statement]:
        """What can be written together with the numbers, which are given and not written yet."""

    def join(self, change: Change) -> None:
        """Write what is left; the numbers are written, the transaction is still open."""


_companion: ContextVar[Companion | None] = ContextVar("companion", default=None)


@contextmanager
def accompanied(companion: Companion) -> Iterator[None]:
    """Let `companion` join the change that a service records in this block."""
    before = _companion.set(companion)
    try:
        yield
    finally:
        _companion.reset(before)


@contextmanager
def record_change(*, actor: AbstractBaseUser | None, now: datetime) -> Iterator[Change]:
    """Open the one transaction of a service. `actor` None is the workbench itself (a worker).

    The transaction is durable: a change inside another would commit half of what its caller promised.
    """
    with transaction.atomic(durable=True):
        change = Change(actor, now)
        yield change
        companion = _companion.get()
        change.seal(companion)
        if companion:
            companion.join(change)
