from typing import ClassVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Shown
from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ
from factcheck.api.requests import DeskRequest
from factcheck.api.showing import show_row
from factcheck.corpus.models import Anchor, Statement
from factcheck.corpus.models.statement import Origin
from factcheck.corpus.services.groups import places_of
from factcheck.engine import Act, Quote
from factcheck.newsroom.models import User

ACTS = [(act.value, act.value) for act in Act]


class SpeakerBrief(Shown):
    """Who speaks."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()


class StatementBrief(Shown):
    """A statement, and where it stands."""

    id = serializers.UUIDField()
    article = serializers.UUIDField(source="article_id")
    speaker = SpeakerBrief()
    content = serializers.CharField()


class AnchorShown(Shown):
    """Where a statement's words stand in a revision: `[start, end)` in code points."""

    revision = serializers.UUIDField(source="revision_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class StatementShown(Shown):
    """Something an article says that somebody says."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    article = serializers.UUIDField(source="article_id")
    speaker = SpeakerBrief()
    reported_by = SpeakerBrief(allow_null=True)
    content = serializers.CharField()
    act = serializers.ChoiceField(choices=ACTS)
    quote = serializers.ChoiceField(choices=[(quote.value, quote.value) for quote in Quote])
    hedged = serializers.BooleanField()
    negated = serializers.BooleanField()
    checkworthiness = serializers.FloatField()
    confidence = serializers.FloatField()
    origin = serializers.ChoiceField(choices=Origin.choices)
    gone_at = serializers.DateTimeField(allow_null=True)
    anchors = AnchorShown(many=True)


class PlaceShown(Shown):
    """One article that carries a statement: by a row of its own, or as a copy of an article that does."""

    article = serializers.UUIDField(source="article.pk")
    outlet = serializers.CharField(source="article.outlet.name", allow_null=True)
    title = serializers.CharField(source="article.title")
    url = serializers.CharField(source="article.url", allow_null=True)
    published_at = serializers.DateTimeField(source="article.published_at", allow_null=True)
    statement = serializers.UUIDField(source="statement.pk")
    is_copy = serializers.BooleanField()
    revision = serializers.UUIDField(source="revision_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    words = serializers.CharField()


class PlacesShown(Shown):
    """Everywhere that a statement stands, the earliest first."""

    count = serializers.IntegerField()
    places = PlaceShown(many=True)


class StatementFilter(OfDesk):
    """Filters of statements."""

    desk = filters.CharFilter("article__desk__slug", max_length=50, help_text="a desk's short name")
    article = filters.UUIDFilter("article_id")
    speaker = filters.UUIDFilter("speaker_id")
    act = filters.ChoiceFilter(choices=ACTS)
    hedged = filters.BooleanFilter()
    negated = filters.BooleanFilter()


class StatementViewSet(DeskViewSet):
    """Statements: read. Lists leave out those that the newest revision of their article no longer makes."""

    queryset = Statement.objects.none()
    serializer_class = StatementShown
    filterset_class = StatementFilter
    rights: ClassVar = {"list": READ, "retrieve": READ, "places": READ}
    shows: ClassVar = {"places": PlacesShown}

    def visible(self, person: User) -> "QuerySet[Statement]":
        """Statements of articles that this person may read."""
        statements = Statement.objects.readable_by(person).select_related("speaker", "reported_by")
        statements = statements if self.action == "retrieve" else statements.present()
        return statements.prefetch_related(Prefetch("anchors", Anchor.objects.order_by("revision__number")))

    def places(self, request: DeskRequest, pk: UUID) -> Response:
        """Where the statement stands: the same words of the same speaker, and copies of their articles."""
        rows = Statement.objects.readable_by(request.user).select_related("speaker", "article")
        found = places_of(get_object_or_404(rows, pk=pk), request.user)
        return Response({"count": len(found), "places": [show_row(PlaceShown, place) for place in found]})

    def of_desks(self, person: User) -> "QuerySet[Statement]":
        """All statements of this person's desks."""
        return Statement.objects.filter(article__desk__in=person.desk_ids)
