"""Pages of other sites that may ask us, never with cookies.

The API: those that the setting names, with a token or without. What readers see, and Google's search over it: all of
them, whatever headers a client of theirs adds.
"""

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
FEEDS: Final = ("/feeds/claimreview.", "/feeds/atom.", "/feeds/feed.")  # beside what the desk is subscribed to
OPEN: Final = ("/v1alpha1/", *FEEDS, "/reviews/", "/oembed")
KEPT: Final = "600"  # seconds for which a browser remembers what it may send


class CrossOriginMiddleware:
    """Say to browsers which other sites' pages may read our answers (CORS).

    Nothing allows credentials: a page elsewhere brings a token of its own or reads what is published.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a preflight, or mark the answer."""
        is_open = request.path.startswith(OPEN)
        origin = "*" if is_open else _known_origin(request)
        asks_first = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = _preflight(is_open=is_open) if origin and asks_first else self.get_response(request)
        if settings.CORS_ORIGINS and is_api(request) and not is_open:
            patch_vary_headers(response, ["Origin"])
        if origin:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = READ
        return response


def _known_origin(request: HttpRequest) -> str:
    """The site whose page asks, where it may."""
    origin = request.headers.get("Origin", "") if is_api(request) else ""
    return origin if origin in settings.CORS_ORIGINS or "*" in settings.CORS_ORIGINS else ""


def _preflight(*, is_open: bool) -> HttpResponse:
    allowed = {
        "Access-Control-Allow-Methods": "GET, HEAD" if is_open else METHODS,
        "Access-Control-Allow-Headers": f"{SENT}, *" if is_open else SENT,  # `*` alone is without Authorization
        "Access-Control-Max-Age": KEPT,
    }
    return HttpResponse(status=204, headers=allowed)
