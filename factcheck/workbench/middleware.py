from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from factcheck.ledger.errors import Refusal
from factcheck.workbench.refusals import refused


class RefusalMiddleware:
    """Answer a refusal that a view did not answer itself with a page that says what happened and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; leave errors alone."""
        return refused(request, exception) if isinstance(exception, Refusal) else None


class PrivatePagesMiddleware:
    """Keep signed-in pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where nobody set one."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
