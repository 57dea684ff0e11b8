from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.articles import find_desk
from factcheck.api.fields import Flag, Nothing, Sent, Shown, Text, Whole
from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.corpus.models import Feed, FeedState, PollResult
from factcheck.corpus.services.feeds import (
    HALF_AN_HOUR,
    MOST_BACKLOG,
    Wanted,
    add_feed,
    change_feed,
    end_subscription,
    pause_feed,
    poll_now,
    resume_feed,
)
from factcheck.corpus.services.poll_times import LONGEST, SHORTEST
from factcheck.newsroom.models import Desk, Scope, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached

READ_FEEDS = Right(Action.READ_FEEDS, frozenset({Scope.DESK}))
EDIT = Right(Action.EDIT_FEED)


class FeedShown(Shown):
    """A feed that the desk subscribes to, and what its last poll came to."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    url = serializers.CharField()
    title = serializers.CharField()
    outlet = serializers.CharField(source="outlet.name", allow_null=True, default=None)
    state = serializers.ChoiceField(choices=FeedState.choices)
    reason = serializers.CharField(help_text="why it is paused")
    every = serializers.IntegerField(help_text="minutes between two polls, at least")
    reads_pages = serializers.BooleanField()
    against_robots = serializers.BooleanField()
    polled_at = serializers.DateTimeField(allow_null=True)
    result = serializers.ChoiceField(choices=PollResult.choices)
    told = serializers.CharField(help_text="why the last poll failed")
    brought = serializers.IntegerField(help_text="new or changed articles of the last poll")
    failures = serializers.IntegerField(help_text="failed polls in a row")
    due_at = serializers.DateTimeField(allow_null=True)


class WantedSent(Sent):
    """How the desk wants a feed."""

    outlet = Text(required=False, allow_blank=True, max_length=160, help_text="added where the desk does not know it")
    every = Whole(required=False, min_value=SHORTEST, max_value=LONGEST)
    reads_pages = Flag(required=False, help_text="fetch the page of an item that gives a few lines only")
    against_robots = Flag(required=False, help_text="fetch also what robots.txt asks to leave alone: you have leave")
    example: ClassVar = {"outlet": "Orla Post", "every": 60}


class FeedSent(WantedSent):
    """A feed to subscribe to."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever leads several desks")
    url = Text(max_length=2000, help_text="of a feed, not of a page; public addresses only")
    backlog = Whole(required=False, min_value=0, max_value=MOST_BACKLOG, help_text="older articles to take in as well")
    example: ClassVar = {"url": "https://orla.example/news", "outlet": "Orla Post", "every": 60}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those on which the person subscribes."""
        return find_desk(attrs, self.context["desks"])


class FeedFilter(OfDesk):
    """Filters of feeds."""

    state = filters.ChoiceFilter(choices=FeedState.choices)
    result = filters.ChoiceFilter(choices=PollResult.choices)


class FeedViewSet(DeskViewSet):
    """Feeds: read by programs; subscribed to, changed, paused, resumed, polled and ended by people signed in."""

    queryset = Feed.objects.none()
    serializer_class = FeedShown
    filterset_class = FeedFilter
    address = "api:feed"
    rights: ClassVar = {
        "list": READ_FEEDS,
        "retrieve": READ_FEEDS,
        "create": EDIT,
        "change": EDIT,
        "pause": EDIT,
        "resume": EDIT,
        "poll": EDIT,
        "end": EDIT,
    }
    sends: ClassVar = {
        "create": FeedSent,
        "change": WantedSent,
        "pause": Nothing,
        "resume": Nothing,
        "poll": Nothing,
        "end": Nothing,
    }

    def visible(self, person: User) -> "QuerySet[Feed]":
        """The feeds of the desks where this person may see them."""
        return Feed.objects.seen_by(person).select_related("desk", "outlet")

    def of_desks(self, person: User) -> "QuerySet[Feed]":
        """The same: no feed is hidden from anybody of its desk."""
        return Feed.objects.filter(desk__in=person.desk_ids)

    def create(self, request: DeskRequest) -> Response:
        """Subscribe to a feed. Its first poll is on its way: what came of it is in `result` and `told`."""
        said = self.said(desks=self.desks())
        wanted = Wanted(
            said.get("outlet", ""),
            said.get("every", HALF_AN_HOUR),
            said.get("backlog", 0),
            reads_pages=said.get("reads_pages", True),
            against_robots=said.get("against_robots", False),
        )
        return self.act(lambda now: add_feed(said["url"], wanted, said["desk"], request.user, now), status=201)

    def change(self, request: DeskRequest, pk: UUID) -> Response:
        """Change how the desk wants a feed; what is left out stays."""
        feed, said = self.get_object(), self.said()
        wanted = Wanted(
            said.get("outlet", str(feed.outlet or "")),
            said.get("every", feed.every),
            reads_pages=said.get("reads_pages", feed.reads_pages),
            against_robots=said.get("against_robots", feed.against_robots),
        )
        return self.act_on(feed, lambda version, now: change_feed(feed, wanted, version, request.user, now))

    def pause(self, request: DeskRequest, pk: UUID) -> Response:
        """Poll a feed no more until it is resumed."""
        feed, _ = self.get_object(), self.said()
        return self.act_on(feed, lambda version, now: pause_feed(feed, version, request.user, now))

    def resume(self, request: DeskRequest, pk: UUID) -> Response:
        """Poll a paused feed again, at once."""
        feed, _ = self.get_object(), self.said()
        return self.act_on(feed, lambda version, now: resume_feed(feed, version, request.user, now))

    def poll(self, request: DeskRequest, pk: UUID) -> Response:
        """Poll a feed now; asking twice is asking once."""
        feed, _ = self.get_object(), self.said()
        return self.act_on(feed, lambda _, now: poll_now(feed, request.user, now), by_version=False)

    def end(self, request: DeskRequest, pk: UUID) -> Response:
        """Subscribe to a feed no more; its articles stay."""
        feed, _ = self.get_object(), self.said()
        return self.act_on(feed, lambda version, now: end_subscription(feed, version, request.user, now))

    def desks(self) -> list[Desk]:
        """The desks on which the person subscribes."""
        reached = desks_reached(self.request.user, Action.EDIT_FEED, Reach.DESK)
        return list(Desk.objects.filter(pk__in=reached).order_by("slug"))
