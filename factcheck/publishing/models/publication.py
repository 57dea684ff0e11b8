from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim, Tone, Verdict
from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk
from factcheck.publishing.review import Review


class PublicationState(models.TextChoices):
    """Whether readers see the review or a notice in its place."""

    LIVE = "live", _("live")
    WITHDRAWN = "withdrawn", _("withdrawn")


class RevisionKind(models.TextChoices):
    """What a revision did."""

    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Sets of publications by name. Page, feed, sitemap and API share them."""

    def published(self) -> Self:
        """Those that readers see."""
        return self.filter(state=PublicationState.LIVE)

    def withdrawn(self) -> Self:
        """Those in whose place stands a notice."""
        return self.filter(state=PublicationState.WITHDRAWN)

    def newest_first(self) -> Self:
        """In the order of publication, which later publications do not disturb."""
        return self.order_by("-place")

    def older_than(self, place: int) -> Self:
        """Those that come after a place in that order."""
        return self.filter(place__lt=place)

    def with_review(self) -> Self:
        """Together with the revision that is shown."""
        return self.select_related("live")


class Publication(Followed, Versioned):
    """A claim's place in public, for ever: its permanent address, and the revision that is shown there.

    What lists, filters and Google's search ask for stands here as the live revision says it.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="publication")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="publications")
    slug = models.SlugField(max_length=100)
    state = models.CharField(max_length=9, choices=PublicationState, default=PublicationState.LIVE)
    live = models.OneToOneField("ClaimReview", on_delete=models.PROTECT, related_name="+")
    first_published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    text = models.CharField(max_length=600)
    speaker_name = models.CharField(max_length=300, blank=True, default="")
    speaker_id = models.UUIDField(null=True)
    pair_id = models.UUIDField(null=True, help_text="the confirmed conflict that it was opened from")
    rating_label = models.CharField(max_length=60)
    tone = models.CharField(max_length=10, choices=Tone)
    language = models.CharField(max_length=12)
    claimed_on = models.DateField(null=True)
    place = models.BigIntegerField(
        null=True, editable=False, help_text="in the order of publication; the database copies it from its words"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="publication_address_once"),
            models.CheckConstraint(name="publication_state_known", condition=Q(state__in=PublicationState.values)),
            models.CheckConstraint(name="publication_tone_known", condition=Q(tone__in=Tone.values)),
        ]
        indexes = [
            models.Index(fields=["state", "-first_published_at", "-id"], name="publication_in_order"),
            models.Index(fields=["state", "-seq"], name="publication_by_change"),
            models.Index(fields=["state", "-place"], name="publication_by_place"),
            models.Index(fields=["state", "tone", "-place"], name="publication_of_tone"),
            models.Index(fields=["speaker_id"], name="publication_of_speaker"),
            models.Index(fields=["pair_id"], name="publication_of_pair"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The page that readers see."""
        return reverse("publishing:review", args=[self.slug])

    @property
    def is_live(self) -> bool:
        """Whether readers see the review itself."""
        return self.state == PublicationState.LIVE

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns what is published."""
        return frozenset()


class PublishedWords(models.Model):
    """The words by which a live publication is found; the database keeps a full-text index over them.

    Their number is the publication's place in the order of publication: by it the index knows the publication.
    """

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class ClaimReview(models.Model):
    """A revision of a published review, for ever: the database refuses to change it or take it away.

    `contents` is all that readers see of it; `rich` and `strict` are the very bytes that machines are given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=RevisionKind)
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="reviews")
    contents = models.JSONField()
    rich = models.BinaryField()
    strict = models.BinaryField()
    reason = models.TextField(blank=True, default="")
    solo = models.BooleanField(default=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="review_number_once"),
            models.UniqueConstraint(
                fields=["verdict"], name="review_once_per_verdict", condition=~Q(kind=RevisionKind.WITHDRAWN)
            ),
            models.CheckConstraint(name="review_kind_known", condition=Q(kind__in=RevisionKind.values)),
            models.CheckConstraint(name="review_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="review_first_is_publication",
                condition=Q(number=1, kind=RevisionKind.PUBLISHED)
                | (Q(number__gt=1) & ~Q(kind=RevisionKind.PUBLISHED)),
            ),
            models.CheckConstraint(
                name="review_later_has_reason", condition=Q(kind=RevisionKind.PUBLISHED) | ~Q(reason="")
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.publication_id}"

    @property
    def review(self) -> Review:
        """What readers see of it."""
        said: dict[str, Any] = self.contents
        return Review.from_json(said)
