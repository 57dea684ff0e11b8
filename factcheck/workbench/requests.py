"""What our views get: a request with a signed-in person of the newsroom."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from factcheck.newsroom.models import User


class DeskRequest(HttpRequest):
    """A request of a signed-in person; `LoginRequiredMiddleware` lets no other through."""

    user: User
    htmx: HtmxDetails
