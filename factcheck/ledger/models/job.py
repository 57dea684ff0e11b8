from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.ledger.prepared import ask_prepared

MAX_ATTEMPTS = 3  # of the work itself: it stopped with an error, or it killed the process that did it
MAX_INTERRUPTIONS = 10  # from outside: the worker was killed whole, or the database went away
BEHIND_ALL = -10  # the priority of long work that goes on between everything else


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class JobQuerySet(models.QuerySet["Job"]):
    """Sets of jobs by name."""

    def lapsed(self) -> Self:
        """Jobs whose worker stopped renewing its lease, by the database's clock."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=Now())

    def ready(self, now: datetime) -> Self:
        """Jobs queued whose time has come."""
        return self.filter(Q(run_after__isnull=True) | Q(run_after__lte=now), state=JobState.QUEUED)

    def awaited(self) -> Self:
        """Jobs that shall not wait long: all but the long work that lets everything else go first."""
        return self.filter(priority__gt=BEHIND_ALL)

    def due(self, now: datetime) -> Self:
        """Jobs that a worker may take: queued and due, or lapsed and not too often interrupted."""
        return self.ready(now) | self.lapsed().filter(interruptions__lt=MAX_INTERRUPTIONS)

    def next_due(self, now: datetime, room: int) -> list[UUID]:
        """The first jobs that workers shall take: what dead workers left, then the queue in its order.

        Two queries, as each then reads an index as far as it needs and no further.
        """
        takable = self.filter(cancel_requested=False)
        left = (
            takable.lapsed()
            .filter(interruptions__lt=MAX_INTERRUPTIONS)
            .next_first()
            .values_list("pk", flat=True)[:room]
        )
        waiting = takable.ready(now).next_first().values_list("pk", flat=True)[:room]
        return [*left, *waiting][:room]

    def spent(self) -> Self:
        """Lapsed jobs that were interrupted too often: it may well be they that stop whole workers."""
        return self.lapsed().filter(interruptions__gte=MAX_INTERRUPTIONS)

    def ended(self) -> Self:
        """Jobs that will not run again by themselves."""
        return self.filter(state__in=ENDED)

    def open(self) -> Self:
        """Jobs queued or running."""
        return self.exclude(state__in=ENDED)

    def about(self, subject_type: str, subject_id: object) -> Self:
        """The jobs of one thing, newest first."""
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by("-created_at", "-id")

    def next_turn(self, desk_id: UUID | None, priority: int) -> int:
        """The turn of a desk's next job: after its own that wait or run, and not before what is served next.

        Start-time fair queueing: a desk that queues a thousand jobs takes a thousand turns, so another desk's first job
        comes after those with whom it shares its turn and not after all of them. What runs counts as well: what follows
        it keeps its turn, and shall not come after articles that were added later.
        """
        if desk_id is None:
            return _turns(self, "AND desk_id IS NULL", [], priority)
        key = self.model._meta.get_field("desk_id").get_db_prep_value(desk_id, connection)  # noqa: SLF001 -- Django's public name
        return _turns(self, "AND desk_id = %s", [key], priority)

    def next_first(self) -> Self:
        """In the order in which workers shall take them: the urgent first, then the desks in turn."""
        return self.order_by("-priority", "turn", "created_at", "id")


def _turns(rows: JobQuerySet, of_desk: str, desk: list[Any], priority: int) -> int:
    """Three ends of indexes in one question: each article that comes asks, and building it costs more than asking."""
    table = connection.ops.quote_name(rows.model._meta.db_table)  # noqa: SLF001 -- Django's public name
    end = f"(SELECT {{}}(turn) FROM {table} WHERE state = %s AND priority = %s {{}})"  # noqa: S608 -- our own table
    asked = f"SELECT {end.format('MAX', of_desk)}, {end.format('MAX', of_desk)}, {end.format('MIN', '')}"
    waiting: list[Any] = [JobState.QUEUED.value, priority]
    running: list[Any] = [JobState.RUNNING.value, priority]
    ((*last, served),) = ask_prepared(asked, [*waiting, *desk, *running, *desk, *waiting])
    return int(max(served or 0, *(turn + 1 for turn in last if turn is not None), 0))


class Job(models.Model):
    """Work to do later. The row is the queue: it commits with the change that asked for it, and the broker only rings.

    A worker owns it while `token` is its own and `lease_until` (the database's clock) has not passed. `attempts` are
    those that the work itself ended or may still end; one that ended from outside counts as an interruption instead.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    desk_id = models.UUIDField(null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    parameters = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=0)
    turn = models.BigIntegerField(db_default=0)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    run_after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    interruptions = models.PositiveSmallIntegerField(db_default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    step = models.CharField(max_length=80, default="")
    share = models.FloatField(default=0)
    reason = models.TextField(default="")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once"),
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(name="job_share_is_a_share", condition=Q(share__gte=0, share__lte=1)),
            models.CheckConstraint(
                name="job_runs_under_a_lease",
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False, token__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_ended_when_ended",
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_failed_with_a_reason", condition=~Q(state=JobState.FAILED) | ~Q(reason="")
            ),
        ]
        indexes = [
            # Whole indexes and not partial ones: SQLite uses a partial one only where the query has no parameter.
            models.Index("state", F("priority").desc(), "turn", "created_at", name="job_next"),
            models.Index("state", "desk_id", F("priority").desc(), "turn", name="job_turns"),
            models.Index(fields=["lease_until"], name="job_leases", condition=Q(state="running")),
            models.Index(fields=["subject_type", "subject_id"], name="job_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether it is queued or running."""
        return self.state not in ENDED

    @property
    def percent(self) -> int:
        """The share done, for people."""
        return round(100 * self.share)
