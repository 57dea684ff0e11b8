from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, PersonShown, Sent, Shown, Text
from factcheck.api.filters import Tagged
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.claims.models import Claim, ClaimState, Stance
from factcheck.claims.services.claims import close_claim, open_claim, reopen_claim, reword_claim, take_claim
from factcheck.claims.services.flags import settle_changes
from factcheck.corpus.models import ConflictPair
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action


class AppearanceShown(Shown):
    """A statement that makes or rejects the claim."""

    statement = serializers.UUIDField(source="statement_id")
    stance = serializers.ChoiceField(choices=Stance.choices)


class AssignmentShown(Shown):
    """A person who works on the claim."""

    person = PersonShown()
    assigned_at = serializers.DateTimeField()


class SourceChangeShown(Shown):
    """An article's new revision that rewords or takes out what the claim hangs on; settled once somebody has looked."""

    statement = serializers.UUIDField(source="statement_id")
    revision = serializers.UUIDField(source="revision_id")
    what = serializers.ChoiceField(choices=["reworded", "lost"])
    at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class ClaimShown(Shown):
    """A checkable proposition that the desk takes on."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    text = serializers.CharField()
    state = serializers.ChoiceField(choices=ClaimState.choices)
    conflict = serializers.UUIDField(source="pair_id", allow_null=True)
    checked = serializers.UUIDField(source="checked_id", allow_null=True)
    opened_by = PersonShown()
    opened_at = serializers.DateTimeField()
    appearances = AppearanceShown(many=True)
    source_changes = SourceChangeShown(many=True)
    assignments = AssignmentShown(many=True)
    tags = serializers.SerializerMethodField(help_text="the words by which the desk sorts it")

    def get_tags(self, claim: Claim) -> list[str]:
        """By name."""
        return sorted(tagging.tag.name for tagging in claim.taggings.all())


class ClaimSent(Sent):
    """A side of a suggested conflict to check, in words of one's own."""

    conflict = serializers.UUIDField()
    side = serializers.ChoiceField(choices=["a", "b"])
    text = Text(help_text="one sentence, at most 600 characters")
    example: ClassVar = {
        "conflict": "0198a3c2-7e5b-7c31-9a53-0f2b8a4f6d14",
        "side": "a",
        "text": "The bridge was inspected in January",
    }


class WordsSent(Sent):
    """A claim in other words."""

    text = Text(help_text="one sentence, at most 600 characters")
    example: ClassVar = {"text": "The Orla bridge was inspected in January"}


class ClaimFilter(Tagged):
    """Filters of claims."""

    state = filters.ChoiceFilter(choices=ClaimState.choices)
    conflict = filters.UUIDFilter("pair_id")
    assigned_to = filters.UUIDFilter(method="by_person", help_text="a person who works on it")

    def by_person(self, claims: "QuerySet[Claim]", _: str, person: UUID) -> "QuerySet[Claim]":
        """Those on which this person works."""
        return claims.filter(assignments__person=person)


class ClaimViewSet(DeskViewSet):
    """Claims: read; opened, worded, taken, closed and reopened by people who are signed in."""

    queryset = Claim.objects.none()
    serializer_class = ClaimShown
    filterset_class = ClaimFilter
    address = "api:claim"
    rights: ClassVar = {
        "list": READ,
        "retrieve": READ,
        "create": Right(Action.OPEN_CLAIM),
        "reword": Right(Action.OPEN_CLAIM),
        "take": Right(Action.TAKE_CLAIM),
        "close": Right(Action.CLOSE_CLAIM),
        "reopen": Right(Action.CLOSE_CLAIM),
        "settle": Right(Action.CLOSE_CLAIM),
    }
    sends: ClassVar = {
        "create": ClaimSent,
        "reword": WordsSent,
        "take": Nothing,
        "close": Nothing,
        "reopen": Nothing,
        "settle": Nothing,
    }

    def visible(self, person: User) -> "QuerySet[Claim]":
        """Claims of this person's desks that appear in no article hidden from them."""
        shown = Claim.objects.readable_by(person).select_related("desk", "opened_by")
        return shown.prefetch_related("appearances", "assignments__person", "source_changes", "taggings__tag")

    def of_desks(self, person: User) -> "QuerySet[Claim]":
        """All claims of this person's desks."""
        return Claim.objects.filter(desk__in=person.desk_ids)

    def create(self, request: DeskRequest) -> Response:
        """Take one side of a pair on as a claim."""
        said = self.said()
        pair = ConflictPair.objects.readable_by(request.user).with_sides().filter(pk=said["conflict"]).first()
        if pair is None:
            raise serializers.ValidationError({"conflict": ["Your desks have no such suggested conflict."]})
        checked = getattr(pair, said["side"])
        return self.act(lambda now: open_claim(pair, checked, said["text"], request.user, now), status=201)

    def reword(self, request: DeskRequest, pk: UUID) -> Response:
        """Put the claim in other words."""
        claim, said = self.get_object(), self.said()
        return self.act_on(claim, lambda version, now: reword_claim(claim, said["text"], version, request.user, now))

    def take(self, request: DeskRequest, pk: UUID) -> Response:
        """Assign the claim to oneself."""
        claim, _ = self.get_object(), self.said()
        return self.act_on(claim, lambda _, now: take_claim(claim, request.user, now), by_version=False)

    def close(self, request: DeskRequest, pk: UUID) -> Response:
        """Put the claim away."""
        claim, _ = self.get_object(), self.said()
        return self.act_on(claim, lambda version, now: close_claim(claim, version, request.user, now))

    def reopen(self, request: DeskRequest, pk: UUID) -> Response:
        """Take a closed or decided claim up again."""
        claim, _ = self.get_object(), self.said()
        return self.act_on(claim, lambda version, now: reopen_claim(claim, version, request.user, now))

    def settle(self, request: DeskRequest, pk: UUID) -> Response:
        """Say that you have looked at what its sources changed."""
        claim, _ = self.get_object(), self.said()
        return self.act_on(claim, lambda _, now: settle_changes(claim, request.user, now), by_version=False)
