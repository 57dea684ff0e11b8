from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.models.article import Article, Outlet
from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class FeedState(models.TextChoices):
    """Where a subscription stands."""

    NEW = "new", _("looked at")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


class PollResult(models.TextChoices):
    """What the last poll of a feed came to."""

    NONE = "none", _("not polled yet")
    NEW = "new", _("new articles")
    NOTHING_NEW = "nothing_new", _("nothing new")
    UNCHANGED = "unchanged", _("unchanged")
    FAILED = "failed", _("failed")


class ItemState(models.TextChoices):
    """What becomes of an item."""

    OLDER = "older", _("older than the subscription")
    WAITING = "waiting", _("waits")
    QUEUED = "queued", _("being taken in")
    TAKEN = "taken", _("taken in")
    REFUSED = "refused", _("refused")


class FeedQuerySet(models.QuerySet["Feed"]):
    """Sets of feeds by name."""

    def seen_by(self, person: User) -> Self:
        """The feeds of the desks on which this person may see them."""
        return self.filter(desk__in=desks_reached(person, Action.READ_FEEDS, Reach.DESK))

    def subscribed(self) -> Self:
        """Those that are polled, or were and may be again."""
        return self.filter(state__in=(FeedState.ACTIVE, FeedState.PAUSED))


class Feed(Followed, Versioned):
    """A feed that a desk subscribes to, and what came of the last poll.

    `due_at` is when it is polled next, `polls` how often it has been. What the server asks to be shown next time
    stands in `etag` and `modified`; what the feed asks of whoever polls it, in `asks`.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="feeds")
    outlet = models.ForeignKey(Outlet, null=True, on_delete=models.PROTECT, related_name="feeds")
    url = models.URLField(max_length=2000)
    title = models.CharField(max_length=300, default="", blank=True)
    site = models.URLField(max_length=2000, default="", blank=True)
    state = models.CharField(max_length=10, choices=FeedState, default=FeedState.NEW)
    reason = models.CharField(max_length=500, default="", blank=True)
    every = models.PositiveIntegerField(default=30)
    backlog = models.PositiveSmallIntegerField(default=0)
    reads_pages = models.BooleanField(default=True)
    against_robots = models.BooleanField(default=False)
    found = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    subscribed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    polls = models.PositiveIntegerField(default=0)
    polled_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, choices=PollResult, default=PollResult.NONE)
    told = models.CharField(max_length=500, default="", blank=True)
    brought = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    etag = models.CharField(max_length=300, default="", blank=True)
    modified = models.CharField(max_length=100, default="", blank=True)
    body_sha256 = models.CharField(max_length=64, default="", blank=True)
    asks = models.JSONField(default=dict)
    moved_to = models.URLField(max_length=2000, default="", blank=True)
    moved_times = models.PositiveSmallIntegerField(default=0)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "url"], name="feed_once_per_desk"),
            models.CheckConstraint(name="feed_state_known", condition=Q(state__in=FeedState.values)),
            models.CheckConstraint(name="feed_result_known", condition=Q(result__in=PollResult.values)),
            models.CheckConstraint(
                name="feed_url_is_web", condition=Q(url__startswith="https://") | Q(url__startswith="http://")
            ),
            models.CheckConstraint(
                name="feed_due_while_active", condition=~Q(state=FeedState.ACTIVE) | Q(due_at__isnull=False)
            ),
            models.CheckConstraint(
                name="feed_paused_with_a_reason", condition=~Q(state=FeedState.PAUSED) | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="feeds_due")]

    def __str__(self) -> str:
        return self.title or self.url

    def get_absolute_url(self) -> str:
        """The page about it."""
        return reverse("workbench:feed", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Whoever asked for it."""
        return frozenset({self.asked_by_id})


class FeedItem(models.Model):
    """One item of a feed, whatever became of its guid, link or title since; and the article that came of it.

    It is known again by its guid, by the page it leads to where no other item does, or by its `twin`: title and time
    together, or its words where it has no time. `digest` is of what it said when it was last looked at; `document` is
    that, until it is taken in.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="items")
    guid = models.CharField(max_length=300)
    page_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 -- unique where given, so absent must be null
    twin = models.CharField(max_length=64, default="", blank=True)
    url = models.URLField(max_length=2000, default="", blank=True)
    title = models.CharField(max_length=300, default="", blank=True)
    published_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    document = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    reason = models.CharField(max_length=500, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="feed_items")
    seen_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "guid"], name="feed_item_once"),
            models.UniqueConstraint(fields=["feed", "page_key"], name="feed_item_page_once"),
            models.CheckConstraint(name="feed_item_state_known", condition=Q(state__in=ItemState.values)),
            models.CheckConstraint(
                name="feed_item_taken_as_article", condition=~Q(state=ItemState.TAKEN) | Q(article__isnull=False)
            ),
            models.CheckConstraint(
                name="feed_item_refused_with_a_reason", condition=~Q(state=ItemState.REFUSED) | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["feed", "twin"], name="feed_item_twins"),
            models.Index(fields=["state", "feed", "published_at"], name="feed_items_waiting"),
            models.Index(fields=["feed", "-seen_at"], name="feed_items_newest"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.guid


class Site(models.Model):
    """A server that is fetched from: from when on again, and what its robots.txt says.

    `robots_status` is what came when it was asked for: 200 with rules, 404 without, 503 where it could not say.
    """

    name = models.CharField(max_length=300, unique=True)
    free_at = models.DateTimeField()
    robots = models.TextField(default="", blank=True)
    robots_status = models.PositiveSmallIntegerField(null=True)
    robots_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
