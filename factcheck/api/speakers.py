from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, Sent, Shown, Text
from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.corpus.models import Speaker
from factcheck.corpus.services.people import Profile, edit_speaker, merge_speakers, part_speakers
from factcheck.engine import SpeakerKind
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action

KINDS = [(kind.value, kind.value) for kind in SpeakerKind]


class SpeakerShown(Shown):
    """A person or body that statements come from; `article` where known from that article alone.

    One that people merged into another stays as a name that readings are led on from.
    """

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    article = serializers.UUIDField(source="article_id", allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    role = serializers.CharField()
    merged_into = serializers.UUIDField(source="merged_into_id", allow_null=True)
    aliases = serializers.SerializerMethodField()

    def get_aliases(self, speaker: Speaker) -> list[str]:
        """Other names by which texts call them."""
        return sorted(alias.name for alias in speaker.aliases.all())


class SpeakerSent(Sent):
    """What a speaker is called, what they are, and in what role they speak; what is left out stays."""

    name = Text(required=False)
    kind = serializers.ChoiceField(choices=KINDS, required=False)
    role = Text(required=False, allow_blank=True, help_text="as a reader would know them; at most 200 characters")
    example: ClassVar = {"name": "Ilse Varga", "role": "mayor of Orla"}


class IntoSent(Sent):
    """Whom a speaker is the same as."""

    into = serializers.UUIDField()
    example: ClassVar = {"into": "0198a3c2-7e5b-7c31-9a53-0f2b8a4f6d13"}


class SpeakerFilter(OfDesk):
    """Filters of speakers."""

    kind = filters.ChoiceFilter(choices=KINDS)
    name = filters.CharFilter("name_key", method="by_name", max_length=300, help_text="the whole name, in any case")
    article = filters.UUIDFilter("article_id")

    def by_name(self, speakers: "QuerySet[Speaker]", _: str, name: str) -> "QuerySet[Speaker]":
        """Those of this name."""
        return speakers.filter(name_key=Speaker.key_of(name))


CORRECT = Right(Action.CORRECT_SPEAKER)


class SpeakerViewSet(DeskViewSet):
    """Speakers: read; mended, merged and taken apart by people who are signed in."""

    queryset = Speaker.objects.none()
    serializer_class = SpeakerShown
    filterset_class = SpeakerFilter
    rights: ClassVar = {"list": READ, "retrieve": READ, "edit": CORRECT, "merge": CORRECT, "part": CORRECT}
    sends: ClassVar = {"edit": SpeakerSent, "merge": IntoSent, "part": Nothing}

    def visible(self, person: User) -> "QuerySet[Speaker]":
        """Speakers of articles that this person may read; one of them also where merged into such a one."""
        known = Speaker.objects
        found = known.readable_by(person) if self.action == "list" else known.known_to(person)
        return found.select_related("desk", "article", "merged_into").prefetch_related("aliases")

    def of_desks(self, person: User) -> "QuerySet[Speaker]":
        """All speakers of this person's desks."""
        return Speaker.objects.filter(desk__in=person.desk_ids)

    def edit(self, request: DeskRequest, pk: UUID) -> Response:
        """Say anew what they are called, what they are, and in what role they speak."""
        speaker, said = self.get_object(), self.said()
        there: dict[str, Any] = {part: getattr(speaker, part) for part in ("name", "kind", "role")} | said
        profile = Profile(there["name"], SpeakerKind(there["kind"]), there["role"])
        return self.act_on(speaker, lambda version, now: edit_speaker(speaker, profile, version, request.user, now))

    def merge(self, request: DeskRequest, pk: UUID) -> Response:
        """Say that this speaker is another one: what they said is the other's from now on."""
        speaker, said = self.get_object(), self.said()
        into = self.get_queryset().filter(pk=said["into"]).first()
        if into is None:
            raise serializers.ValidationError({"into": ["Your desks have no such speaker."]})
        return self.act_on(speaker, lambda version, now: merge_speakers(speaker, into, version, request.user, now))

    def part(self, request: DeskRequest, pk: UUID) -> Response:
        """Take a speaker out of the one they were merged into."""
        speaker, _ = self.get_object(), self.said()
        return self.act_on(speaker, lambda version, now: part_speakers(speaker, version, request.user, now))
