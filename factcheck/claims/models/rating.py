from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk


class Tone(models.TextChoices):
    """The normalized meaning of a rating, for colour and for machines."""

    TRUE = "true", _("True")
    MIXED = "mixed", _("Mixed")
    UNPROVEN = "unproven", _("Unproven")
    FALSE = "false", _("False")


class RatingScaleQuerySet(models.QuerySet["RatingScale"]):
    """Sets of scales by name."""

    def in_force(self, desk: Desk) -> Self:
        """The newest version of each of a desk's scales."""
        newer = RatingScale.objects.filter(desk=OuterRef("desk"), name=OuterRef("name"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), desk=desk).order_by("name")


class RatingScale(Followed, Versioned):
    """A version of a newsroom's scale of ratings: other steps or other definitions are the next version."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="rating_scales")
    name = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=1, db_default=1)

    objects = RatingScaleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "name", "number"], name="rating_scale_number_once")]

    def __str__(self) -> str:
        return self.name

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns a desk's scale."""
        return frozenset()


class RatingQuerySet(models.QuerySet["Rating"]):
    """Sets of ratings by name."""

    def on_offer(self, desk: Desk) -> "RatingQuerySet":
        """What a desk's verdicts may choose, in the scale's order."""
        return self.filter(scale__desk=desk, retired_at__isnull=True).order_by("scale_id", "position")


class Rating(models.Model):
    """One step of a scale; retired rather than changed, so that old verdicts keep their meaning."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    definition = models.CharField(max_length=300)
    tone = models.CharField(max_length=10, choices=Tone)
    retired_at = models.DateTimeField(null=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scale", "position"], name="rating_position_once"),
            models.UniqueConstraint(fields=["scale", "label"], name="rating_label_once"),
            models.CheckConstraint(name="rating_tone_known", condition=Q(tone__in=Tone.values)),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label
