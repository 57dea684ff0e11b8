from typing import Self

from django.db import models
from django.db.models import F, Q

from factcheck.claims.models.claim import Claim
from factcheck.claims.models.imported import ImportedReview
from factcheck.ledger.models import Followed


class KnownClaimQuerySet(models.QuerySet["KnownClaim"]):
    """Sets of known claims by name."""

    def after(self, seq: int) -> Self:
        """What was written behind a place in the change sequence, in its order."""
        return self.filter(seq__gt=seq).order_by("seq")


class KnownClaim(Followed):
    """What a checked claim is found by when somebody asks whether a text has been checked: its words and its meaning.

    One of each of our claims and of each imported review. All of it can be made again from their texts. `read_at_seq`
    is that thing's place in the change sequence when it was read, `digest` is of its text, `reader` names what read it.
    `is_gone` says that it is found no more.
    """

    claim = models.OneToOneField(Claim, null=True, on_delete=models.CASCADE, related_name="known")
    imported = models.OneToOneField(ImportedReview, null=True, on_delete=models.CASCADE, related_name="known")
    words = models.BinaryField()
    meaning = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64)
    reader = models.CharField(max_length=16)
    read_at_seq = models.BigIntegerField()
    is_gone = models.BooleanField(default=False)

    objects = KnownClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="known_claim_is_of_one_thing",
                condition=Q(claim__isnull=False, imported__isnull=True) | Q(claim__isnull=True, imported__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"what is known of {self.claim_id or self.imported_id}"


def unread_claims(reader: str) -> "models.QuerySet[Claim]":
    """Our claims whose text may be another than this reader has read."""
    return Claim.objects.filter(_unread_by(reader)).order_by("seq")


def unread_imports(reader: str) -> "models.QuerySet[ImportedReview]":
    """Imported reviews whose text may be another, or that came or went, since this reader read them."""
    return ImportedReview.objects.filter(_unread_by(reader)).order_by("seq")


def _unread_by(reader: str) -> Q:
    return Q(known__isnull=True) | Q(known__read_at_seq__lt=F("seq")) | ~Q(known__reader=reader)
