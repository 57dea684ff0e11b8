"""Forms check the shape of what comes in; they never save."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from factcheck.claims.errors import UnfitReply
from factcheck.claims.models import Bearing, Outcome, Rating, Tone
from factcheck.claims.services.evidence import NewEvidence
from factcheck.claims.services.guidelines import MOST_STEPS
from factcheck.claims.services.replies import NewReply
from factcheck.claims.services.verdicts import VerdictText
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.inquiries import NewInquiry
from factcheck.engine import ConflictKind
from factcheck.ledger.errors import Refusal
from factcheck.ledger.wording import term_lazy
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached

LARGEST_VERSION, LARGEST_SEQ = 2**31 - 1, 2**63 - 1
STEPS = range(1, MOST_STEPS + 1)
KINDS = [(kind.value, term_lazy(kind.value)) for kind in ConflictKind]


class BadForm(Refusal):
    """This form was incomplete. Load the page again and send it once more."""

    code = "bad_form"


class RawTextField(forms.CharField):
    """A text as it was typed: the border cleans it, not the form, so that nothing is lost without a word."""

    default_validators = []

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        # Django's own validator refuses a NUL with words that help nobody; the border takes it out and says so.
        self.validators = []


class ButtonForm(forms.Form):
    """A form of hidden fields and a button: where it is wrong, the page was, not the person."""

    def require_valid(self) -> dict[str, Any]:
        """The clean values.

        Raises:
            BadForm: names the first field that is wrong.
        """
        if not self.is_valid():
            field, problems = next(iter(self.errors.items()))
            raise BadForm(
                _("%(field)s: %(problem)s Load the page again.")
                % {"field": field.replace("_", " ").capitalize(), "problem": problems[0]}
            )
        return self.cleaned_data


class VersionForm(ButtonForm):
    """The version of the thing that the person saw."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION)


class UndoForm(ButtonForm):
    """The act that this takes back, by its entry of the history, or none: then it is an act of its own."""

    undoes = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SEQ)


class BackForm(VersionForm, UndoForm):
    """The same with the version of the thing that the person saw."""


class DecisionForm(VersionForm):
    """A reviewer's decision on a pair; `kind` where the reviewer mends it."""

    decision = forms.TypedChoiceField(choices=Decision.choices, coerce=Decision)
    kind = forms.TypedChoiceField(choices=KINDS, coerce=ConflictKind, empty_value=None, required=False)


class PutDecisionBackForm(VersionForm):
    """The taking back that is taken back, by its entry of the history."""

    undoes = forms.IntegerField(min_value=1, max_value=LARGEST_SEQ)


class ReopenForm(VersionForm):
    """Where the button stood: on the list of dismissed pairs, or on the pair's own page."""

    back = forms.ChoiceField(choices=[("hidden", "hidden")], required=False)


class PutBackForm(VersionForm):
    """What was taken out of a verdict: a source or a reply, by its kind and id."""

    part = forms.ChoiceField(choices=[("evidence", "evidence"), ("reply", "reply")])
    key = forms.UUIDField()


class RewordForm(VersionForm):
    """A claim in other words."""

    text = RawTextField(required=False)


class SendBackForm(VersionForm):
    """Why a verdict is sent back."""

    note = RawTextField(required=False)


class JobForm(ButtonForm):
    """Where the button stood: on the page of jobs, or on the article's."""

    back = forms.ChoiceField(choices=[("jobs", "jobs")], required=False)


class RetryAllForm(ButtonForm):
    """The reason whose failed work shall be tried again."""

    reason = RawTextField()


def offer_desks(choice: forms.Field, person: User, action: Action) -> list[Desk]:
    """Let a field choose among the desks where the person may do this, and give them."""
    desks = list(Desk.objects.filter(pk__in=desks_reached(person, action, Reach.DESK)).order_by("name"))
    assert isinstance(choice, forms.TypedChoiceField)
    choice.choices = [(str(desk.pk), desk.name) for desk in desks]
    choice.coerce = {str(desk.pk): desk for desk in desks}.__getitem__
    return desks


class CalibrateForm(ButtonForm):
    """The desk to learn from, of those where the person may calibrate."""

    desk = forms.TypedChoiceField(choices=(), label=_lazy("Desk"))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_desks(self.fields["desk"], person, Action.CALIBRATE)


