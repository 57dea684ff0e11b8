"""The page of access keys: what each opens in plain words, when and from where it was used, what may be done to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import AccessToken, Scope, User
from factcheck.newsroom.permissions import Action, may
from factcheck.newsroom.tokens import tokens_shown_to
from factcheck.workbench.forms_tokens import GRACES, TokenForm

Words = str | Promise
OPENS: Mapping[Scope, Words] = {
    Scope.READ: _("Reads what is published: reviews and their revisions. Anybody may; a key is counted by itself."),
    Scope.DESK: _(
        "Reads what you may read on this desk: articles, statements, speakers, conflicts, claims, verdicts, comments, "
        "feeds, work under way. Asks where a statement stands elsewhere, and whether a text has been checked."
    ),
    Scope.INGEST: _(
        "Adds articles (texts, addresses, files) and changed texts of them, follows their analysis and tries again "
        "what failed. Imports other people’s reviews, where you may."
    ),
    Scope.EXPORT: _("Makes exports of what you may export, fetches their files and removes them."),
}
ENDED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Made:
    """A token whose key was made just now; it is shown this once."""

    token: AccessToken
    key: str


@dataclass(frozen=True, slots=True)
class Opens:
    """A scope and what it opens."""

    scope: Scope
    words: Words


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token with how it stands."""

    token: AccessToken
    opens: Sequence[Opens]
    state: str  # "open", "expired" or "revoked"
    old_until: datetime | None
    is_own: bool
    may_revoke: bool

    @property
    def is_open(self) -> bool:
        """Whether its key opens anything."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class TokensScreen:
    """What the page shows."""

    rows: Sequence[TokenRow]
    ended: Sequence[TokenRow]
    form: TokenForm
    scopes: Sequence[Opens]
    graces: Sequence[tuple[int, Words]]
    most: int
    made: Made | None
    example: str


def tokens_for(person: User, now: datetime, *, made: Made | None = None, form: TokenForm | None = None) -> TokensScreen:
    """Gather the page in a fixed number of queries."""
    tokens = tokens_shown_to(person).select_related("user", "desk").order_by("-created_at")
    rows = [_row(token, person, now) for token in tokens]
    return TokensScreen(
        rows=[row for row in rows if row.is_open],
        ended=[row for row in rows if not row.is_open][:ENDED_SHOWN],
        form=form or TokenForm(person=person),
        scopes=[Opens(scope, words) for scope, words in OPENS.items()],
        graces=GRACES,
        most=settings.API_RATE,
        made=made,
        example=_example(made) if made else "",
    )


def _row(token: AccessToken, person: User, now: datetime) -> TokenRow:
    state = "revoked" if token.revoked_at else "expired" if token.expires_at <= now else "open"
    return TokenRow(
        token=token,
        opens=[Opens(Scope(scope), OPENS[Scope(scope)]) for scope in token.scopes],
        state=state,
        old_until=token.old_until if token.old_until and token.old_until > now else None,
        is_own=token.user_id == person.pk,
        may_revoke=state == "open" and may(person, Action.REVOKE_TOKEN, token),
    )


def _example(made: Made) -> str:
    """A line to try the key with: what its first scope opens."""
    path = {"desk": "statements?limit=1", "ingest": "jobs?limit=1"}
    wanted = next((path[scope] for scope in made.token.scopes if scope in path), "reviews?limit=1")
    return f'curl -H "Authorization: Bearer {made.key}" "{settings.BASE_URL}/api/v1/{wanted}"'
