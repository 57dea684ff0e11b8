"""How the installation is: what a monitor asks, answered from the tables."""

import hashlib
import re
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min

from factcheck import engine
from factcheck.corpus.services.builds import chosen_models
from factcheck.jobs.bell import BrokerAway, count_unheard
from factcheck.ledger.chain import verify_tail
from factcheck.ledger.housekeeping import VERIFY
from factcheck.ledger.models import Job, JobState, LedgerHead, OutboxMessage, OutboxState
from factcheck.publishing.models import Delivery, WebhookEndpoint

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
REASONS = 20


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits and what is stuck."""

    waiting: dict[str, int]
    running: int
    oldest_pending_seconds: float
    expired_leases: int
    outbox_oldest_seconds: float
    deliveries_waiting: int
    deliveries_overdue_seconds: float
    webhooks_failing: int
    webhooks_switched_off: int


@dataclass(frozen=True, slots=True)
class AuditHealth:
    """The chain: its head, whether its last entries verify now, and the last time that the whole did."""

    head: int
    hash: str
    tail_problems: list[str]
    verified_at: str | None
    verified: bool | None


@dataclass(frozen=True, slots=True)
class Health:
    """Everything at once."""

    backlog: Backlog
    failed: list[dict[str, object]]
    audit: AuditHealth
    engine_version: str
    engine_sha256: str
    models: dict[str, str]
    models_problem: str | None
    broker: str

    def as_json(self) -> dict[str, object]:
        """The body of `/health/detail`."""
        return asdict(self)


def examine(now: datetime) -> Health:
    """Look at everything."""
    models, problem = _models()
    return Health(
        backlog=measure_backlog(now),
        failed=_failed(),
        audit=_audit(),
        engine_version=engine.name_build(models),
        engine_sha256=engine_hash(),
        models=models,
        models_problem=problem,
        broker=find_broker(),
    )


def measure_backlog(now: datetime) -> Backlog:
    """Count what waits, in a few short queries."""
    queued = Job.objects.ready(now)
    waiting = dict(queued.order_by("kind").values_list("kind").annotate(many=Count("pk")))
    outbox = OutboxMessage.objects.filter(state=OutboxState.PENDING).aggregate(first=Min("created_at"))["first"]
    return Backlog(
        waiting=waiting,
        running=Job.objects.filter(state=JobState.RUNNING).count(),
        oldest_pending_seconds=_age(queued.awaited().aggregate(first=Min("created_at"))["first"], now),
        expired_leases=Job.objects.lapsed().count(),
        outbox_oldest_seconds=_age(outbox, now),
        deliveries_waiting=Delivery.objects.pending().count(),
        deliveries_overdue_seconds=_age(
            Delivery.objects.due(now).aggregate(first=Min("next_attempt_at"))["first"], now
        ),
        webhooks_failing=WebhookEndpoint.objects.failing().count(),
        webhooks_switched_off=WebhookEndpoint.objects.switched_off().count(),
    )


def find_unreadiness() -> list[str]:
    """Why requests should go elsewhere; nothing where all is ready."""
    try:
        executor = MigrationExecutor(connection)
        unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        connection.close()
        return ["the database cannot be reached"]
    return [f"migration {step.app_label}.{step.name} is not applied" for step, _ in unapplied]


def find_broker() -> str:
    """Whether Redis answers; `embedded` where there is none."""
    if not settings.REDIS_URL:
        return "embedded"
    try:
        count_unheard()
    except BrokerAway:
        return "away"
    return "reachable"


@cache
def engine_hash() -> str:
    """The SHA-256 over the engine's data files, name and content each: what makes two readings comparable."""
    folder = Path(engine.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("data/*")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _models() -> tuple[dict[str, str], str | None]:
    """The digests of the models that read, and why they cannot."""
    try:
        return engine.find_digests(chosen_models()), None
    except engine.ModelUnusable as problem:
        return {}, str(problem)


def _age(moment: datetime | None, now: datetime) -> float:
    return max((now - moment).total_seconds(), 0.0) if moment else 0.0


def _failed() -> list[dict[str, object]]:
    rows = Job.objects.filter(state=JobState.FAILED).order_by().values_list("kind", "reason")
    counted = Counter[tuple[str, str]]()
    for kind, reason, many in rows.annotate(many=Count("pk")):
        counted[kind, IDS.sub("…", reason)] += many
    return [{"kind": kind, "reason": reason, "count": many} for (kind, reason), many in counted.most_common(REASONS)]


def _audit() -> AuditHealth:
    head = LedgerHead.objects.get(pk=1)
    ended = Job.objects.filter(kind=VERIFY, state__in=(JobState.DONE, JobState.FAILED)).order_by("-ended_at").first()
    return AuditHealth(
        head=head.audit_sequence,
        hash=head.audit_hash,
        tail_problems=verify_tail(),
        verified_at=ended.ended_at.isoformat() if ended and ended.ended_at else None,
        verified=ended.state == JobState.DONE if ended else None,
    )
