from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from factcheck.corpus.models.article import Article, Revision
from factcheck.corpus.models.statement import Statement
from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class RunMode(models.TextChoices):
    """What a run is for: to change the statements, or only to report what it would change."""

    LIVE = "live"
    SHADOW = "shadow"


class AnalysisRun(Followed):
    """One reading of a revision by one engine version. `outcome` lists what became of the statements."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="runs")
    engine_version = models.CharField(max_length=40)
    models_used = models.JSONField(default=dict)
    mode = models.CharField(max_length=8, choices=RunMode, default=RunMode.LIVE)
    ran_at = models.DateTimeField()
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "engine_version", "mode"], name="run_once"),
            models.CheckConstraint(name="run_mode_known", condition=Q(mode__in=RunMode.values)),
        ]

    def __str__(self) -> str:
        return f"engine {self.engine_version}, {self.mode}"


class Detection(models.Model):
    """What the engine saw at one place in one run, as it said it; kept as the machine's word, never edited."""

    run = models.ForeignKey(AnalysisRun, on_delete=models.CASCADE, related_name="detections")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    found = models.JSONField()
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="detections")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "start", "end"], name="detection_once"),
            models.CheckConstraint(name="detection_end_after_start", condition=Q(end__gt=F("start"))),
        ]


class ShadowReportQuerySet(models.QuerySet["ShadowReport"]):
    """Sets of reports by name."""

    def readable_by(self, person: User) -> Self:
        """Reports on the desks where this person may read them."""
        return self.filter(desk__in=desks_reached(person, Action.READ_SHADOW_REPORT, Reach.DESK))


class ShadowReport(models.Model):
    """What an engine would change on a desk, or in one article, if it went live; it has ended when all is compared."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="shadow_reports")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="shadow_reports")
    engine_version = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ShadowReportQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="shadow_report_names_engine", condition=~Q(engine_version=""))]
        indexes = [models.Index(fields=["desk", "-asked_at"], name="shadow_reports_of_desk")]

    def __str__(self) -> str:
        return f"shadow run of engine {self.engine_version}"

    def get_absolute_url(self) -> str:
        """The page to read it on."""
        return reverse("workbench:shadow-report", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Who asked for it."""
        return frozenset({self.asked_by_id})


class ArticleComparison(models.Model):
    """What a shadow run would do to one article's statements, as they stood then: counts, and each by name.

    `statements` lists ids of kept ones; of moved and gone ones id, place and what editors did with them; places of new.
    """

    report = models.ForeignKey(ShadowReport, on_delete=models.CASCADE, related_name="comparisons")
    run = models.ForeignKey(AnalysisRun, on_delete=models.PROTECT, related_name="comparisons")
    kept = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    with_work = models.PositiveIntegerField()
    statements = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "run"], name="comparison_once_per_report"),
            models.CheckConstraint(
                name="comparison_work_is_on_moved_or_gone", condition=Q(with_work__lte=F("moved") + F("gone"))
            ),
        ]
