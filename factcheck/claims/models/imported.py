from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class ImportState(models.TextChoices):
    """Where an import stands."""

    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, nothing imported yet")
    IMPORTING = "importing", _("being imported")
    IMPORTED = "imported", _("imported")
    TAKEN_BACK = "taken_back", _("taken back")


class ReviewImportQuerySet(models.QuerySet["ReviewImport"]):
    """Sets of imports by name."""

    def readable_by(self, person: User) -> Self:
        """Those of the desks where this person imports."""
        return self.filter(desk__in=desks_reached(person, Action.IMPORT_REVIEWS, Reach.DESK))


class ReviewImport(models.Model):
    """A file of other people's reviews that somebody handed in, kept under its hash, and what came of it.

    It is checked first, which changes nothing. `position` is how many rows of the file are behind it: it commits with
    the reviews of those rows, so a worker that was killed goes on where it was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="review_imports")
    name = models.CharField(max_length=200)
    original_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    position = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ReviewImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_import_state_known", condition=Q(state__in=ImportState.values)),
            models.CheckConstraint(name="review_import_of_a_file", condition=~Q(name="") & ~Q(original_sha256="")),
        ]
        indexes = [
            models.Index(fields=["desk", "-asked_at"], name="review_imports_of_desk"),
            models.Index(fields=["original_sha256"], name="review_imports_by_original"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page that says what became of it."""
        return reverse("workbench:import", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Who handed it in."""
        return frozenset({self.asked_by_id})


class RowProblem(models.Model):
    """Something wrong in a row of an import's file, and what would help; with `refuses`, the row was left out for it.

    Else the review was taken without what is wrong.
    """

    id = models.BigAutoField(primary_key=True)
    review_import = models.ForeignKey(ReviewImport, on_delete=models.CASCADE, related_name="problems")
    number = models.PositiveIntegerField(help_text="counted from 1, without a table's head")
    field = models.CharField(max_length=60)
    problem = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    refuses = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review_import", "number", "field"], name="row_problem_once_per_field"),
            models.CheckConstraint(name="row_problem_says_why", condition=~Q(problem="") & ~Q(remedy="")),
        ]
        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"row {self.number}: {self.problem}"


class ImportedReviewQuerySet(models.QuerySet["ImportedReview"]):
    """Sets of imported reviews by name."""

    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(removed_at__isnull=True)

    def readable_by(self, person: User) -> Self:
        """Those of the desks whose articles this person reads."""
        return self.filter(desk__in=desks_reached(person, Action.READ_ARTICLE, Reach.DESK))


class ImportedReview(Followed):
    """Somebody else's check of a claim, as a file told us of it; ours are `ClaimReview`s of the room above.

    Once per desk, address and claim: `identity` is made of these two, so importing a file again makes no doubles and a
    page that checks two claims is two reviews. `digest` is of all that it says, so a row that says the same changes
    nothing. One that was taken back keeps its row, so whoever follows by `seq` learns of it; importing it revives it.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="imported_reviews")
    url = models.CharField(max_length=2000)
    claim_text = models.TextField()
    claimant = models.CharField(max_length=300, blank=True, default="")
    claim_date = models.DateField(null=True)
    title = models.CharField(max_length=500, blank=True, default="")
    publisher_name = models.CharField(max_length=300, blank=True, default="")
    publisher_site = models.CharField(max_length=253, help_text="the host of the address, without www.")
    rating_text = models.CharField(max_length=300)
    rating_value = models.FloatField(null=True)
    rating_best = models.FloatField(null=True)
    rating_worst = models.FloatField(null=True)
    review_date = models.DateField(null=True)
    language = models.CharField(max_length=35, blank=True, default="")
    document = models.JSONField(help_text="the row as it came")
    review_import = models.ForeignKey(
        ReviewImport, on_delete=models.PROTECT, related_name="reviews", help_text="which wrote it last"
    )
    identity = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(help_text="when it was written last")
    removed_at = models.DateTimeField(null=True)

    objects = ImportedReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "identity"], name="imported_review_once"),
            models.CheckConstraint(name="imported_review_says_something", condition=~Q(claim_text="")),
            models.CheckConstraint(name="imported_review_has_rating", condition=~Q(rating_text="")),
            models.CheckConstraint(
                name="imported_review_url_is_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
            ),
        ]
        indexes = [models.Index(fields=["desk", "publisher_site"], name="imported_by_publisher")]

    def __str__(self) -> str:
        return self.claim_text[:80]
