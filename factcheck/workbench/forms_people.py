"""Forms of the page of people, and of whoever comes in by a link."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.entry import INVITED_AS, LONGEST_NAME, Newcomer
from factcheck.newsroom.models import Role, User
from factcheck.newsroom.permissions import Action
from factcheck.workbench.forms import ButtonForm, offer_desks


class OnDeskForm(ButtonForm):
    """The desk, one that the person administers."""

    desk = forms.TypedChoiceField(choices=(), label=gettext_lazy("Desk"))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.MANAGE_PEOPLE)


class RoleForm(OnDeskForm):
    """The role to give."""

    role = forms.TypedChoiceField(choices=Role.choices, coerce=Role)


class InviteForm(OnDeskForm):
    """Whom to invite, and as what."""

    name = forms.CharField(max_length=LONGEST_NAME, label=gettext_lazy("Name"))
    role = forms.TypedChoiceField(
        label=gettext_lazy("As"), choices=[(role.value, role.label) for role in INVITED_AS], coerce=Role
    )


class JoinForm(forms.Form):
    """The key of a link; a password, twice; for a new member their name and how they sign in."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    username = UsernameField(
        required=False, max_length=150, label=gettext_lazy("Sign-in name"), validators=[UnicodeUsernameValidator()]
    )
    name = forms.CharField(required=False, max_length=LONGEST_NAME, label=gettext_lazy("Name, as colleagues see it"))
    password = forms.CharField(
        strip=False,
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        strip=False,
        label=gettext_lazy("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in ("username", "name"):
            if not is_new:
                del self.fields[field]
            else:
                self.fields[field].required = True

    def clean(self) -> dict[str, Any]:
        """Both passwords are one."""
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("These two passwords differ."))
        return data

    def newcomer(self) -> Newcomer:
        """Who joins."""
        data = self.cleaned_data
        return Newcomer(data["username"], data["name"], data["password"])
