from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from factcheck.corpus.models.article import Article
from factcheck.ledger.identity import new_id
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class RetrievalQuerySet(models.QuerySet["Retrieval"]):
    """Sets of retrievals by name."""

    def of(self, person: User) -> Self:
        """Those that this person asked for, on the desks where they still may."""
        return self.filter(asked_by=person, desk__in=desks_reached(person, Action.ADD_ARTICLE, Reach.DESK))


class Retrieval(models.Model):
    """A web address or file that somebody handed in, and the articles that came of it.

    What came is kept as it was, under its hash, so that anybody can see later what the article was made of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="retrievals")
    url = models.URLField(max_length=2000, default="", blank=True)
    name = models.CharField(max_length=200, default="", blank=True)
    outlet = models.CharField(max_length=300, default="", blank=True)
    adds_outlet = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    priority = models.SmallIntegerField()
    against_robots = models.BooleanField(default=False, db_default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    original_sha256 = models.CharField(max_length=64, default="", blank=True)
    media_type = models.CharField(max_length=100, default="", blank=True)
    charset = models.CharField(max_length=40, default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    articles = models.ManyToManyField(Article, related_name="retrievals")
    refused = models.JSONField(default=list)

    objects = RetrievalQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="retrieval_of_something", condition=~Q(url="", name=""))]
        indexes = [models.Index(fields=["original_sha256"], name="retrievals_by_original")]

    def __str__(self) -> str:
        return self.url or self.name

    def get_absolute_url(self) -> str:
        """The page that says what became of it."""
        return reverse("workbench:retrieval", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Who asked."""
        return frozenset({self.asked_by_id})
