from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class ExportOf(models.TextChoices):
    """What an export holds."""

    REVIEWS = "reviews", _("published reviews")
    CLAIMS = "claims", _("claims and verdicts, published or not")
    STATEMENTS = "statements", _("statements")


class ExportShape(models.TextChoices):
    """The shape of an export's file."""

    CSV = "csv", _("CSV, for spreadsheets")
    JSONL = "jsonl", _("JSONL, a line for each")
    CLAIMREVIEW = "claimreview", _("ClaimReview, as a DataFeed")
    ANNOTATIONS = "annotations", _("W3C Web Annotations")


class ExportQuerySet(models.QuerySet["Export"]):
    """Sets of exports by name."""

    def of(self, person: User) -> Self:
        """Those that this person asked for, on the desks where they still export."""
        return self.filter(asked_by=person, desk__in=desks_reached(person, Action.EXPORT_PUBLISHED, Reach.DESK))

    def kept(self) -> Self:
        """Those whose files were not removed."""
        return self.filter(removed_at__isnull=True)


class Export(models.Model):
    """A file that somebody asked for, written by a job.

    It holds what its asker might read when `as_of` was the last number of the change sequence. `position` is the last
    row that is in it; with `rows` and `size` it says how much of `part` stands, so a worker that was killed goes on
    there. `sha256` is known, and the file complete, once `ended_at` is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="exports")
    what = models.CharField(max_length=10, choices=ExportOf)
    shape = models.CharField(max_length=11, choices=ExportShape)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    as_of = models.BigIntegerField()
    position = models.UUIDField(null=True)
    rows = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    part = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_what_known", condition=Q(what__in=ExportOf.values)),
            models.CheckConstraint(name="export_shape_known", condition=Q(shape__in=ExportShape.values)),
            models.CheckConstraint(
                name="export_whole_when_ended", condition=Q(ended_at__isnull=True) | ~Q(sha256="") & ~Q(part="")
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="exports_of_person"),
            models.Index(fields=["expires_at"], name="exports_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.get_shape_display()})"

    def get_absolute_url(self) -> str:
        """The page that says how far it is."""
        return reverse("workbench:export", args=[self.pk])

    @property
    def is_whole(self) -> bool:
        """Whether its file is there, complete."""
        return self.ended_at is not None and self.removed_at is None

    @property
    def file_name(self) -> str:
        """What the file is called on the reader's machine."""
        ending = {"csv": "csv", "jsonl": "jsonl"}.get(self.shape, "jsonld")
        return f"{self.desk.slug}-{self.what}-{self.asked_at:%Y-%m-%d}.{ending}"

    def owner_ids(self) -> frozenset[UUID]:
        """Who asked for it."""
        return frozenset({self.asked_by_id})
