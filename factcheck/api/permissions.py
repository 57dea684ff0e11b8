"""What a route is, in the words of the permission table, and which scope opens it to a token."""

from dataclasses import dataclass
from typing import Any

from rest_framework import exceptions
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from factcheck.api.errors import MissingScope, SessionOnly
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import AccessToken, Scope, User
from factcheck.newsroom.permissions import Action, reaches, whom_to_ask
from factcheck.newsroom.routes import Asked, Door


@dataclass(frozen=True, slots=True)
class Right:
    """The act that a route is, and the scopes of which a token needs one; none: by session only."""

    action: Asked
    scopes: frozenset[Scope] = frozenset()


READ = Right(Action.READ_ARTICLE, frozenset({Scope.DESK}))
READ_PUBLISHED = Right(Door.PUBLIC, frozenset({Scope.READ}))  # whoever asks, with any token or none


class RightsPermission(BasePermission):
    """Default deny: a route that its view does not list in `rights` answers nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether this person, by this token or session, may do this to anything at all."""
        right = view.rights.get(view.action)
        if right is not None and right.action is Door.PUBLIC:
            return True
        if not isinstance(request.user, User):
            return False
        if right is None:
            raise exceptions.MethodNotAllowed(str(request.method))
        if isinstance(request.auth, AccessToken):
            require_scope(request.auth, right)
        assert isinstance(right.action, Action)
        if not reaches(request.user, right.action):
            raise NotAllowed(f"Your role does not allow you to {right.action.value}. {whom_to_ask(right.action)}")
        return True


def require_scope(token: AccessToken, right: Right) -> None:
    """Go on only where one of the token's scopes opens this.

    Raises:
        SessionOnly: no token does this.
        MissingScope: another scope would.
    """
    if not right.scopes:
        raise SessionOnly(f"No token can {right.action.value}: a person who is signed in has to.")
    if not right.scopes & set(token.scopes):
        wanted = " or ".join(sorted(right.scopes))
        raise MissingScope(f"This token has the scopes {', '.join(token.scopes)}; this needs {wanted}.")
