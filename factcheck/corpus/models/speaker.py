from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from factcheck.corpus.models.article import Article, readable_by
from factcheck.engine import SpeakerKind
from factcheck.ledger.models import Followed, Versioned
from factcheck.ledger.wording import term
from factcheck.newsroom.models import Desk, User


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Sets of speakers by name."""

    def readable_by(self, person: User) -> Self:
        """Speakers who say or relay something in an article that this person may read."""
        heard = readable_by(person, "statements__article__")
        relays = readable_by(person, "relayed__article__")
        return self.filter(pk__in=Speaker.objects.filter(heard | relays).values("pk"))

    def known_to(self, person: User) -> Self:
        """Those whom this person may read something of, and those who are merged into such a one."""
        readable = Speaker.objects.readable_by(person).values("pk")
        return self.filter(Q(pk__in=readable) | Q(merged_into__in=readable))


class Speaker(Followed, Versioned):
    """A person or body that statements come from.

    Articles share a speaker by full name and kind only; anything less (a surname, "the minister", a group) is a speaker
    of its one article. People merge, machines do not: one that is merged stays as a name that readings are led on from,
    and `read_as` keeps what readings call one that people have renamed.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="speakers")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="local_speakers")
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    role = models.CharField(max_length=200, default="", db_default="", blank=True)
    read_as = models.CharField(max_length=320, default="", db_default="", blank=True, editable=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in SpeakerKind])

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "kind", "name_key"],
                name="speaker_once_per_desk",
                condition=Q(article__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["article", "kind", "name_key"],
                name="speaker_once_per_article",
                condition=Q(article__isnull=False),
            ),
            models.CheckConstraint(
                name="speaker_merged_into_another", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk"))
            ),
            models.CheckConstraint(name="speaker_kind_known", condition=Q(kind__in=[k.value for k in SpeakerKind])),
        ]
        indexes = [models.Index(fields=["desk", "read_as"], name="speaker_as_read")]
        ordering = ["name"]

    def __str__(self) -> str:
        return term(self.name) if self.kind == SpeakerKind.NARRATOR else self.name

    def owner_ids(self) -> frozenset[UUID]:
        """Of one that a single article knows: who added that; nobody owns the others."""
        return self.article.owner_ids() if self.article else frozenset()

    def get_absolute_url(self) -> str:
        """The page about them."""
        return reverse("workbench:speaker", args=[self.pk])

    @property
    def identity(self) -> str:
        """What readings tell them by: kind and name, as first read."""
        return self.read_as or self.identity_of(self.kind, self.name_key)

    @staticmethod
    def identity_of(kind: str, name_key: str) -> str:
        """What readings tell a speaker of this kind and name by."""
        return f"{kind}:{name_key}"

    @staticmethod
    def key_of(name: str) -> str:
        """The form by which two spellings of a name are one speaker."""
        return " ".join(name.casefold().replace("’", "'").split())[:300]


class SpeakerAlias(models.Model):
    """Another name by which a text calls a speaker."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["speaker", "name"], name="speaker_alias_once")]

    def __str__(self) -> str:
        return self.name
