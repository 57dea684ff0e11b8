from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, PersonShown, Sent, Shown, Text, Whole
from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.claims.models import Bearing, Claim, Rating, RatingScale, Tone, Verdict, VerdictState
from factcheck.claims.services.evidence import NewEvidence, attach_evidence, remove_evidence
from factcheck.claims.services.verdicts import (
    VerdictText,
    approve_verdict,
    send_back_verdict,
    start_verdict,
    submit_verdict,
    write_verdict,
)
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require
from factcheck.publishing.errors import NotPublished
from factcheck.publishing.services import find_publication, start_correction

LARGEST_RATING = 2**63 - 1


class RatingShown(Shown):
    """One step of a scale."""

    id = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # hides a field's own label
    tone = serializers.ChoiceField(choices=Tone.choices)
    definition = serializers.CharField()


class EvidenceShown(Shown):
    """A cited source with an excerpt."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    url = serializers.CharField()
    excerpt = serializers.CharField()
    bearing = serializers.ChoiceField(choices=Bearing.choices)
    archived_url = serializers.CharField()
    attached_by = PersonShown()
    attached_at = serializers.DateTimeField()


class PartShown(Shown):
    """A person with a part in the verdict."""

    person = PersonShown()


class VerdictShown(Shown):
    """Rating and reasoning on a claim."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    claim = serializers.UUIDField(source="claim_id")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=VerdictState.choices)
    rating = RatingShown(allow_null=True)
    summary = serializers.CharField()
    reasoning = serializers.CharField(help_text="Markdown")
    note = serializers.CharField(help_text="why it was sent back")
    solo = serializers.BooleanField()
    started_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    authors = PartShown(many=True)
    approvals = PartShown(many=True)
    evidence = EvidenceShown(many=True)


