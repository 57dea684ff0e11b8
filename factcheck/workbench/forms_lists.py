"""Forms of the lists: a view to save, and what to do with many rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.services.bulk import MOST
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action
from factcheck.newsroom.views import LONGEST_NAME, LONGEST_QUERY
from factcheck.workbench.forms import ButtonForm, RawTextField, UndoForm, offer_desks

PAGES = ("corpus_conflictpair", "corpus_article", "claims_claim", "corpus_speaker", "corpus_outlet")
TELLING = PAGES[:3]  # those whose rows are news
# What can be done to the rows of a list, by the words of its buttons.
VERBS = {
    "corpus_conflictpair": {
        "assign_pair": _("Assign to a colleague"),
        "tag_pair": _("Tag"),
        "untag_pair": _("Take a tag off"),
        "compatible": _("Dismiss: compatible"),
        "different_time_or_scope": _("Dismiss: different time or scope"),
        "superseded": _("Dismiss: superseded"),
        "same_claim": _("Dismiss: same claim"),
        "needs_clarification": _("Park: needs clarification"),
        "reopen": _("Take the decisions back"),
    },
    "corpus_article": {
        "assign_article": _("Assign to a colleague"),
        "tag_article": _("Tag"),
        "untag_article": _("Take a tag off"),
        "archive": _("Archive"),
    },
    "claims_claim": {
        "assign_claim": _("Assign to a colleague"),
        "tag_claim": _("Tag"),
        "untag_claim": _("Take a tag off"),
        "close_claim": _("Close"),
        "reopen_claim": _("Reopen"),
    },
}


class _OnListForm(ButtonForm):
    """The list, and its query as it stands in the address."""

    page = forms.ChoiceField(choices=[(page, page) for page in PAGES])
    query = forms.CharField(required=False, max_length=LONGEST_QUERY)


class SaveViewForm(_OnListForm):
    """The name of a view, and the desk where it is shared."""

    name = forms.CharField(max_length=LONGEST_NAME)
    desk = forms.TypedChoiceField(choices=(), required=False, empty_value=None)
    alerts = forms.BooleanField(required=False)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.SHARE_VIEW)


class PutBackViewForm(ButtonForm):
    """A saved view that was removed."""

    view = forms.UUIDField()


class AlertForm(ButtonForm):
    """A saved view to be told of, or to be told of no more."""

    view = forms.UUIDField()
    act = forms.ChoiceField(choices=[("start", "start"), ("end", "end")])


class TagForm(UndoForm):
    """A tag to put on or take off."""

    name = RawTextField()
    act = forms.ChoiceField(choices=[("put_on", "put_on"), ("take_off", "take_off")])


class BulkForm(_OnListForm):
    """What to do, to which rows: those chosen, or everything that the query finds; and how many it was said to be."""

    verb = forms.ChoiceField(choices=[(verb, words) for verbs in VERBS.values() for verb, words in verbs.items()])
    chosen = forms.Field(required=False, widget=forms.MultipleHiddenInput())
    everything = forms.BooleanField(required=False)
    expected = forms.IntegerField(required=False, min_value=0, max_value=MOST)
    choice = RawTextField(required=False)

    def clean(self) -> dict[str, Any]:
        """The verb has to be one of the list's own."""
        data = super().clean() or self.cleaned_data
        if data.get("verb") not in VERBS.get(data.get("page", ""), {}):
            self.add_error("verb", _("This cannot be done to the rows of this list."))
        return data
