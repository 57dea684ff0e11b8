from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.claims.models.assignment import ONE_THING, Piece, field_of
from factcheck.claims.models.claim import Claim
from factcheck.corpus.models import Article, ConflictPair
from factcheck.ledger.identity import new_id
from factcheck.newsroom.models import Desk, User


class TagQuerySet(models.QuerySet["Tag"]):
    """Sets of tags by name."""

    def used_on(self, field: str, person: User) -> Self:
        """Tags of this person's desks that some piece of this sort carries, by name."""
        carried = Tagging.objects.filter(**{f"{field}__isnull": False}, tag=models.OuterRef("pk"))
        return self.filter(models.Exists(carried), desk__in=person.desk_ids).order_by("name")


class Tag(models.Model):
    """A word by which a desk sorts what it has: "election", "for Friday"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)
    name_key = models.CharField(max_length=80, editable=False)
    made_at = models.DateTimeField()

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "name_key"], name="tag_once_per_desk"),
            models.CheckConstraint(name="tag_has_words", condition=~Q(name_key="")),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def key_of(name: str) -> str:
        """What two spellings of one tag have in common."""
        return " ".join(name.split()).casefold()


class TaggingQuerySet(models.QuerySet["Tagging"]):
    """Sets of taggings by name."""

    def on(self, piece: Piece) -> Self:
        """What a piece is tagged with."""
        return self.filter(**{field_of(piece): piece})


class Tagging(models.Model):
    """A tag on a claim, a pair or an article; its history is in the audit."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.CASCADE, related_name="taggings")
    pair = models.ForeignKey(ConflictPair, null=True, on_delete=models.CASCADE, related_name="taggings")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="taggings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TaggingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "claim"], name="tagging_claim_once"),
            models.UniqueConstraint(fields=["tag", "pair"], name="tagging_pair_once"),
            models.UniqueConstraint(fields=["tag", "article"], name="tagging_article_once"),
            models.CheckConstraint(name="tagging_of_one_thing", condition=ONE_THING),
        ]

    def __str__(self) -> str:
        return str(self.tag)
