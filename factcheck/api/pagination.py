"""Lists in pages, and what changed since: by the change sequence, whose numbers are given in the order of commits.

A list is newest change first; `next` goes on with it. `updated_since` reads the other way: what came into the list,
changed in it, or left it (`gone`) after the place that an earlier answer gave as `as_of`. Nothing committed late is
skipped: not by whoever keeps an older `as_of` either, which is why a page that says the same but for it is the same.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.ledger.models import LedgerHead
from factcheck.ledger.settled import Settled

_HEAD: Final = Settled[LedgerHead](lambda: LedgerHead.objects.filter(pk=1))
USUAL, MOST = 50, 200
LARGEST_PLACE = 2**63 - 1
PARAMETERS = ("cursor", "limit", "updated_since")
CURSOR = {"type": "string", "minLength": 1, "maxLength": 80}


def to_cursor(place: object) -> str:
    """An opaque name of a place in a list."""
    return base64.urlsafe_b64encode(f"1:{place}".encode()).decode().rstrip("=")


def from_cursor(name: str, parameter: str) -> str:
    """The place that a cursor names.

    Raises:
        ValidationError: it is no cursor of ours.
    """
    try:
        version, _, place = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode("ascii").partition(":")
    except (binascii.Error, ValueError):
        version, place = "", ""
    if version != "1" or not place or len(place) > len(str(LARGEST_PLACE)) + 20:
        raise exceptions.ValidationError({parameter: ["This is no cursor that an answer of ours gave."]})
    return place


class Listed(Response):
    """A page of a list. `as_of`, where it has one, is the last that it says."""

    @property
    def said(self) -> bytes:
        """What it says besides `as_of`, which grows with every change anywhere."""
        whole: bytes = self.content
        return whole.rpartition(b',"as_of":')[0] if "as_of" in self.data else whole


@dataclass
class _Page:
    """What an answer says besides its rows."""

    next: str | None = None
    as_of: str | None = None
    gone: list[dict[str, object]] = field(default_factory=list)


class SequencePagination(BasePagination):
    """Pages by a view's `order`: `seq`, or another unique column where a noun has none."""

    page: _Page

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Take the rows of this page."""
        limit, order = _limit(request), view.read_by()
        is_followed = view.order == "seq"
        # Read before the rows: whatever commits after this has a higher number, and is found by `updated_since`.
        self.page = _Page(as_of=to_cursor(_HEAD.ask()[0].seq) if is_followed else None)
        if is_followed and "updated_since" in request.query_params:
            return self._changes(queryset, view.of_desks(request.user), _place(request, "updated_since"), limit)
        before = view.read_place(_cursor(request, "cursor")) if "cursor" in request.query_params else None
        found: list[Any] | None = view.usual_page(before, limit + 1)
        if found is None:
            rows = queryset if before is None else queryset.filter(**{f"{order}__lt": before})
            found = list(rows.order_by(f"-{order}")[: limit + 1])
        if len(found) > limit:
            self.page.next = to_cursor(getattr(found[limit - 1], order))
        return found[:limit]

    def _changes(self, listed: "QuerySet[Any]", followed: "QuerySet[Any]", since: int, limit: int) -> list[Any]:
        after = followed.filter(seq__gt=since).order_by("seq").values_list("pk", "seq")
        changed = list(after[: limit + 1])
        if len(changed) > limit:
            self.page.next = self.page.as_of = to_cursor(changed[limit - 1][1])
        seqs = dict(changed[:limit])
        rows = {row.id: row for row in listed.filter(pk__in=list(seqs))}
        self.page.gone = [{"id": str(pk), "seq": seq} for pk, seq in seqs.items() if pk not in rows]
        return sorted(rows.values(), key=lambda row: int(row.seq))

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        """The rows with what is needed to go on."""
        shown: dict[str, Any] = {"results": data, "next": self.page.next}
        if self.page.as_of is not None:
            shown |= {"gone": self.page.gone, "as_of": self.page.as_of}
        return Listed(shown)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """How the schema says that."""
        gone = {
            "type": "object",
            "required": ["id", "seq"],
            "properties": {"id": {"type": "string", "format": "uuid"}, "seq": {"type": "integer"}},
        }
        following = {
            "type": ["string", "null"],
            "description": "Send it as `cursor`, or as `updated_since` where that was sent.",
        }
        shown = {"results": schema, "next": following}
        shown["gone"] = {
            "type": "array",
            "items": gone,
            "description": "What is not in this list any more, or never was.",
        }
        shown["as_of"] = {
            "type": "string",
            "description": "Send it as `updated_since` to hear what changed after this.",
        }
        return {"type": "object", "required": ["results", "next"], "properties": shown}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters of every list."""
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        shown = [
            _parameter("limit", limit, "How many rows at most."),
            _parameter("cursor", CURSOR, "`next` of the page before."),
        ]
        if view.order == "seq":
            words = "`as_of` of an earlier answer: what changed since, oldest first. `0`: from the beginning."
            shown.append(_parameter("updated_since", CURSOR, words))
        return shown


def known_parameters(view: Any) -> tuple[str, ...]:
    """The parameters of a view's list."""
    return PARAMETERS if view.order == "seq" else PARAMETERS[:2]


def as_number(place: str) -> int:
    """A place in a numbered list.

    Raises:
        ValidationError: it is no such place.
    """
    if not (place.isascii() and place.isdigit()) or int(place) > LARGEST_PLACE:
        raise exceptions.ValidationError({"cursor": ["This is no cursor that an answer of ours gave."]})
    return int(place)


def as_id(place: str) -> UUID:
    """A place in a list by ids, which grow with time.

    Raises:
        ValidationError: it is no such place.
    """
    try:
        return UUID(place)
    except ValueError as error:
        raise exceptions.ValidationError({"cursor": ["This is no cursor that an answer of ours gave."]}) from error


def _place(request: Request, parameter: str) -> int:
    sent = str(request.query_params[parameter])
    return 0 if sent == "0" else as_number(from_cursor(sent, parameter))


def _cursor(request: Request, parameter: str) -> str:
    return from_cursor(str(request.query_params[parameter]), parameter)


def _limit(request: Request) -> int:
    sent = str(request.query_params.get("limit", USUAL))
    if not (sent.isascii() and sent.isdigit() and len(sent) < 6 and 1 <= int(sent) <= MOST):  # noqa: PLR2004 -- longer than any limit
        raise exceptions.ValidationError({"limit": [f"Give a whole number from 1 to {MOST}."]})
    return int(sent)


def _parameter(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": OpenApiParameter.QUERY, "required": False, "schema": schema, "description": words}
