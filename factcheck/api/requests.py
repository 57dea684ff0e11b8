"""What our views get: a request with a person, and the token that let them in, if one did."""

from django.http import HttpRequest as DjangoRequest
from rest_framework.request import Request

from factcheck.newsroom.models import AccessToken, User


class DeskRequest(Request):
    """A request that authentication and permission let through."""

    user: User
    auth: AccessToken | None


def is_api(request: DjangoRequest) -> bool:
    """Whether an address is one of ours, so that it is answered as a machine expects."""
    return request.path.startswith(("/api/", "/v1alpha1/"))


def is_google(request: DjangoRequest) -> bool:
    """Whether an address is one of Google's API, so that all that goes wrong is answered in Google's shape."""
    return request.path.startswith("/v1alpha1/")
