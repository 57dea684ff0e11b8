"""Forms of webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action
from factcheck.publishing.events import PING, TOPICS
from factcheck.publishing.models import DeliveryState, WebhookEndpoint
from factcheck.publishing.models.webhook import LONGEST_DESCRIPTION, LONGEST_URL
from factcheck.publishing.webhooks.endpoints import NewWebhook
from factcheck.workbench.forms import LARGEST_VERSION, VersionForm, offer_desks

KINDS = [
    ("review.published", _("A review is published")),
    ("review.corrected", _("A review is corrected")),
    ("review.withdrawn", _("A review is withdrawn")),
]


class WebhookForm(forms.Form):
    """Where messages go, which, and what people call it."""

    url = forms.CharField(
        max_length=LONGEST_URL,
        label=_("Address"),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off", "spellcheck": "false"}),
    )
    description = forms.CharField(required=False, max_length=LONGEST_DESCRIPTION, label=_("What it is for"))
    topics = forms.MultipleChoiceField(choices=KINDS, label=_("Send when"), widget=forms.CheckboxSelectMultiple)

    def new(self) -> NewWebhook:
        """What was asked for."""
        said = self.cleaned_data
        return NewWebhook(said["url"], said["topics"], said["description"])


class NewWebhookForm(WebhookForm):
    """And of which desk."""

    desk = forms.TypedChoiceField(choices=(), label=_("Desk"))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        options.setdefault("initial", {"topics": list(TOPICS.values())})
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.EDIT_WEBHOOKS)


class ChangeWebhookForm(WebhookForm):
    """Of a webhook as it was seen."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)

    @classmethod
    def of(cls, endpoint: WebhookEndpoint) -> "ChangeWebhookForm":
        """As it stands."""
        names = ("url", "description", "topics", "version")
        return cls(initial={name: getattr(endpoint, name) for name in names})


class RotateForm(VersionForm):
    """Whether the older secret ends at once."""

    at_once = forms.BooleanField(required=False)


class DeliveryFilterForm(forms.Form):
    """Which deliveries of the log."""

    state = forms.ChoiceField(required=False, choices=[("", _("all")), *DeliveryState.choices], label=_("State"))
    topic = forms.ChoiceField(required=False, choices=[("", _("all")), *KINDS, (PING, _("Tests"))], label=_("Kind"))
