from typing import ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers

from factcheck.api.fields import Shown
from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ
from factcheck.corpus.models import Speaker
from factcheck.engine import SpeakerKind
from factcheck.newsroom.models import User

KINDS = [(kind.value, kind.value) for kind in SpeakerKind]


class SpeakerShown(Shown):
    """A person or body that statements come from; `article` where known from that article alone."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    article = serializers.UUIDField(source="article_id", allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    aliases = serializers.SerializerMethodField()

    def get_aliases(self, speaker: Speaker) -> list[str]:
        """Other names by which texts call them."""
        return sorted(alias.name for alias in speaker.aliases.all())


class SpeakerFilter(OfDesk):
    """Filters of speakers."""

    kind = filters.ChoiceFilter(choices=KINDS)
    name = filters.CharFilter("name_key", method="by_name", max_length=300, help_text="the whole name, in any case")
    article = filters.UUIDFilter("article_id")

    def by_name(self, speakers: "QuerySet[Speaker]", _: str, name: str) -> "QuerySet[Speaker]":
        """Those of this name."""
        return speakers.filter(name_key=Speaker.key_of(name))


class SpeakerViewSet(DeskViewSet):
    """Speakers: read."""

    queryset = Speaker.objects.none()
    serializer_class = SpeakerShown
    filterset_class = SpeakerFilter
    rights: ClassVar = {"list": READ, "retrieve": READ}

    def visible(self, person: User) -> "QuerySet[Speaker]":
        """Speakers of articles that this person may read."""
        return Speaker.objects.readable_by(person).select_related("desk").prefetch_related("aliases")

    def of_desks(self, person: User) -> "QuerySet[Speaker]":
        """All speakers of this person's desks."""
        return Speaker.objects.filter(desk__in=person.desk_ids)
