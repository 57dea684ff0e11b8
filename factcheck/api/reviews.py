import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Shown
from factcheck.api.filters import MomentFilter, OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.pagination import LARGEST_PLACE
from factcheck.api.permissions import READ_PUBLISHED
from factcheck.api.publications import DifferenceShown, show_differences
from factcheck.api.requests import DeskRequest
from factcheck.api.showing import sources_of
from factcheck.claims.models import Tone
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import User
from factcheck.publishing.differences import differences
from factcheck.publishing.fulltext import matching, newest_places
from factcheck.publishing.gathering import address_of
from factcheck.publishing.models import ClaimReview, Publication, PublicationQuerySet, RevisionKind

LONGEST_QUERY = 300
SINCE: Final = OpenApiParameter("since", int, description="the earlier one; else the one before")


class ReviewRevisionShown(Shown):
    """A revision: what it did, why, and its document. What a withdrawn review said is not repeated."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RevisionKind.choices)
    reason = serializers.CharField()
    solo = serializers.BooleanField(help_text="no second person approved it")
    published_at = serializers.DateTimeField()
    claim_review = serializers.SerializerMethodField()

    def get_claim_review(self, revision: ClaimReview) -> dict[str, Any] | None:
        """The JSON-LD, as it was published."""
        if not revision.publication.is_live or revision.kind == RevisionKind.WITHDRAWN:
            return None
        document: dict[str, Any] = json.loads(bytes(revision.rich))
        return document


class ChangesShown(Shown):
    """What a revision says otherwise than an earlier one, word by word; null where the review is withdrawn."""

    since = serializers.IntegerField()
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RevisionKind.choices)
    reason = serializers.CharField()
    published_at = serializers.DateTimeField()
    differences = DifferenceShown(many=True, allow_null=True)


class ReviewShown(Shown):
    """A published review as it stands."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    text = serializers.CharField(help_text="the claim")
    speaker = serializers.CharField(source="speaker_name")
    claimed_on = serializers.DateField(allow_null=True)
    rating = serializers.CharField(source="rating_label")
    tone = serializers.ChoiceField(choices=Tone.choices)
    language = serializers.CharField()
    conflict = serializers.UUIDField(source="pair_id", allow_null=True)
    first_published_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    revision = serializers.IntegerField(source="live__number")
    claim_review = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """The page that readers see."""
        return address_of(row.slug)

    def get_claim_review(self, row: Any) -> dict[str, Any]:
        """The JSON-LD of the revision that stands."""
        document: dict[str, Any] = json.loads(bytes(row.live__rich))
        return document


class ReviewFilter(OfDesk):
    """Filters of published reviews."""

    q = filters.CharFilter(
        method="find",
        max_length=LONGEST_QUERY,
        help_text="words, all of which have to be there; newest publication first",
    )
    tone = filters.ChoiceFilter(choices=Tone.choices)
    language = filters.CharFilter(max_length=12)
    speaker = filters.UUIDFilter("speaker_id")
    conflict = filters.UUIDFilter("pair_id")
    published_after = MomentFilter("first_published_at", lookup_expr="gte")
    published_before = MomentFilter("first_published_at", lookup_expr="lt")
    rating = filters.CharFilter("rating_label", max_length=100, help_text="in the newsroom's own words, whole")

    def find(self, publications: PublicationQuerySet, name: str, query: str) -> PublicationQuerySet:
        """By words."""
        return matching(publications, query)


