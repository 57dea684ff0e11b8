from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models.verdict import Verdict
from factcheck.ledger.identity import new_id

WEB = Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://")
ARCHIVED = Q(archived_url="") | Q(archived_url__startswith="https://") | Q(archived_url__startswith="http://")


class Bearing(models.TextChoices):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


class Evidence(models.Model):
    """A cited source with an excerpt. It belongs to the verdict that cites it, so what was approved stays as it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=2000, blank=True, default="")
    excerpt = models.TextField(blank=True, default="")
    bearing = models.CharField(max_length=8, choices=Bearing)
    archived_url = models.CharField(max_length=2000, blank=True, default="")
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="evidence_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="evidence_bearing_known", condition=Q(bearing__in=Bearing.values)),
            models.CheckConstraint(name="evidence_url_is_web", condition=WEB),
            models.CheckConstraint(name="evidence_archive_is_web", condition=ARCHIVED),
        ]
        ordering = ["attached_at", "id"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.title
