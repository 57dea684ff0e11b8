"""The control of the days without Redis: who adds work rings for it at once, and fails where nobody hears."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from factcheck.jobs.bell import ring
from factcheck.ledger.changes import Change


class Loaded:
    """A middleware that does nothing: Django loads it into the web process, and with it what this file replaces."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)


def _ring_at_once(self: Change) -> None:
    ring()


Change.call_worker = _ring_at_once  # type: ignore[method-assign]  # this is the double