class InquiryForm(forms.Form):
    """A statement typed by hand, to see where it stands elsewhere."""

    desk = forms.TypedChoiceField(choices=(), label=_lazy("Desk"))
    text = RawTextField(
        required=False,
        label=_lazy("Statement"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_lazy("As somebody said it."),
    )
    speaker = RawTextField(
        required=False, label=_lazy("Who said it"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    said_on = forms.DateField(required=False, label=_lazy("When"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.COMPARE_STATEMENT)

    def new_inquiry(self) -> NewInquiry:
        """What the person asks."""
        data = self.cleaned_data
        return NewInquiry(data["text"], data["speaker"], data["said_on"])


class OpenClaimForm(forms.Form):
    """Which side of a pair is checked, and in what words."""

    side = forms.ChoiceField(choices=[("a", "a"), ("b", "b")], widget=forms.RadioSelect)
    text = RawTextField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, pair: ConflictPair, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pair = pair
        self.fields["side"].initial = "b"
        self.fields["text"].initial = pair.b.display


class VerdictTextForm(VersionForm):
    """A verdict's text, or an assessment's: a rating of the desk's scale, one sentence, the reasoning."""

    rating = forms.ModelChoiceField(Rating.objects.none(), required=False)
    summary = RawTextField(required=False)
    reasoning = RawTextField(required=False)

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["rating"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Rating.objects.on_offer(desk)

    def text(self) -> VerdictText:
        """What was written."""
        data = self.cleaned_data
        return VerdictText(data["rating"], data["summary"], data["reasoning"])


class VerdictForm(VerdictTextForm):
    """A verdict's text, what to add to it, and what the button does, as `save` or `remove:<id>`."""

    then = forms.RegexField(
        r"^(save|attach|reply|submit|remove:[0-9a-f-]{36}|remove-reply:[0-9a-f-]{36})$", required=False
    )
    evidence_title = RawTextField(required=False)
    evidence_url = RawTextField(required=False)
    evidence_excerpt = RawTextField(required=False)
    evidence_archive = RawTextField(required=False)
    bearing = forms.TypedChoiceField(
        choices=Bearing.choices, coerce=Bearing, required=False, empty_value=Bearing.CONTEXT
    )
    reply_who = RawTextField(required=False)
    reply_asked_on = RawTextField(required=False)
    reply_outcome = forms.TypedChoiceField(
        choices=Outcome.choices, coerce=Outcome, required=False, empty_value=Outcome.ASKED
    )
    reply_answer = RawTextField(required=False)

    def evidence(self) -> NewEvidence | None:
        """The source to cite; None where nothing was typed."""
        data = self.cleaned_data
        names = ("evidence_title", "evidence_url", "evidence_excerpt", "evidence_archive")
        if data["then"] != "attach" and not any(data[name].strip() for name in names):
            return None
        return NewEvidence(
            title=data["evidence_title"],
            bearing=data["bearing"],
            url=data["evidence_url"].strip(),
            excerpt=data["evidence_excerpt"],
            archived_url=data["evidence_archive"].strip(),
        )

    def reply(self) -> NewReply | None:
        """Who was asked, and what became of it; None where nothing was typed.

        Raises:
            UnfitReply: the day is none.
        """
        data = self.cleaned_data
        if data["then"] != "reply" and not any(data[name].strip() for name in ("reply_who", "reply_answer")):
            return None
        return NewReply(data["reply_who"], data["reply_outcome"], _day(data["reply_asked_on"]), data["reply_answer"])


def _day(typed: str) -> date | None:
    """The day that was typed, if any."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise UnfitReply(_("“%(typed)s” is no day. Give it as 2026-03-01.") % {"typed": typed[:40]}) from error


class PresenceForm(ButtonForm):
    """Whether the person who looks at the page writes on it."""

    writing = forms.BooleanField(required=False)


class PreviewForm(ButtonForm):
    """A text in Markdown, to see as readers will."""

    reasoning = RawTextField(required=False)


class CommentForm(ButtonForm):
    """What somebody says; of which statement of the claim or pair, and of which of its words."""

    body = RawTextField(required=False)
    statement = forms.UUIDField(required=False)
    words = RawTextField(required=False)


class MendForm(BackForm):
    """A comment in other words."""

    body = RawTextField(required=False)


class GuidelinesForm(ButtonForm):
    """The next version of a desk's guidelines, and the number of the one that was changed."""

    number = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION)
    text = RawTextField(required=False)


class ScaleForm(VersionForm):
    """The next version of a scale; a step without a name is no step."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in STEPS:
            self.fields[f"label_{number}"] = RawTextField(required=False)
            self.fields[f"tone_{number}"] = forms.ChoiceField(choices=Tone.choices, required=False)
            self.fields[f"definition_{number}"] = RawTextField(required=False)

    def steps(self) -> list[dict[str, str]]:
        """The steps that have a name or a definition, in their order."""
        data = self.cleaned_data
        parts = ("label", "tone", "definition")
        rows = [{part: data[f"{part}_{number}"] for part in parts} for number in STEPS]
        kept = [row for row in rows if row["label"].strip() or row["definition"].strip()]
        return [{**row, "tone": row["tone"] or Tone.UNPROVEN.value} for row in kept]
