"""One's account: roles, look, keys, password, the digest by e-mail, sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.forms import PasswordChangeForm
from django.forms import BoundField, Form

from factcheck.newsroom.models import Membership, User
from factcheck.workbench.forms_own import KeysForm, LookForm
from factcheck.workbench.forms_team import DigestForm
from factcheck.workbench.keys import GROUPS, Words


@dataclass(frozen=True, slots=True)
class KeyFields:
    """The fields of keys that belong together."""

    title: Words
    fields: Sequence[BoundField]


@dataclass(frozen=True, slots=True)
class AccountScreen:
    """What the page shows; of its forms at most one has been sent."""

    roles: Sequence[Membership]
    look: LookForm
    keys: KeysForm
    password: PasswordChangeForm
    digest: DigestForm

    @property
    def key_groups(self) -> list[KeyFields]:
        """The fields of the keys, as the sheet has them."""
        names = [(group.title, [one.field for one in group.shortcuts if not one.is_fixed]) for group in GROUPS]
        return [KeyFields(title, [self.keys[name] for name in fields]) for title, fields in names]


def account_for(person: User, sent: Form | None = None) -> AccountScreen:
    """Gather the page; `sent` is the form that was sent and stays as it is."""
    password = sent if isinstance(sent, PasswordChangeForm) else PasswordChangeForm(person)
    password.fields["old_password"].widget.attrs.pop("autofocus", None)  # it would take the keyboard from the page
    return AccountScreen(
        roles=list(person.memberships.select_related("desk").order_by("desk__name", "role")),
        look=sent if isinstance(sent, LookForm) else LookForm(person=person),
        keys=sent if isinstance(sent, KeysForm) else KeysForm(person=person),
        password=password,
        digest=sent if isinstance(sent, DigestForm) else DigestForm(person=person),
    )
