"""A line for each request, with an id that the answer carries too; never what was searched for or sent."""

import re
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty
from django_structlog.middlewares import RequestMiddleware

from factcheck.newsroom.addresses import address_of

SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLogMiddleware(RequestMiddleware):
    """Keeps a caller's X-Request-ID where it is short and plain, gives one where it is not, and answers with it."""

    def prepare(self, request: HttpRequest) -> None:
        """Settle the id before the first line."""
        given = request.headers.get("X-Request-ID", "")
        request.META["HTTP_X_REQUEST_ID"] = given if SANE.fullmatch(given) else str(uuid4())
        request.__dict__.pop("headers", None)  # Django keeps what it has read
        super().prepare(request)

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Write the last line."""
        response.headers["X-Request-ID"] = request.META["HTTP_X_REQUEST_ID"]
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path: a query may hold words of an article."""
        return f"{request.method} {request.path}"

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Where the request comes from, as everything else here tells it."""
        structlog.contextvars.bind_contextvars(ip=address_of(request, settings.TRUSTED_PROXIES))

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Who asks, where the page has looked already: a line in a log asks no database."""
        person = getattr(request, "user", None)
        is_known = isinstance(person, SimpleLazyObject) and person._wrapped is not empty  # noqa: SLF001 -- the one way to look without asking
        if is_known and person is not None and person.pk:
            structlog.contextvars.bind_contextvars(user_id=str(person.pk))
