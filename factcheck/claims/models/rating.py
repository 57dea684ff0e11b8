from django.db import models
from django.db.models import Q

from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk


class Tone(models.TextChoices):
    """The normalized meaning of a rating, for colour and for machines."""

    TRUE = "true"
    MIXED = "mixed"
    UNPROVEN = "unproven"
    FALSE = "false"


class RatingScale(Followed, Versioned):
    """A newsroom's scale of ratings."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="rating_scales")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "name"], name="rating_scale_once_per_desk")]

    def __str__(self) -> str:
        return self.name


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
