from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.models.article import Article
from factcheck.newsroom.models import User


class WatchResult(models.TextChoices):
    """What the last look at a watched article gave."""

    NONE = "", _("not looked at yet")
    SAME = "same", _("unchanged")
    CHANGED = "changed", _("changed")
    SHRUNK = "shrunk", _("much shorter than it was")
    AWAY = "away", _("no longer there")
    FAILED = "failed", _("could not be fetched")


class WatchQuerySet(models.QuerySet["Watch"]):
    """Sets of watches by name."""

    def due(self, now: object) -> Self:
        """Those whose next look has come, the longest waiting first."""
        return self.filter(next_look_at__lte=now).order_by("next_look_at")

    def wanted(self, now: object) -> Self:
        """Those that somebody watches, or a claim under work does, of articles that are not archived."""
        watched = Q(pk__in=Watcher.objects.values("article")) | Q(until__gt=now)
        return self.filter(watched, article__archived_at__isnull=True)


class Watch(models.Model):
    """That an article is fetched again now and then, and what the looks gave.

    It lasts as long as somebody watches, and until `until` besides, where a claim under work asked for it; without a
    next look it rests. `quiet` counts the looks in a row that found nothing new: the more, the rarer they are.
    """

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE, related_name="watch")
    until = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(null=True)
    quiet = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=8, choices=WatchResult, default=WatchResult.NONE, blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    etag = models.CharField(max_length=300, default="", blank=True)
    last_modified = models.CharField(max_length=100, default="", blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(name="watch_result_known", condition=Q(result__in=WatchResult.values)),
        ]
        indexes = [models.Index(fields=["next_look_at"], name="watches_next")]

    def __str__(self) -> str:
        return f"watch on {self.article_id}"


class WatcherQuerySet(models.QuerySet["Watcher"]):
    """Sets of watchers by name."""

    def of(self, article_id: UUID, person: User) -> Self:
        """Whether this person watches that article: one row or none."""
        return self.filter(article=article_id, person=person)


class Watcher(models.Model):
    """A person who wants to hear when an article changes."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="watchers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    objects = WatcherQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="watcher_once")]
