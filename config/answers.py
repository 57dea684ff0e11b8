"""Answers that no view gives: problem documents for machines, Google's shape for its clients, pages for people."""

from django.http import HttpRequest, HttpResponse

from factcheck.api import errors as problems
from factcheck.api import google_answers as googles
from factcheck.api.requests import is_api, is_google
from factcheck.workbench import refusals as pages


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return problems.not_found(request, exception) if is_api(request) else pages.not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Damaged, or too large."""
    if is_google(request):
        return googles.bad_request(request, exception)
    return problems.bad_request(request, exception) if is_api(request) else pages.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Known, and may not."""
    return problems.forbidden(request, exception) if is_api(request) else pages.forbidden(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    if is_google(request):
        return googles.server_error(request)
    return problems.server_error(request) if is_api(request) else pages.server_error(request)
