from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from factcheck.corpus.errors import BulkNotEnded
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.models import User
from factcheck.workbench.keeping import keep
from factcheck.workbench.languages import speak_to
from factcheck.workbench.refusals import ask_to_sign_in, refused, unknown_field
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.routes import ALWAYS, ROUTES
from factcheck.workbench.sessions import is_over
from factcheck.workbench.undo import forget


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
        """Turn a refusal into its page; what cannot be taken back any more is no key's any more. Leave errors alone."""
        is_over = isinstance(exception, Refusal | Http404) and not isinstance(exception, BulkNotEnded)
        if is_over and hasattr(request, "session"):
            forget(cast(DeskRequest, request))
        return refused(request, exception) if isinstance(exception, Refusal) else None


class KnownFieldsMiddleware:
    """Refuse a form with a field that its page does not know, or with one twice: nothing is dropped in silence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, options: object) -> HttpResponse | None:
        """Compare what was sent with the row of the address in our table of routes."""
        route = ROUTES.get(request.resolver_match.view_name) if request.resolver_match else None
        if route is None or request.method != "POST" or "POST" not in route.asks:
            return None
        odd = _find_odd_field(request, route.fields | ALWAYS, route.many)
        return None if odd is None else unknown_field(request, odd)


def _find_odd_field(request: HttpRequest, known: frozenset[str], many: frozenset[str]) -> str | None:
    """A field that the form does not have, or that came twice."""
    sent = [(name, len(values)) for part in (request.POST, request.FILES) for name, values in part.lists()]
    return next((name for name, times in sent if name not in known or (times > 1 and name not in many)), None)


class SessionLifeMiddleware:
    """End a session that has lasted its hours, or that nobody used for a while, wherever its cookie may be.

    It looks when somebody first asks who is there; what asks nobody, as a probe, never touches the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        timezone.deactivate()  # of whoever this thread served before
        request.user = SimpleLazyObject(lambda: _find_person(request))  # type: ignore[assignment]  # as Django's own
        return self.get_response(request)


def _find_person(request: HttpRequest) -> "User | AnonymousUser":
    """Who is there; signs out where the session is over."""
    person = get_user(request)
    is_used = "X-Poll" not in request.headers
    if not person.is_authenticated or not is_over(request.session, timezone.now(), is_used=is_used):
        return person
    request.user = person
    logout(request)
    return request.user


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Default deny: a page is public only if it says so. What is public is not asked who comes."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask whoever is not signed in to sign in; speak the language of whoever is, and tell times in their zone."""
        if not getattr(view_func, "login_required", True):
            return None
        speak_to(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:  # type: ignore[override]  # a page besides a redirect
        """Ask to sign in, and lead back to a page that can be looked at: not to where a form was sent.

        Whoever wrote while their session ended signs in on a page that carries their words; where a script sent them,
        they find their page again, and there what this computer kept of it.
        """
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("Referer", ""))
        is_ours = came_from.netloc == request.get_host()
        back = came_from.path if is_ours else reverse(settings.LOGIN_REDIRECT_URL)
        if carried := keep(request):
            return ask_to_sign_in(request, carried, back)
        return redirect_to_login(back, reverse(settings.LOGIN_URL))


class HeadersMiddleware:
    """What every answer carries, whichever layer gives it: static files, redirects and errors too.

    It stands outside all others; what one of them has set stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what is missing."""
        response = self.get_response(request)
        framed = getattr(response, "xframe_options_exempt", False)  # a card made to stand on others' pages
        for name, value in settings.EVERYWHERE_HEADERS.items():
            if not (framed and name == "X-Frame-Options"):
                response.headers.setdefault(name, value)
        return response
