"""The ledger's tables."""

from factcheck.ledger.models.audit import AuditEntry, AuditPayload
from factcheck.ledger.models.followed import Followed, Versioned
from factcheck.ledger.models.head import LedgerHead
from factcheck.ledger.models.idempotency import IdempotencyKey
from factcheck.ledger.models.job import Job, JobState
from factcheck.ledger.models.outbox import OutboxMessage, OutboxState

__all__ = [
    "AuditEntry",
    "AuditPayload",
    "Followed",
    "IdempotencyKey",
    "Job",
    "JobState",
    "LedgerHead",
    "OutboxMessage",
    "OutboxState",
    "Versioned",
]
