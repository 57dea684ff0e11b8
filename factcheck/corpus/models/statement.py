import hashlib
import re
from datetime import UTC, date, datetime, time
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from factcheck.corpus.models.article import Article, Revision
from factcheck.corpus.models.speaker import Speaker
from factcheck.engine import Act, Quote, SpeakerKind
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import User

_WORD = re.compile(r"\w+")


class Origin(models.TextChoices):
    """Who found a statement."""

    ENGINE = "engine"
    HAND = "hand"


# What people made, or have changed since: no reading touches it.
BY_HAND = Q(origin=Origin.HAND) | Q(mended_at__isnull=False)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Sets of statements by name."""

    def readable_by(self, person: User) -> Self:
        """Statements of articles that this person may read."""
        return self.of_articles(Article.objects.readable_by(person))

    def of_articles(self, articles: "models.QuerySet[Article]") -> Self:
        """Statements of these articles, however many; asked of each statement, for SQLite would begin with a list."""
        return self.filter(Exists(articles.filter(pk=OuterRef("article"))))

    def present(self) -> Self:
        """Those that the newest revision of their article still makes."""
        return self.filter(gone_at__isnull=True)

    def by_hand(self) -> Self:
        """Those that people made, or have changed since."""
        return self.filter(BY_HAND)

    def in_any_of(self, pairs: "models.QuerySet[Any]") -> Self:
        """Those that are a side of one of these pairs."""
        return self.filter(Q(pk__in=pairs.values("a")) | Q(pk__in=pairs.values("b")))

    def in_none_of(self, pairs: "models.QuerySet[Any]") -> Self:
        """Those that are a side of none of these pairs."""
        return self.exclude(Q(pk__in=pairs.values("a")) | Q(pk__in=pairs.values("b")))

    def attributed(self) -> Self:
        """Those that somebody makes; without the narrator's."""
        return self.exclude(speaker__kind=SpeakerKind.NARRATOR.value)

    def with_people(self) -> Self:
        """Together with speaker, relay and article, for showing."""
        return self.select_related("speaker", "reported_by", "article__outlet")


class Statement(Followed, Versioned):
    """Something an article says that somebody says: a stable row, anchored once in each revision.

    What editors do hangs here, never on a machine's detection. What they make or change is theirs: no reading touches
    it. `speaker_before` and `relay_before` name whom it was read as, where speakers were merged since. Through whom it
    came beyond `reported_by` is read from the text, unless people said so (`further_by_hand`, the nearest first).
    `said_on` is the day on which it was said, where people know that it is not the day on which its article appeared.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="statements")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="statements")
    reported_by = models.ForeignKey(Speaker, null=True, on_delete=models.PROTECT, related_name="relayed")
    content = models.TextField()
    content_key = models.CharField(max_length=64, editable=False, db_index=True)
    act = models.CharField(max_length=12, choices=[(act.value, act.value) for act in Act])
    quote = models.CharField(max_length=10, choices=[(quote.value, quote.value) for quote in Quote])
    hedged = models.BooleanField(default=False)
    negated = models.BooleanField(default=False)
    checkworthiness = models.FloatField(default=0)
    confidence = models.FloatField(default=1)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.ENGINE)
    gone_at = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    speaker_before = models.ForeignKey(Speaker, null=True, on_delete=models.PROTECT, related_name="+")
    relay_before = models.ForeignKey(Speaker, null=True, on_delete=models.PROTECT, related_name="+")

    further_by_hand = models.JSONField(null=True, default=None, help_text="ids of speakers; none: as the text has it")
    said_on = models.DateField(null=True)

    # Through whom it came beyond `reported_by`, where a page has looked (`services/relays.py`).
    further: tuple[Speaker, ...] = ()

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="statement_has_words", condition=~Q(content="")),
            models.CheckConstraint(name="statement_act_known", condition=Q(act__in=[act.value for act in Act])),
            models.CheckConstraint(name="statement_quote_known", condition=Q(quote__in=[q.value for q in Quote])),
            models.CheckConstraint(
                name="statement_shares_are_shares",
                condition=Q(checkworthiness__range=(0, 1), confidence__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="statement_removed_is_gone", condition=Q(removed_at__isnull=True) | Q(gone_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["article", "gone_at"], name="statement_of_article")]

    def __str__(self) -> str:
        return self.content[:80]

    @property
    def desk_id(self) -> UUID:
        """The desk of its article."""
        return self.article.desk_id

    def owner_ids(self) -> frozenset[UUID]:
        """Who added its article and who was named as its reader."""
        return self.article.owner_ids()

    def get_absolute_url(self) -> str:
        """The page to mend it on."""
        return reverse("workbench:statement", args=[self.pk])

    @property
    def is_by_hand(self) -> bool:
        """Whether people made it, or have changed it since."""
        return self.origin == Origin.HAND or self.mended_at is not None

    @property
    def said_by(self) -> str:
        """Who said it and through whom: "Vladimir Putin, via Kremlin"."""
        return f"{self.speaker}, via {self.reported_by}" if self.reported_by else str(self.speaker)

    @property
    def relays(self) -> tuple[Speaker, ...]:
        """Through whom it came, the nearest to the speaker first."""
        return (self.reported_by, *self.further) if self.reported_by else ()

    @property
    def said_day(self) -> date | None:
        """The day to show: on which it was said, as far as people know, else on which its article appeared."""
        return self.said_on or self.article.published_at

    @property
    def said_at(self) -> datetime:
        """Where it stands in the order of time; of a day alone noon, which is that day nearly everywhere."""
        if self.said_on:
            return datetime.combine(self.said_on, time(12), UTC)
        return self.article.published_at or self.article.added_at

    @property
    def display(self) -> str:
        """The content as a sentence part to show: without a leading "that"."""
        return re.sub(r"^that\s+", "", self.content)

    @staticmethod
    def key_of(content: str) -> str:
        """A hash of the content's words, whatever their case, quotation marks and spacing."""
        words = _WORD.findall(content.casefold())
        words = words[1:] if words[:1] == ["that"] else words
        return hashlib.sha256(" ".join(words).encode()).hexdigest()


class Anchor(models.Model):
    """Where a statement stands in one revision; offsets are `[start, end)` in code points of the revision's text.

    The database checks that the words from start to end are the content.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="anchors")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="anchors")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    content = models.TextField()
    parts = models.JSONField()
    source_start = models.PositiveIntegerField(null=True)
    source_end = models.PositiveIntegerField(null=True)
    cue_start = models.PositiveIntegerField(null=True)
    cue_end = models.PositiveIntegerField(null=True)
    relay_source_start = models.PositiveIntegerField(null=True)
    relay_source_end = models.PositiveIntegerField(null=True)
    relay_cue_start = models.PositiveIntegerField(null=True)
    relay_cue_end = models.PositiveIntegerField(null=True)
    passage_start = models.PositiveIntegerField()
    passage_end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "revision"], name="anchor_once_per_revision"),
            models.UniqueConstraint(fields=["revision", "start", "end"], name="anchor_span_once"),
            models.CheckConstraint(name="anchor_end_after_start", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="anchor_inside_its_passage",
                condition=Q(passage_start__lte=F("start"), passage_end__gte=F("end")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


class Echo(models.Model):
    """Where the words of a statement stand in a copy of its article, which is not read by itself.

    The database checks the words when it is written. Where the first article changes later, its copies keep what they
    said, and so does this.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="echoes")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="echoes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "revision"], name="echo_once_per_revision"),
            models.CheckConstraint(name="echo_end_after_start", condition=Q(end__gt=F("start"))),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"