class ScaleShown(Shown):
    """A newsroom's scale of ratings, those on offer."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    name = serializers.CharField()
    ratings = RatingShown(many=True)


class VerdictSent(Sent):
    """The whole of what its author writes: what is left out is empty."""

    rating = Whole(min_value=1, max_value=LARGEST_RATING, required=False, allow_null=True, help_text="a rating's id")
    summary = Text(required=False, allow_blank=True)
    reasoning = Text(required=False, allow_blank=True)
    example: ClassVar = {"summary": "Two logs show it.", "reasoning": "The log lists *one* inspection."}

    def validate_rating(self, rating: int | None) -> Rating | None:
        """Find the rating among those on offer."""
        if rating is None:
            return None
        found = Rating.objects.on_offer(self.context["desk"]).filter(pk=rating).first()
        if found is None:
            raise serializers.ValidationError("The desk's scales offer no such rating.")
        return found


class EvidenceSent(Sent):
    """A source to cite."""

    title = Text()
    bearing = serializers.ChoiceField(choices=Bearing.choices)
    url = Text(required=False, allow_blank=True)
    excerpt = Text(required=False, allow_blank=True)
    archived_url = Text(required=False, allow_blank=True)
    example: ClassVar = {"title": "Inspection log", "bearing": "supports", "url": "https://orla.example/log"}


class NoteSent(Sent):
    """Why a verdict is sent back."""

    note = Text()
    example: ClassVar = {"note": "Which of the two logs do you mean?"}


class VerdictFilter(OfDesk):
    """Filters of verdicts."""

    desk = filters.CharFilter("claim__desk__slug", max_length=50, help_text="a desk's short name")
    state = filters.ChoiceFilter(choices=VerdictState.choices)
    claim = filters.UUIDFilter("claim_id")


WRITE = Right(Action.WRITE_VERDICT)


class VerdictViewSet(DeskViewSet):
    """Verdicts: read; written, submitted, approved and sent back by people who are signed in."""

    queryset = Verdict.objects.none()
    serializer_class = VerdictShown
    filterset_class = VerdictFilter
    address = "api:verdict"
    rights: ClassVar = {
        "list": READ,
        "retrieve": READ,
        "start": WRITE,
        "start_correction": WRITE,
        "write": WRITE,
        "attach": Right(Action.ATTACH_EVIDENCE),
        "detach": WRITE,
        "submit": WRITE,
        "approve": Right(Action.APPROVE_VERDICT),
        "send_back": Right(Action.SEND_BACK_VERDICT),
    }
    sends: ClassVar = {
        "start": Nothing,
        "start_correction": Nothing,
        "write": VerdictSent,
        "attach": EvidenceSent,
        "detach": Nothing,
        "submit": Nothing,
        "approve": Nothing,
        "send_back": NoteSent,
    }

    def visible(self, person: User) -> "QuerySet[Verdict]":
        """Verdicts on claims that this person may read."""
        shown = Verdict.objects.readable_by(person).select_related("claim__desk", "rating__scale")
        return shown.prefetch_related("authors__person", "approvals__person", "evidence__attached_by")

    def of_desks(self, person: User) -> "QuerySet[Verdict]":
        """All verdicts of this person's desks."""
        return Verdict.objects.filter(claim__desk__in=person.desk_ids)

    def start(self, request: DeskRequest, pk: UUID) -> Response:
        """Give a claim's unfinished verdict, a new one where there is none."""
        claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk"), pk=pk)
        require(request.user, Action.WRITE_VERDICT, claim)
        self.said()
        return self.act(lambda now: start_verdict(claim, request.user, now), status=201)

    def start_correction(self, request: DeskRequest, pk: UUID) -> Response:
        """Take a published claim up again: 201 and a draft that begins as the published verdict."""
        claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk"), pk=pk)
        require(request.user, Action.WRITE_VERDICT, claim)
        self.said()
        publication = find_publication(claim)
        if publication is None:
            raise NotPublished
        return self.act(lambda now: start_correction(publication, request.user, now), status=201)

    def write(self, request: DeskRequest, pk: UUID) -> Response:
        """Save a version of a draft."""
        verdict = self.get_object()
        said = self.said(desk=verdict.claim.desk)
        text = VerdictText(said.get("rating"), said.get("summary", ""), said.get("reasoning", ""))
        return self.act_on(verdict, lambda version, now: write_verdict(verdict, text, version, request.user, now))

    def attach(self, request: DeskRequest, pk: UUID) -> Response:
        """Cite a source in a draft."""
        verdict, said = self.get_object(), self.said()
        new = NewEvidence(**{**said, "bearing": Bearing(said["bearing"])})
        return self.act_on(verdict, lambda version, now: attach_evidence(verdict, new, version, request.user, now))

    def detach(self, request: DeskRequest, pk: UUID, evidence_id: UUID) -> Response:
        """Take a source out of a draft."""
        verdict, _ = self.get_object(), self.said()

        def remove(version: int, now: datetime) -> None:
            evidence = get_object_or_404(verdict.evidence.all(), pk=evidence_id)
            remove_evidence(evidence, version, request.user, now)

        return self.act_on(verdict, remove)

    def submit(self, request: DeskRequest, pk: UUID) -> Response:
        """Hand a complete draft to a second person."""
        verdict, _ = self.get_object(), self.said()
        return self.act_on(verdict, lambda version, now: submit_verdict(verdict, version, request.user, now))

    def approve(self, request: DeskRequest, pk: UUID) -> Response:
        """Say yes as a second person."""
        verdict, _ = self.get_object(), self.said()
        return self.act_on(verdict, lambda version, now: approve_verdict(verdict, version, request.user, now))

    def send_back(self, request: DeskRequest, pk: UUID) -> Response:
        """Give a submitted verdict back to its authors with a note."""
        verdict, said = self.get_object(), self.said()
        note = said["note"]
        return self.act_on(verdict, lambda version, now: send_back_verdict(verdict, note, version, request.user, now))


class ScaleViewSet(DeskViewSet):
    """Rating scales: read, to know a rating's id."""

    queryset = RatingScale.objects.none()
    serializer_class = ScaleShown
    filterset_class = OfDesk
    rights: ClassVar = {"list": READ}

    def visible(self, person: User) -> "QuerySet[RatingScale]":
        """The scales of this person's desks."""
        offered = Prefetch("ratings", Rating.objects.filter(retired_at__isnull=True))
        return self.of_desks(person).select_related("desk").prefetch_related(offered)

    def of_desks(self, person: User) -> "QuerySet[RatingScale]":
        """The scales of this person's desks."""
        return RatingScale.objects.filter(desk__in=person.desk_ids)
