from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Sent, Shown, Text
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.api.revisions import PieceShown
from factcheck.claims.models import Claim, Verdict
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action
from factcheck.publishing import jsonld
from factcheck.publishing.differences import Difference, differences
from factcheck.publishing.errors import NotPublished, VerdictNotApproved
from factcheck.publishing.findings import Profile
from factcheck.publishing.gathering import address_of
from factcheck.publishing.models import Publication, PublicationState
from factcheck.publishing.previews import Standing, newest_verdict, standing_of
from factcheck.publishing.services import correct_review, find_publication, publish_review, withdraw_review

STATES = [("unpublished", "unpublished"), *PublicationState.choices]


class LinterFindingShown(Shown):
    """What the linter says: an error blocks."""

    name = serializers.CharField()
    profile = serializers.ChoiceField(choices=[(profile.value, profile.value) for profile in Profile])
    is_error = serializers.BooleanField()
    message = serializers.CharField()


class DifferenceShown(Shown):
    """A part of a review that reads otherwise than before."""

    part = serializers.CharField()
    pieces = PieceShown(many=True)


class PreviewShown(Shown):
    """What publishing the newest approved verdict now would make. Send `mark` with publish or correct."""

    mark = serializers.CharField()
    is_sound = serializers.BooleanField(help_text="nothing blocks")
    findings = LinterFindingShown(many=True)
    rich = serializers.SerializerMethodField()
    strict = serializers.SerializerMethodField()

    def get_rich(self, preview: Any) -> dict[str, Any]:
        """The ClaimReview as it would be published."""
        return dict(jsonld.rich(preview.review))

    def get_strict(self, preview: Any) -> dict[str, Any]:
        """The same after Duke's schema."""
        return dict(jsonld.strict(preview.review))


class PublicationShown(Shown):
    """Where a claim stands in public. `version` is that of what is published: `If-Match` is about it."""

    id = serializers.UUIDField(source="claim.id", help_text="the claim")
    state = serializers.ChoiceField(choices=STATES, source="publication.state", default="unpublished")
    version = serializers.IntegerField(source="publication.version", allow_null=True, default=None)
    review = serializers.UUIDField(source="publication.id", allow_null=True, default=None)
    revision = serializers.IntegerField(source="publication.live.number", allow_null=True, default=None)
    url = serializers.SerializerMethodField()
    preview = PreviewShown(allow_null=True)
    why_not = serializers.CharField(help_text="why an approved verdict cannot be published")
    differences = serializers.SerializerMethodField()

    def get_url(self, standing: Standing) -> str | None:
        """The page that readers see."""
        return address_of(standing.publication.slug) if standing.publication else None

    @extend_schema_field(DifferenceShown(many=True))
    def get_differences(self, standing: Standing) -> list[Any]:
        """What the preview says otherwise than what is published."""
        if standing.publication is None or standing.preview is None:
            return []
        return show_differences(differences(standing.publication.live.review, standing.preview.review))


def show_differences(found: list[Difference]) -> list[Any]:
    """Differences as answers show them."""
    serializer = DifferenceShown()
    return [serializer.to_representation(one) for one in found]


class MarkSent(Sent):
    """The mark of the preview that was looked at: what is published is what was seen."""

    mark = Text(max_length=128)
    example: ClassVar = {"mark": "8c5f2d0e41b7a9c3"}


class ReasonSent(Sent):
    """Why; readers are told."""

    reason = Text(help_text="one or two sentences for readers")
    example: ClassVar = {"reason": "The ministry has taken its figures back."}


class CorrectionSent(MarkSent, ReasonSent):
    """The mark of the preview that was looked at, and why; readers are told."""

    example: ClassVar = {"mark": "8c5f2d0e41b7a9c3", "reason": "A second log was found."}


class PublicationViewSet(DeskViewSet):
    """A claim's way into public: looked at before; published, corrected, withdrawn by people who are signed in."""

    queryset = Claim.objects.none()
    serializer_class = PublicationShown
    rights: ClassVar = {
        "retrieve": READ,
        "publish": Right(Action.PUBLISH_REVIEW),
        "correct": Right(Action.CORRECT_REVIEW),
        "withdraw": Right(Action.WITHDRAW_REVIEW),
    }
    sends: ClassVar = {"publish": MarkSent, "correct": CorrectionSent, "withdraw": ReasonSent}

    def visible(self, person: User) -> "QuerySet[Claim]":
        """Claims that this person may read."""
        return Claim.objects.readable_by(person).select_related("desk", "pair")

    def show(self, row: Claim) -> dict[str, Any]:  # type: ignore[override]  # of a claim
        """Where it stands now."""
        return dict(self.get_serializer(standing_of(row, timezone.now())).data)

    def publish(self, request: DeskRequest, pk: UUID) -> Response:
        """Make the newest approved verdict public, as its preview showed it."""
        claim, said = self.get_object(), self.said()
        return self.act_on(
            claim,
            lambda _, now: publish_review(_verdict(claim), said["mark"], request.user, now),
            by_version=False,
        )

    def correct(self, request: DeskRequest, pk: UUID) -> Response:
        """Put the newly approved verdict in the place of the published one. A withdrawn review comes back by it."""
        claim, said = self.get_object(), self.said()
        published = _published(claim)

        def correct(_: int, now: datetime) -> None:
            version = self.version_seen(published)
            correct_review(_verdict(claim), said["reason"], version, said["mark"], request.user, now=now)

        return self.act_on(claim, correct, by_version=False)

    def withdraw(self, request: DeskRequest, pk: UUID) -> Response:
        """Put a notice with the reason in the review's place."""
        claim, said = self.get_object(), self.said()
        published = _published(claim)

        def withdraw(_: int, now: datetime) -> None:
            withdraw_review(published, said["reason"], self.version_seen(published), request.user, now)

        return self.act_on(claim, withdraw, by_version=False)


def _published(claim: Claim) -> Publication:
    publication = find_publication(claim)
    if publication is None:
        raise NotPublished
    return publication


def _verdict(claim: Claim) -> Verdict:
    verdict = newest_verdict(claim)
    if verdict is None:
        raise VerdictNotApproved
    return verdict
