from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Versioned

MOST_ASSESSORS = 4


class Role(models.TextChoices):
    """What a person is on a desk. Django's superuser is no role."""

    REPORTER = "reporter", _("Reporter")
    REVIEWER = "reviewer", _("Reviewer")
    LEAD = "lead", _("Lead editor")
    ADMIN = "admin", _("Admin")


class Desk(Versioned):
    """A team with its own articles, claims and rules; another desk's things do not exist for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    approvals_needed = models.PositiveSmallIntegerField(default=1, help_text="how many second people approve a verdict")
    solo = models.BooleanField(default=False, help_text="one-person newsroom: authors approve, and the page says so")
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    pair_minutes = models.PositiveSmallIntegerField(
        default=30, db_default=30, help_text="after how many minutes an untouched conflict goes back to the queue"
    )
    claim_hours = models.PositiveSmallIntegerField(
        default=24, db_default=24, help_text="after how many hours an untouched claim or assessment goes back"
    )
    article_hours = models.PositiveSmallIntegerField(
        default=24, db_default=24, help_text="after how many hours an unchecked article goes back"
    )
    assessors = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="how many people assess each new claim blind; one asks for none"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="desk_needs_one_or_two_approvals", condition=Q(approvals_needed__in=(1, 2))),
            models.CheckConstraint(
                name="desk_waits_for_a_while",
                condition=Q(pair_minutes__gte=1) & Q(claim_hours__gte=1) & Q(article_hours__gte=1),
            ),
            models.CheckConstraint(
                name="desk_asks_few_assessors", condition=Q(assessors__gte=1, assessors__lte=MOST_ASSESSORS)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def desk_id(self) -> UUID:
        """Its own id: the subject of what is asked about the desk as a whole."""
        return self.pk

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns a desk."""
        return frozenset()


class Membership(models.Model):
    """A person's role on a desk; one person may hold two."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "desk", "role"], name="membership_once"),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.desk}"
