from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api import pagination
from factcheck.api.articles import find_desk
from factcheck.api.fields import Flag, Nothing, Sent, Shown, Text
from factcheck.api.nouns import DeskViewSet
from factcheck.api.parsers import LARGEST_BATCH
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.claims.models import ImportState, ReviewImport, RowProblem
from factcheck.claims.services.importing import (
    cancel_import,
    hand_in_reviews,
    import_reviews_at_once,
    jobs_of,
    resume_import,
    start_import,
    take_back_import,
)
from factcheck.ledger.models import JobState
from factcheck.newsroom.models import Desk, Scope, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached

BRING = Right(Action.IMPORT_REVIEWS, frozenset({Scope.INGEST}))


class ImportSent(Sent):
    """A file of reviews, as text: ClaimReview JSON-LD, a DataFeed, JSONL or CSV, told apart by what it holds."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever imports for several desks")
    name = Text(max_length=200, help_text="the file's name; its ending is .json, .jsonld, .jsonl or .csv")
    text = Text(help_text="the whole file; at most 25 MB")
    dry_run = Flag(required=False, help_text="check it and import nothing until `run` is called")
    example: ClassVar = {"name": "reviews.jsonl", "text": "{}", "dry_run": True}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those for which the person imports."""
        return find_desk(attrs, self.context["desks"])


class WorkShown(Shown):
    """The job that does it: where it stands, and why it stopped."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=JobState.choices)
    step = serializers.CharField()
    share = serializers.FloatField()
    reason = serializers.CharField()
    cancel_requested = serializers.BooleanField()


class ImportShown(Shown):
    """An import: what became of the rows of its file, or would."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=ImportState.choices)
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField(help_text="rows that say what the desk has, or something older")
    refused = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    job = WorkShown()


class RowProblemShown(Shown):
    """Something wrong in a row of the file. `refuses`: the row was left out for it; else it was taken without."""

    row = serializers.IntegerField(source="number", help_text="counted from 1, without a table's head")
    field = serializers.CharField()
    problem = serializers.CharField()
    remedy = serializers.CharField()
    refuses = serializers.BooleanField()


class ImportViewSet(DeskViewSet):
    """Imports of other people's reviews: checked, run, stopped, taken back."""

    queryset = ReviewImport.objects.none()
    serializer_class = ImportShown
    address = "api:import"
    order = "id"
    largest_body = LARGEST_BATCH
    rights: ClassVar = dict.fromkeys(("list", "retrieve", "hand_in", "run", "cancel", "go_on", "take_back"), BRING)
    sends: ClassVar = {"hand_in": ImportSent, **dict.fromkeys(("run", "cancel", "go_on", "take_back"), Nothing)}

    def visible(self, person: User) -> "QuerySet[ReviewImport]":
        """The imports of the desks where this person imports."""
        return ReviewImport.objects.readable_by(person)

    def read_place(self, place: str) -> object:
        """By id, which grows with time."""
        return pagination.as_id(place)

    def complete(self, rows: Sequence[ReviewImport]) -> None:
        """The newest job of each."""
        newest = jobs_of(rows)
        for row in rows:
            vars(row)["job"] = newest[row.pk]

    def hand_in(self, request: DeskRequest) -> Response:
        """Hand in a file; a job reads it. With `dry_run` it is only checked."""
        said = self.said(desks=self.desks())
        bring = hand_in_reviews if said.get("dry_run") else import_reviews_at_once
        content = said["text"].encode()
        return self.act(lambda now: bring(said["name"], content, said["desk"], request.user, now=now), status=202)

    def run(self, request: DeskRequest, pk: UUID) -> Response:
        """Import what was checked."""
        return self._do(start_import)

    def cancel(self, request: DeskRequest, pk: UUID) -> Response:
        """Stop it where it is."""
        return self._do(cancel_import)

    def go_on(self, request: DeskRequest, pk: UUID) -> Response:
        """Go on where it was stopped."""
        return self._do(resume_import)

    def take_back(self, request: DeskRequest, pk: UUID) -> Response:
        """Take back what it imported."""
        return self._do(take_back_import)

    def _do(self, act: Any) -> Response:
        self.said()
        row = self.get_object()
        return self.act_on(row, lambda _, now: act(row, self.request.user, now), by_version=False)

    def desks(self) -> list[Desk]:
        """The desks for which the person imports."""
        reached = desks_reached(self.request.user, Action.IMPORT_REVIEWS, Reach.DESK)
        return list(Desk.objects.filter(pk__in=reached).order_by("slug"))


class RowProblemViewSet(DeskViewSet):
    """What is wrong in the rows of an import's file, the last one first."""

    queryset = RowProblem.objects.none()
    serializer_class = RowProblemShown
    order = "id"
    rights: ClassVar = {"list": BRING}

    def list(self, request: DeskRequest, pk: UUID) -> Response:  # type: ignore[override]  # of one import
        """A page of its problems."""
        get_object_or_404(ReviewImport.objects.readable_by(request.user), pk=pk)
        return super().list(request)

    def visible(self, person: User) -> "QuerySet[RowProblem]":
        """Those of this import."""
        return RowProblem.objects.filter(review_import=self.kwargs["pk"])
