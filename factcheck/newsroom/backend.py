from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.db.models import F, UUIDField

from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import User
from factcheck.newsroom.models.user import by_desk

_WITH_ROLES: Final = Settled[Any](
    lambda: User.objects.filter(pk=Place(0, UUIDField())).annotate(
        held_desk=F("memberships__desk"), held_role=F("memberships__role")
    ),
    planned_once=True,
)


class PersonBackend(ModelBackend):
    """Django's own, but that a session's person is read together with their roles: every request asks for both."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session; None where they are gone or disabled."""
        rows = _WITH_ROLES.ask(user_id)
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        person: User = rows[0]
        person.roles = by_desk((row.held_desk, row.held_role) for row in rows if row.held_role)
        return person
