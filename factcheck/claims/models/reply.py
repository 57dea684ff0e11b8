from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models.verdict import Verdict
from factcheck.ledger.identity import new_id


class Outcome(models.TextChoices):
    """What became of the question."""

    ASKED = "asked", _("asked, no answer yet")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("declined to comment")
    SILENT = "silent", _("did not answer")


class Reply(models.Model):
    """Right of reply: somebody the verdict speaks of, whom we asked, and what they said. Once per person and verdict.

    It belongs to the verdict, so what was approved stays as it was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="replies")
    who = models.CharField(max_length=300)
    asked_on = models.DateField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.ASKED)
    answer = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verdict", "who"], name="reply_once_per_person"),
            models.CheckConstraint(name="reply_names_somebody", condition=~Q(who="")),
            models.CheckConstraint(name="reply_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="reply_answered_in_words", condition=~Q(outcome=Outcome.ANSWERED) | ~Q(answer="")
            ),
        ]
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.who