class ReviewViewSet(DeskViewSet):
    """Published reviews: for everybody, signed in or not. What is withdrawn is told as gone by `updated_since`."""

    queryset = Publication.objects.none()
    serializer_class = ReviewShown
    filterset_class = ReviewFilter
    rights: ClassVar = {"list": READ_PUBLISHED, "retrieve": READ_PUBLISHED}

    def visible(self, person: User) -> "QuerySet[Any]":
        """What readers see, as rows."""
        return as_rows(Publication.objects.published())

    def usual_page(self, before: object, most: int) -> Sequence[Any] | None:
        """All that is published, or what of it has some words."""
        asked = self.request.query_params
        query = asked.get("q", "")
        is_asked_well = "q" not in asked or 0 < len(query.strip()) <= LONGEST_QUERY
        if not (_PAGE_PARAMETERS.issuperset(asked) and is_asked_well):
            return None
        place = LARGEST_PLACE if before is None else before
        if not query:
            return _page(most).ask(place)
        places = newest_places(query, most, int(str(place)))
        return _found(len(places)).ask(*places) if places else []

    def read_by(self) -> str:
        """What is found by words stands in the order of publication, which the index of words has itself."""
        return "place" if "q" in self.request.query_params else self.order

    def of_desks(self, person: User) -> "QuerySet[Publication]":
        """What readers see, or saw once."""
        return Publication.objects.all()


def as_rows(publications: "QuerySet[Publication]") -> "QuerySet[Any]":
    """What is shown of published reviews: plain rows, as making models of them costs more than reading them."""
    return publications.values_list(*sources_of(ReviewShown), "slug", "place", "live__rich", named=True)


@lru_cache(maxsize=64)
def _page(most: int) -> Settled[Any]:
    before = Publication.objects.published().filter(seq__lt=Place(0, BigIntegerField()))
    return Settled(lambda: as_rows(before).order_by("-seq")[:most])


@lru_cache(maxsize=256)
def _found(count: int) -> Settled[Any]:
    places: list[Any] = [Place(number, BigIntegerField()) for number in range(count)]
    return Settled(lambda: as_rows(Publication.objects.published().filter(place__in=places)).order_by("-place"))


_PAGE_PARAMETERS: Final = frozenset({"limit", "cursor", "q"})


class ReviewRevisionViewSet(DeskViewSet):
    """The revisions of a published review, newest first; of a withdrawn one too, without what it said."""

    queryset = ClaimReview.objects.none()
    serializer_class = ReviewRevisionShown
    order = "number"
    rights: ClassVar = {"list": READ_PUBLISHED, "retrieve": READ_PUBLISHED, "changes": READ_PUBLISHED}
    shows: ClassVar = {"changes": ChangesShown}
    further_parameters: ClassVar = {"changes": [SINCE]}

    def list(self, request: DeskRequest, pk: UUID) -> Response:  # type: ignore[override]  # of one review
        """A page of its revisions."""
        get_object_or_404(Publication, pk=pk)
        return super().list(request)

    def retrieve(self, request: DeskRequest, pk: UUID, number: int) -> Response:  # type: ignore[override]  # of one review
        """One of its revisions."""
        return Response(self.show(get_object_or_404(self.get_queryset(), number=number)))

    def changes(self, request: DeskRequest, pk: UUID, number: int) -> Response:
        """What one of its revisions says otherwise than an earlier one."""
        revision = get_object_or_404(self.get_queryset(), number=number)
        since = _number(request.query_params.get("since"), most=number - 1)
        before = get_object_or_404(self.get_queryset(), number=since)
        shows = revision.publication.is_live
        found = show_differences(differences(before.review, revision.review)) if shows else None
        said = {name: getattr(revision, name) for name in ("number", "kind", "reason", "published_at")}
        return Response(ChangesShown({**said, "since": since, "differences": found}).data)

    def visible(self, person: User) -> "QuerySet[ClaimReview]":
        """Those of this review."""
        rows = ClaimReview.objects.filter(publication=self.kwargs["pk"]).select_related("publication")
        return rows.defer("rich", "strict") if self.action == "changes" else rows.defer("contents", "strict")


def _number(said: str | None, most: int) -> int:
    """The number of an earlier revision."""
    if said is None:
        return most
    if not (said.isascii() and said.isdigit() and len(said) < 6 and 1 <= int(said) <= most):  # noqa: PLR2004 -- longer than any number
        raise serializers.ValidationError({"since": ["Give the number of an earlier revision."]})
    return int(said)
