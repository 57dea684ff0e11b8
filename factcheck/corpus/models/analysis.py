from django.db import models
from django.db.models import F, Q

from factcheck.corpus.models.article import Revision
from factcheck.corpus.models.statement import Statement
from factcheck.ledger.models import Followed


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
