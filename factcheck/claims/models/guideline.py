from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from factcheck.ledger.models import Followed
from factcheck.newsroom.models import Desk


class Guideline(Followed):
    """A version of a desk's guidelines; changed by writing the next, so that a verdict can name the one it followed."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="guidelines")
    number = models.PositiveIntegerField()
    text = models.TextField(help_text="Markdown")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="guideline_number_once"),
            models.CheckConstraint(name="guideline_has_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"guidelines, version {self.number}"

    def get_absolute_url(self) -> str:
        """The page that shows this version."""
        return f"{reverse('workbench:guidelines', args=[self.desk_id])}?version={self.number}"

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns a desk's guidelines."""
        return frozenset()
