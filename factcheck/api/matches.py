from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Sent, Shown, Text, Whole
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.claims.models import Claim
from factcheck.newsroom.models import Scope, User
from factcheck.newsroom.permissions import Action
from factcheck.publishing.earlier import (
    IMPORTED,
    LONGEST_TEXT,
    MOST,
    OURS,
    PUBLISHED,
    USUAL,
    Earlier,
    find_earlier,
)

ASKED = {"text": "They closed the Orla bridge without ever inspecting it! #OrlaBridge", "limit": 3}
FOUND = {
    "matches": [
        {
            "kind": "imported",
            "score": 0.9312,
            "words": ["closed", "Orla", "bridge", "inspecting"],
            "why": "Both have “closed”, “Orla”, “bridge” and “inspecting”, and mean much the same (0.81 of 1).",
            "text": "The Orla bridge was closed although nobody had inspected it.",
            "rating": "Mostly false",
            "url": "https://checks.example/orla-bridge",
            "publisher": "Example Checks",
            "day": "2026-03-02",
            "claim": None,
        }
    ]
}


@extend_schema_serializer(examples=[OpenApiExample("a post", value=ASKED, request_only=True)])
class TextSent(Sent):
    """A text that may have been checked."""

    text = Text(help_text=f"a claim, a post or a passage, at most {LONGEST_TEXT:,} characters")
    limit = Whole(required=False, default=USUAL, min_value=1, max_value=MOST, help_text="how many matches, at most")
    example: ClassVar = {"text": "The Orla bridge was never inspected"}


class MatchShown(Shown):
    """An earlier check: a claim of ours, what we published of it, or somebody else's review that was imported."""

    kind = serializers.ChoiceField(choices=[OURS, PUBLISHED, IMPORTED])
    score = serializers.FloatField(help_text="how likely it is the same claim, 0 to 1")
    words = serializers.SerializerMethodField()
    why = serializers.CharField(help_text="in one sentence")
    text = serializers.CharField(help_text="the claim, as the check puts it")
    rating = serializers.CharField(help_text="empty while nothing is published")
    url = serializers.CharField(help_text="where readers find it; empty where it is not public")
    publisher = serializers.CharField(help_text="who checked it; empty for us")
    day = serializers.DateField(allow_null=True, help_text="when it was published, else opened")
    claim = serializers.SerializerMethodField()

    def get_words(self, earlier: Earlier) -> list[str]:
        """The telling words that both share."""
        return list(earlier.words)

    def get_claim(self, earlier: Earlier) -> UUID | None:
        """The claim of ours, where you may read it."""
        return earlier.claim.pk if earlier.claim else None


@extend_schema_serializer(many=False, examples=[OpenApiExample("a match", value=FOUND, response_only=True)])
class MatchesShown(Shown):
    """The earlier checks of a text, the likeliest first."""

    matches = MatchShown(many=True)


class MatchViewSet(DeskViewSet):
    """Texts that may have been checked."""

    queryset = Claim.objects.none()
    serializer_class = MatchesShown
    rights: ClassVar = {"match": Right(Action.COMPARE_STATEMENT, frozenset({Scope.DESK}))}
    sends: ClassVar = {"match": TextSent}

    def match(self, request: DeskRequest) -> Response:
        """Ask whether a text has been checked: by us, or in an imported review. Answered at once; nothing is kept."""
        said = self.said()
        found = find_earlier(said["text"], request.user, said["limit"])
        shown = MatchShown()
        return Response({"matches": [shown.to_representation(earlier) for earlier in found]})

    def visible(self, person: User) -> "QuerySet[Any]":
        """Nothing: a question has no rows."""
        return Claim.objects.none()
