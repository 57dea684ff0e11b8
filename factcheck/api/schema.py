"""What the schema says beyond what DRF knows: every status with its problem, the headers, the scope."""

from collections.abc import Iterator
from typing import Any, cast

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from factcheck.api.errors import PROBLEM, STATUSES, TITLES
from factcheck.api.fields import Nothing, Shown
from factcheck.api.nouns import DeskViewSet
from factcheck.newsroom.routes import Door

SAFE = ("GET", "HEAD")
BY_VERSION = (
    *("decide", "reword", "close", "reopen"),
    *("change", "pause", "resume", "end"),
    *("write", "attach", "detach", "submit", "approve", "send_back"),
    *("change", "remove", "rotate", "switch_on", "switch_off"),
    *("mend", "split", "merge", "withdraw", "undo", "edit", "part", "retract", "resolve", "correct"),
)
MAY_CREATE = ("revise",)  # 200 where it is there already
CREATES = ("create", "start", "add", "start_correction", "say_of_claim", "say_of_conflict", "say_of_statement")
FILES = ("text/csv", "application/x-ndjson", "application/ld+json")  # as an export is asked for
ACCEPTS = ("compare", "fetch", "hand_in", "ask", "ping")
ASKS = ("match",)  # sent like a write, and changes nothing


class WrongField(Shown):
    """A field that is wrong."""

    field = serializers.CharField()
    message = serializers.CharField()


class Problem(Shown):
    """Why not (RFC 9457). `code` is stable; `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.ChoiceField(choices=sorted(STATUSES))
    errors = WrongField(many=True, required=False)  # type: ignore[assignment]  # hides what only a read serializer has
    article_id = serializers.UUIDField(required=False)
    claim_id = serializers.UUIDField(required=False)
    feed_id = serializers.UUIDField(required=False)


class DeskSchema(AutoSchema):
    """The schema of a noun's view."""

    @property
    def noun(self) -> DeskViewSet:
        """The view, as ours."""
        return cast("DeskViewSet", self.view)

    @property
    def act(self) -> str:
        """The route's act, as `rights` names it."""
        return str(self.noun.action)

    def get_operation_id(self) -> str:
        """Noun and verb, such as `claims_take`."""
        noun = type(self.noun).__name__.removesuffix("ViewSet").lower()
        return f"{noun}_{self.act}"

    def get_tags(self) -> list[str]:
        """One tag per noun."""
        return [type(self.noun).__name__.removesuffix("ViewSet").lower()]

    def get_description(self) -> str:  # type: ignore[override]  # spectacular asks without arguments
        """What the route does, and who may."""
        words = str(super().get_description())
        right = self.noun.rights.get(self.act)
        if right is None:
            return words
        scopes = " or ".join(f"`{scope}`" for scope in sorted(right.scopes)) or "none: by session only"
        return f"{words}\n\nRight: {right.action.value}. Scope: {scopes}."

    def get_auth(self) -> list[dict[str, Any]]:
        """Token or session; for what is published, nothing does as well."""
        found: list[dict[str, Any]] = super().get_auth()
        right = self.noun.rights.get(self.act)
        return [*found, {}] if right is not None and right.action is Door.PUBLIC else found

    def get_request_serializer(self) -> Any:
        """What a request may say."""
        sent = self.noun.sends.get(self.act)
        return None if sent is Nothing else sent

    def get_response_serializers(self) -> Any:
        """What comes back, by status."""
        if self.act == "download":
            return self._file()
        status = 201 if self.act in CREATES else 202 if self.act in ACCEPTS else 200
        shown = self.noun.shows.get(self.act, self.noun.serializer_class)
        made = {201: shown} if self.act in MAY_CREATE else {}
        return {status: shown, **made, **self._refused()}

    def _file(self) -> dict[Any, Any]:
        """What a download gives: the whole, or a part of it."""
        parts = {200: "The whole file.", 206: "The bytes that were asked for."}
        given: dict[Any, Any] = {
            (status, kind): OpenApiResponse(OpenApiTypes.BINARY, description=words)
            for status, words in parts.items()
            for kind in FILES
        }
        return {**given, 416: OpenApiResponse(description="The file has no such bytes."), **self._refused()}

    def _refused(self) -> dict[Any, Any]:
        answers: dict[Any, Any] = {}
        for code in sorted(set(self._refusals())):
            answers[code, PROBLEM] = OpenApiResponse(Problem, description=TITLES[code], examples=[])
        if self.method in SAFE:
            answers[304] = OpenApiResponse(description="You have it already.")
        return answers

    def get_examples(self) -> list[Any]:
        """What a request may look like."""
        example = getattr(self.noun.sends.get(self.act), "example", {})
        return [OpenApiExample("Example", value=dict(example), request_only=True)] if example else []

    def get_override_parameters(self) -> list[Any]:
        """The headers that this route reads, and parameters that no filter knows."""
        return [*self._headers(), *self.noun.further_parameters.get(self.act, ())]

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self.act == "list"

    def _refusals(self) -> Iterator[int]:
        yield from (400, 401, 403, 404, 405, 429, 503)
        if self.method not in SAFE:
            yield from (409, 413, 415, 422)
        if self.act in BY_VERSION:
            yield from (412, 428)
        if self.act in ("download", "go_on"):
            yield from (409, 410)

    def _headers(self) -> Iterator[OpenApiParameter]:
        if self.method in SAFE:
            if self.act == "download":
                yield _header("Range", "`bytes=1000-`: go on where a download broke off.")
                yield _header("If-Range", "The ETag of the part that you have; another file is then sent whole.")
            yield _header("If-None-Match", "The ETag that you have: 304 where it still stands.")
            return
        if self.act in ASKS:
            return
        yield _header(
            "Idempotency-Key", "Any word that you make up for this request, such as a UUID; kept for two days."
        )
        if self.act in BY_VERSION:
            yield _header("If-Match", "The ETag of what you saw, or `*`.", required=True)


def _header(name: str, words: str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=words)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its metaclass registers it
    """How the schema speaks of tokens."""

    target_class = "factcheck.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A Bearer token."""
        words = "An access token of `manage.py token`, with the scope that the operation names."
        return {"type": "http", "scheme": "bearer", "description": words}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its metaclass registers it
    """How the schema speaks of sessions."""

    target_class = "factcheck.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A cookie."""
        words = "A signed-in browser's session; writes need the CSRF token in `X-CSRFToken`."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": words}
