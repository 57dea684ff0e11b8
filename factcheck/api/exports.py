from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api import pagination
from factcheck.api.articles import find_desk
from factcheck.api.fields import Nothing, Sent, Shown, Text
from factcheck.api.imports import WorkShown
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.newsroom.models import Desk, Scope, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.publishing.export_files import path_of
from factcheck.publishing.export_shapes import SHAPES
from factcheck.publishing.exporting import (
    ask_export,
    cancel_export,
    jobs_of,
    open_export,
    remove_export,
    resume_export,
)
from factcheck.publishing.models import Export, ExportOf, ExportShape
from factcheck.publishing.sending import send_file

TAKE = Right(Action.EXPORT_PUBLISHED, frozenset({Scope.EXPORT}))


class ExportSent(Sent):
    """What to export, and as what. What is not published needs a reviewer or a lead."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever exports of several desks")
    what = serializers.ChoiceField(choices=ExportOf.choices)
    shape = serializers.ChoiceField(
        choices=ExportShape.choices, help_text="`claimreview` of reviews alone, `annotations` of statements alone"
    )
    example: ClassVar = {"what": "reviews", "shape": "csv"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those of which the person exports."""
        return find_desk(attrs, self.context["desks"])


class ExportShown(Shown):
    """An export: how far it is, and where its file is once it is whole."""

    id = serializers.UUIDField()
    what = serializers.ChoiceField(choices=ExportOf.choices)
    shape = serializers.ChoiceField(choices=ExportShape.choices)
    as_of = serializers.SerializerMethodField()
    rows = serializers.IntegerField()
    size = serializers.IntegerField(help_text="bytes")
    sha256 = serializers.CharField(help_text="of the whole file; empty while it is written")
    file = serializers.SerializerMethodField()
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)
    job = WorkShown()

    def get_as_of(self, export: Export) -> str:
        """Send it as `updated_since` to hear what changed after this file."""
        return pagination.to_cursor(export.as_of)

    def get_file(self, export: Export) -> str | None:
        """The address of the file, once it is whole."""
        return reverse("api:export-file", args=[export.pk]) if export.is_whole else None


class ExportViewSet(DeskViewSet):
    """One's own exports: asked for, followed, downloaded in as many pieces as it takes, removed."""

    queryset = Export.objects.none()
    serializer_class = ExportShown
    address = "api:export"
    order = "id"
    rights: ClassVar = dict.fromkeys(("list", "retrieve", "ask", "cancel", "go_on", "discard", "download"), TAKE)
    sends: ClassVar = {"ask": ExportSent, **dict.fromkeys(("cancel", "go_on", "discard"), Nothing)}

    def visible(self, person: User) -> "QuerySet[Export]":
        """What this person asked for."""
        return Export.objects.of(person).select_related("desk")

    def read_place(self, place: str) -> object:
        """By id, which grows with time."""
        return pagination.as_id(place)

    def complete(self, rows: Sequence[Export]) -> None:
        """The job of each."""
        work = jobs_of(rows)
        for row in rows:
            vars(row)["job"] = work[row.pk]

    def ask(self, request: DeskRequest) -> Response:
        """Ask for a file; a job writes it."""
        said = self.said(desks=self.desks())
        return self.act(
            lambda now: ask_export(said["what"], said["shape"], said["desk"], request.user, now), status=202
        )

    def cancel(self, request: DeskRequest, pk: UUID) -> Response:
        """Stop writing it."""
        return self._do(cancel_export)

    def go_on(self, request: DeskRequest, pk: UUID) -> Response:
        """Go on where it was stopped."""
        return self._do(resume_export)

    def discard(self, request: DeskRequest, pk: UUID) -> Response:
        """Take the file away before its time."""
        return self._do(remove_export)

    def download(self, request: DeskRequest, pk: UUID) -> HttpResponseBase:
        """The file, or the bytes that `Range` asks for; `If-Range` with its ETag makes sure that they fit together."""
        export = open_export(self.find(pk), request.user, timezone.now())
        shape = SHAPES[export.what, export.shape]
        return send_file(request._request, path_of(export.part), export.file_name, shape.media_type, export.sha256)  # noqa: SLF001 -- DRF's name for Django's request

    def _do(self, act: Any) -> Response:
        self.said()
        row = self.get_object()
        return self.act_on(row, lambda _, now: act(row, self.request.user, now), by_version=False)

    def desks(self) -> list[Desk]:
        """The desks of which the person exports."""
        reached = desks_reached(self.request.user, Action.EXPORT_PUBLISHED, Reach.DESK)
        return list(Desk.objects.filter(pk__in=reached).order_by("slug"))
