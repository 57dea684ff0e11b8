"""Pages of other sites that may ask us: those that the setting names, with a token or without, never with cookies."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from factcheck.api.requests import is_api

METHODS: Final = "GET, HEAD, POST, PUT, PATCH, DELETE"
SENT: Final = "Authorization, Content-Type, If-Match, If-None-Match, If-Range, Range, Idempotency-Key"
READ: Final = (
    "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, Idempotency-Replayed, "
    "Content-Range, Content-Disposition, Accept-Ranges"
)
KEPT: Final = "600"  # seconds for which a browser remembers what it may send


class CrossOriginMiddleware:
    """Say to browsers which other sites' pages may read answers of the API (CORS).

    Nothing allows credentials: a page elsewhere brings a token of its own or reads what is published.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a preflight, or mark the answer."""
        origin = _known_origin(request)
        asks_first = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = _preflight() if origin and asks_first else self.get_response(request)
        if settings.CORS_ORIGINS and is_api(request):
            patch_vary_headers(response, ["Origin"])
        if origin:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = READ
        return response


def _known_origin(request: HttpRequest) -> str:
    """The site whose page asks, where it may."""
    origin = request.headers.get("Origin", "") if is_api(request) else ""
    return origin if origin in settings.CORS_ORIGINS or "*" in settings.CORS_ORIGINS else ""


def _preflight() -> HttpResponse:
    allowed = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": SENT,
        "Access-Control-Max-Age": KEPT,
    }
    return HttpResponse(status=204, headers=allowed)
