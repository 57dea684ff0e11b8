from typing import ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers

from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.pagination import as_id
from factcheck.api.permissions import READ
from factcheck.api.verdicts import EvidenceShown
from factcheck.claims.models import Bearing, Evidence, Verdict
from factcheck.newsroom.models import User


class CitedShown(EvidenceShown):
    """A cited source, with the verdict that cites it and the claim that the verdict is on."""

    verdict = serializers.UUIDField(source="verdict_id")
    claim = serializers.UUIDField(source="verdict.claim_id")


class EvidenceFilter(OfDesk):
    """Filters of evidence."""

    desk = filters.CharFilter("verdict__claim__desk__slug", max_length=50, help_text="a desk's short name")
    verdict = filters.UUIDFilter("verdict_id")
    claim = filters.UUIDFilter("verdict__claim_id")
    bearing = filters.ChoiceFilter(choices=Bearing.choices)
    url = filters.CharFilter(max_length=2000, help_text="the whole address: which verdicts cite it")


class EvidenceViewSet(DeskViewSet):
    """What verdicts cite, the newest first. It changes with its verdict, whose list tells what changed."""

    queryset = Evidence.objects.none()
    serializer_class = CitedShown
    filterset_class = EvidenceFilter
    order = "id"
    rights: ClassVar = {"list": READ, "retrieve": READ}

    def visible(self, person: User) -> "QuerySet[Evidence]":
        """What verdicts cite that this person may read."""
        rows = Evidence.objects.filter(verdict__in=Verdict.objects.readable_by(person))
        return rows.select_related("verdict", "attached_by")

    def read_place(self, place: str) -> object:
        """By id, which grows with time."""
        return as_id(place)
