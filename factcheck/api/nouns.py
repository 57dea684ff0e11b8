"""What all nouns share: scoped rows, the right of each route, acts that are answered once.

A view turns what came in into objects and calls one service through `act`; the row it is about is shown anew, inside
the service's transaction where the request carries an Idempotency-Key.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from factcheck.api import conditional, pagination
from factcheck.api.errors import BadHeader
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.api.throttling import tell_rate
from factcheck.ledger.idempotency import Answer, Once, answer_once
from factcheck.ledger.models import Versioned
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Subject, require

KEY = re.compile(r"[\x21-\x7e]{1,128}")


class DeskViewSet(GenericViewSet[Any]):
    """Rows of the person's desks under one address."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]  # a 405 names no other
    rights: ClassVar[Mapping[str, Right]] = {}
    order: ClassVar[str] = "seq"
    address: ClassVar[str] = ""
    shows_what_was_edited: ClassVar[bool] = False
    further_parameters: ClassVar[Mapping[str, Sequence[OpenApiParameter]]] = {}  # of each act, beside its filters
    sends: ClassVar[Mapping[str, type[Serializer[Any]]]] = {}
    shows: ClassVar[Mapping[str, type[Serializer[Any]]]] = {}
    rate: dict[str, int] | None = None
    request: DeskRequest

    def visible(self, person: User) -> "QuerySet[Any]":
        """The rows that this person may see, with all that is shown of them."""
        raise NotImplementedError

    def of_desks(self, person: User) -> "QuerySet[Any]":
        """All rows of this person's desks, also those hidden from them: what may have left their lists."""
        raise NotImplementedError

    def get_queryset(self) -> "QuerySet[Any]":
        """What this request may see."""
        return self.visible(self.request.user)

    def usual_page(self, before: object, most: int) -> "Sequence[Any] | None":
        """The first rows of this list before a place (None: from its beginning) where the question is a usual one.

        None where it is not; then the list's own query is asked.
        """
        return None

    def read_by(self) -> str:
        """The unique column that this list is read by, the highest first: `order`, as a rule."""
        return self.order

    def read_place(self, place: str) -> object:
        """The value of a cursor in this list's order."""
        return pagination.as_number(place)

    def list(self, request: DeskRequest) -> Response:
        """A page of what one may read."""
        rows: Any = SimpleLazyObject(lambda: self.filter_queryset(self.get_queryset()))
        page = self.paginate_queryset(rows) or []
        self.complete(page)
        # Not as one serializer of many: that is a ring too, and holds the page.
        serializer = self.get_serializer()
        return self.get_paginated_response([serializer.to_representation(row) for row in page])

    def retrieve(self, request: DeskRequest, pk: UUID) -> Response:
        """One of them."""
        return Response(self.show(self.get_object()))

    def get_object(self) -> Any:
        """The row of this address, for the act that this route is.

        Raises:
            Http404: it is not there, or not visible: the two look alike.
            NotAllowed: the person sees it and may not do this.
        """
        row = self.find(self.kwargs["pk"])
        if self.request.method not in ("GET", "HEAD"):
            asked = self.rights[str(self.action)].action
            assert isinstance(asked, Action)  # nobody writes to what is public
            require(self.request.user, asked, self.subject_of(row))
        return row

    def find(self, pk: UUID) -> Any:
        """A row that this person may see, with all that is shown of it."""
        row = get_object_or_404(self.get_queryset(), pk=pk)
        self.complete([row])
        return row

    def complete(self, rows: Sequence[Any]) -> None:
        """Read, for all of these rows at once, what is shown of them and does not stand in them."""

    def subject_of(self, row: Any) -> Subject:
        """What the permission table is asked about."""
        subject: Subject = row
        return subject

    def show(self, row: Model) -> dict[str, Any]:
        """The row as an answer shows it."""
        return dict(self.get_serializer(row).data)

    def said(self, **context: Any) -> dict[str, Any]:
        """What the body says.

        Raises:
            ValidationError: names what is wrong.
        """
        sent = self.sends[str(self.action)](data=self.request.data, context=context)
        sent.is_valid(raise_exception=True)
        found: dict[str, Any] = sent.validated_data
        return found

    def version_seen(self, row: Versioned) -> int:
        """The version that the asker saw, by If-Match."""
        return conditional.version_seen(self.request._request, row)  # noqa: SLF001 -- DRF's name for Django's request

    def act(
        self, act: Callable[[datetime], Model], status: int = 200, *, as_left: Callable[[Any], Any] | None = None
    ) -> Response:
        """Call a service once for this request's key, and show the row that it was about.

        `as_left` makes of that row, as the service left it, what is shown; without it the row is read again.
        """
        now = timezone.now()

        def make_answer(row: Any) -> Answer:
            return Answer(status, self.show_anew(row.pk) if as_left is None else self.show(as_left(row)))

        return self.answered(answer_once(self.once(), lambda: act(now), make_answer, now, reads=as_left is None))

    def act_on(self, row: Any, act: Callable[[int, datetime], object], *, by_version: bool = True) -> Response:
        """Call a service on a row, with the version that the asker saw where the service wants one."""

        def carry_out(now: datetime) -> Any:
            act(self.version_seen(row) if by_version else 0, now)
            return row

        return self.act(carry_out, as_left=(lambda _: row) if self.shows_what_was_edited else None)

    def show_anew(self, pk: UUID) -> Any:
        """A row as it stands now, found whether or not its change hides it from the one who made it."""
        row = self.everything().get(pk=pk)
        self.complete([row])
        return self.show(row)

    def everything(self) -> "QuerySet[Any]":
        """The rows to show an act's result from."""
        return self.get_queryset()

    def once(self) -> Once | None:
        """The request's Idempotency-Key; None where it carries none.

        Raises:
            BadHeader: it is no word of 1 to 128 visible ASCII characters.
        """
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return None
        if not KEY.fullmatch(key):
            raise BadHeader("Idempotency-Key is a word of 1 to 128 visible ASCII characters, such as a UUID.")
        body = json.dumps(self.request.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(body.encode()).hexdigest()
        return Once(self.request.user.pk, f"{self.request.method} {self.request.path}", key, digest)

    def answered(self, answer: Answer) -> Response:
        """An act's answer, with the address of what is new or will hold the answer."""
        response = Response(answer.body, status=answer.status)
        if answer.status in (201, 202) and self.address:
            response["Location"] = reverse(self.address, args=[answer.body["id"]])
        if answer.is_repeated:
            response["Idempotency-Replayed"] = "true"
        return response

    def perform_authentication(self, request: Any) -> None:
        """Find out who asks. Whoever tries keys that are none is counted by the address that they come from."""
        try:
            super().perform_authentication(request)
        except exceptions.AuthenticationFailed:
            self.check_throttles(request)
            raise

    def check_permissions(self, request: Any) -> None:
        """Count first: a request that is refused is a request."""
        self.check_throttles(request)
        super().check_permissions(request)

    def check_throttles(self, request: Any) -> None:
        """Count a request once."""
        if self.rate is None:
            super().check_throttles(request)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say in every answer how much may still be asked."""
        if self.rate is not None:
            tell_rate(response, self.rate)
        return super().finalize_response(request, response, *args, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, with an ETag."""
        answer = conditional.mark(request, super().dispatch(request, *args, **kwargs))
        self._let_go(answer)
        return answer

    def _let_go(self, answer: HttpResponseBase) -> None:
        """Untie request, view and answer, which REST framework ties in rings.

        Else each long list, and the rows that it was made from, would stay in memory until the collector comes by.
        """
        self.request.parser_context.clear()
        vars(answer).get("renderer_context", {}).clear()
        vars(self).clear()
