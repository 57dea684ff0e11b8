"""Forms of the page of access keys."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import Scope, User
from factcheck.newsroom.permissions import Action
from factcheck.newsroom.tokens import LARGEST_RATE, LONGEST_NAME, NewToken
from factcheck.workbench.forms import ButtonForm, offer_desks

LIVES = [(30, _("30 days")), (90, _("90 days")), (180, _("half a year")), (366, _("a year"))]
GRACES = [(0, _("not at all")), (1, _("for an hour")), (24, _("for a day")), (168, _("for a week"))]


class TokenForm(forms.Form):
    """Which program gets a key, to which desk, what it opens, for how long and how often."""

    desk = forms.TypedChoiceField(choices=(), label=_("Desk"))
    name = forms.CharField(
        max_length=LONGEST_NAME,
        label=_("Which program uses it"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.TypedMultipleChoiceField(
        choices=[(scope.value, scope.value) for scope in Scope],
        coerce=Scope,
        initial=[Scope.READ.value],
        label=_("What it may do"),
    )
    days = forms.TypedChoiceField(choices=LIVES, coerce=int, initial=90, label=_("How long it lasts"))
    rate = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_RATE,
        label=_("Requests a minute at most"),
        help_text=_("Empty: as many as anybody may send."),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.CREATE_TOKEN)

    def new_token(self) -> NewToken:
        """The key to make."""
        data = self.cleaned_data
        return NewToken(data["name"], data["scopes"], timedelta(days=data["days"]), data["rate"])


class GraceForm(ButtonForm):
    """For how many hours the old key goes on."""

    grace = forms.TypedChoiceField(choices=GRACES, coerce=int)
