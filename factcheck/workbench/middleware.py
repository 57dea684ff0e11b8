from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from factcheck.ledger.errors import Refusal
from factcheck.workbench.refusals import refused


class PlainAddressMiddleware:
    """Refuse an address with a NUL in its parameters: no page means one, and PostgreSQL cannot be asked about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on with plain parameters only."""
        if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise BadRequest("NUL in a parameter")
        return self.get_response(request)


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
