"""Pages that say no: what happened, to what, and what to do next."""

import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from factcheck.ledger.absence import is_database_away
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.errors import NotAllowed, TooManyAttempts
from factcheck.workbench.keeping import is_from_here, keep, read_kept
from factcheck.workbench.languages import speak_to

CONFLICT = 409
TRY_AGAIN_IN = "5"  # seconds, while the database is away


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say a refusal: 403 you may not, 429 too often, 409 the thing is not where the act starts from."""
    if isinstance(refusal, TooManyAttempts):
        answer = _page(request, 429, _("Too many attempts"), str(refusal))
        answer.headers["Retry-After"] = str(refusal.seconds)
        return answer
    if isinstance(refusal, NotAllowed):
        return _page(request, 403, _("You may not do this"), str(refusal))
    title = _("Somebody else was first") if isinstance(refusal, StaleVersion) else _("This cannot be done now")
    return _page(request, CONFLICT, title, str(refusal), back=page_of(request))


def page_of(request: HttpRequest) -> str:
    """The page of ours that sent this, to load it again; empty where the browser names none."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = (came_from.scheme, came_from.netloc) == (request.scheme, request.get_host())
    if not is_ours or came_from.path.startswith("//"):  # which would lead to another host
        return ""
    return came_from._replace(scheme="", netloc="", fragment="").geturl()


def status_of(refusal: Refusal) -> int:
    """The status of a refusal that a page answers itself: 403 you may not, 409 somebody was first, 422 the words."""
    if isinstance(refusal, NotAllowed):
        return 403
    return CONFLICT if isinstance(refusal, StaleVersion) else 422


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing that this person may see: the two look alike on purpose."""
    speak_to(request)
    return _page(request, 404, _("Nothing here"), _("This page does not exist, or your desks do not include it."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too large, or not what a browser sends."""
    speak_to(request)
    words = _("This request is too large or damaged. An article may have 2 MB; add a larger text in parts.")
    return _page(request, 400, _("This cannot be read"), words)


def unknown_field(request: HttpRequest, name: str) -> HttpResponse:
    """A field that this form does not have, or one that came twice."""
    words = _(
        "The field “%(name)s” does not belong to this form, or came twice. Nothing was saved. Load the page again."
    ) % {"name": name[:60]}
    return _page(request, 400, _("This form cannot be read"), words)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The person is known and may not."""
    return _page(request, 403, _("You may not do this"), _("Your role does not allow this. Ask a lead editor."))


def ask_to_sign_in(request: HttpRequest, carried: str, back: str) -> HttpResponse:
    """The sign-in page, with what was sent carried along; signing in shows it again."""
    context = {"form": AuthenticationForm(request), "next": back, "carried": carried}
    return render(request, "workbench/sign_in.html", context, status=403)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: signed in or out meanwhile, or sent from another site; one of ours is kept."""
    speak_to(request)
    carried = keep(request) if is_from_here(request) else ""
    if carried and not request.user.is_authenticated:
        return ask_to_sign_in(request, carried, reverse(settings.LOGIN_REDIRECT_URL))
    if kept := read_kept(carried):
        context = {"kept": kept, "back": reverse(settings.LOGIN_REDIRECT_URL)}
        return render(request, "workbench/send_again.html", context, status=403)
    words = _(
        "This form is out of date: you signed in or out since it was loaded. Go back, load the page, send it again."
    )
    return _page(request, 403, _("This form is out of date"), words)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault, or the database is away; needs neither database nor session."""
    if is_database_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": TRY_AGAIN_IN})
    return HttpResponse(render_to_string("500.html"), status=500)


def _page(request: HttpRequest, status: int, title: str, words: str, *, back: str = "") -> HttpResponse:
    return render(request, "refusal.html", {"title": title, "words": words, "back": back}, status=status)
