"""The forms of work in teams: whom to give a piece to, assessments and their adjudication, a desk's rules, notices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Assessment, Rating
from factcheck.claims.services.adjudication import Merged
from factcheck.claims.services.verdicts import VerdictText
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.models.desk import MOST_ASSESSORS
from factcheck.newsroom.permissions import Action
from factcheck.newsroom.rules import BOUNDS, Rules
from factcheck.workbench.forms import ButtonForm, RawTextField, UndoForm, VerdictTextForm, VersionForm, offer_desks

OWN = "own"
LETTERS = "abcd"[:MOST_ASSESSORS]
PARTS = ("rating", "summary", "reasoning")


class LeaveForm(ButtonForm):
    """Which pair a person leaves for the next."""

    leave = forms.UUIDField(required=False)


class AssignmentForm(ButtonForm):
    """Which piece in whose hands."""

    assignment = forms.UUIDField()
    held_by = forms.UUIDField()


class ReassignForm(AssignmentForm, UndoForm):
    """To whom it goes."""

    person = forms.UUIDField()


class AssignForm(forms.Form):
    """A colleague to give a piece to."""

    person = forms.ModelChoiceField(User.objects.none(), empty_label=None, label=_("Give it to"))

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["person"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = people


class AskForm(ButtonForm):
    """How many people shall assess a claim blind."""

    wanted = forms.IntegerField(min_value=0, max_value=100)


class AssessmentForm(VerdictTextForm):
    """What an assessor writes, and what the button does."""

    then = forms.ChoiceField(choices=[("save", "save"), ("give", "give")], required=False)


class AdjudicationForm(VersionForm):
    """Of each part whose it is, or own words; `take` is one person's whole."""

    take = forms.ChoiceField(choices=[(letter, letter) for letter in LETTERS], required=False)
    rating_from = forms.ChoiceField(choices=(), required=False)
    summary_from = forms.ChoiceField(choices=(), required=False)
    reasoning_from = forms.ChoiceField(choices=(), required=False)
    own_rating = forms.ModelChoiceField(Rating.objects.none(), required=False)
    own_summary = RawTextField(required=False)
    own_reasoning = RawTextField(required=False)

    def __init__(self, *args: Any, desk: Desk, assessments: Sequence[Assessment], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_letter: Mapping[str, Assessment] = dict(zip(LETTERS, assessments, strict=False))
        for part in PARTS:
            source = self.fields[f"{part}_from"]
            assert isinstance(source, forms.ChoiceField)
            source.choices = [(name, name) for name in (*self.by_letter, OWN)]
        rating = self.fields["own_rating"]
        assert isinstance(rating, forms.ModelChoiceField)
        rating.queryset = Rating.objects.on_offer(desk)

    def clean(self) -> dict[str, Any]:
        """Ask for each part, unless one person's whole is taken."""
        data = super().clean() or self.cleaned_data
        if data.get("take") in self.by_letter:
            data |= {f"{part}_from": data["take"] for part in PARTS}
        for part in PARTS:
            if not data.get(f"{part}_from"):
                self.add_error(f"{part}_from", _("Choose whose this is, or write your own."))
            elif data[f"{part}_from"] == OWN and not data.get(f"own_{part}"):
                self.add_error(f"own_{part}", _("Write your own, or choose whose this is."))
        return data

    def merged(self) -> Merged:
        """What becomes of the assessments, and whose parts were taken over."""
        parts = {part: self._part(part) for part in PARTS}
        taken = {self.by_letter[self._source(part)].person_id for part in PARTS if self._is_somebodys(part)}
        return Merged(VerdictText(parts["rating"], parts["summary"], parts["reasoning"]), taken)

    def _source(self, part: str) -> str:
        return str(self.cleaned_data[f"{part}_from"])

    def _part(self, part: str) -> Any:
        source = self._source(part)
        return self.cleaned_data[f"own_{part}"] if source == OWN else getattr(self.by_letter[source], part)

    def _is_somebodys(self, part: str) -> bool:
        """Whether a part is one person's; a rating that all gave is nobody's in particular."""
        if self._source(part) == OWN:
            return False
        return part != "rating" or len({row.rating_id for row in self.by_letter.values()}) > 1


class RulesForm(VersionForm):
    """How a desk works."""

    desk = forms.TypedChoiceField(choices=())
    pair_minutes = forms.IntegerField(label=_("Conflicts go back after"), help_text=_("minutes untouched"))
    claim_hours = forms.IntegerField(label=_("Claims and assessments go back after"), help_text=_("hours untouched"))
    article_hours = forms.IntegerField(label=_("Articles go back after"), help_text=_("hours unchecked"))
    assessors = forms.IntegerField(
        label=_("Each new claim is assessed by"), help_text=_("people, blind; 1 asks for no blind assessment")
    )
    approvals_needed = forms.IntegerField(
        label=_("A verdict is approved by"), help_text=_("people who wrote none of it")
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.SET_RULES)
        for name, (least, most) in BOUNDS.items():
            bounds = {"min": least, "max": most, "inputmode": "numeric"}
            self.fields[name].widget.attrs.update(bounds)

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [self[name] for name in BOUNDS]

    def rules(self) -> Rules:
        """What was asked for."""
        return Rules(**{name: self.cleaned_data[name] for name in BOUNDS})


class NoticeForm(ButtonForm):
    """Which notice is opened."""

    notice = forms.UUIDField()


class ReadAllForm(ButtonForm):
    """When the page was loaded: what came later is not read by it."""

    until = forms.DateTimeField()


class DigestForm(forms.Form):
    """Whether a person wants a digest, and where; another address asks for the password."""

    email = forms.EmailField(required=False, max_length=254, label=_("E-mail address"))
    wants = forms.BooleanField(required=False, label=_("Send me my unread notices once a day"))
    password = forms.CharField(
        required=False,
        strip=False,
        label=_("Your password"),
        help_text=_("Only where you change the address."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        options.setdefault("initial", {"email": person.email, "wants": person.wants_digest})
        options.setdefault("auto_id", "digest_%s")
        super().__init__(*args, **options)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Let nobody who found a browser open send another's mail elsewhere."""
        data = super().clean() or self.cleaned_data
        moves = "email" in data and data["email"] != self.person.email
        if moves and not self.person.check_password(data.get("password", "")):
            self.add_error("password", _("This is not your password. It is needed to change the address."))
        if data.get("wants") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Give the address that the digest shall go to."))
        return data
