"""Who asks: a program with a Bearer token, or a person's browser with its session and CSRF token."""

from django.conf import settings
from django.utils import timezone
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from factcheck.newsroom.addresses import address_of
from factcheck.newsroom.models import AccessToken, User
from factcheck.newsroom.tokens import find_token, note_token_use

LONGEST_KEY = 200


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer …`; the person's roles are narrowed to the token's desk."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Find the token's owner; None where no token was sent."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = find_token(key.strip(), timezone.now()) if len(key) <= LONGEST_KEY else None
        if token is None:
            raise exceptions.AuthenticationFailed("This token is unknown, expired or revoked.")
        address = address_of(request._request, settings.TRUSTED_PROXIES)  # noqa: SLF001 -- DRF's name for Django's request
        note_token_use(token, address, timezone.now())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says to send."""
        return 'Bearer realm="factcheck"'


class SessionAuthentication(authentication.SessionAuthentication):
    """A signed-in browser; writes need the CSRF token in `X-CSRFToken`."""
