"""What comes in from the forms of the reader and of the pages of speakers and outlets; they never save."""

from dataclasses import replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.models import Revision, Speaker, Statement
from factcheck.corpus.services.correcting import Attribution
from factcheck.corpus.services.people import Profile
from factcheck.corpus.services.places import Place
from factcheck.corpus.services.relays import note_chains
from factcheck.engine import Act, SpeakerKind
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.ledger.wording import term_lazy
from factcheck.workbench.forms import LARGEST_SEQ, LARGEST_VERSION, RawTextField, VersionForm

ACTS = [(act.value, term_lazy(act.value)) for act in Act]
SPOKEN = [(kind.value, term_lazy(kind.value)) for kind in SpeakerKind if kind is not SpeakerKind.NARRATOR]
BETWEEN = ";"  # two names of a chain; no name of a person or a body has one
FURTHEST = 4_000_000  # beyond any text
EVERY_KIND = [(kind.value, term_lazy(kind.value)) for kind in SpeakerKind]


class AddStatementForm(forms.Form):
    """Where a statement stands, whose it is, through whom we know, and what act it is."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    words = RawTextField(
        required=False,
        label=_("The words, as they stand in the text"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "dir": "auto"}),
    )
    start = forms.IntegerField(required=False, min_value=0, max_value=FURTHEST, label=_("From character"))
    end = forms.IntegerField(required=False, min_value=0, max_value=FURTHEST, label=_("To character"))
    speaker = RawTextField(
        required=False, label=_("Who says it"), widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"})
    )
    kind = forms.TypedChoiceField(
        choices=SPOKEN,
        coerce=SpeakerKind,
        required=False,
        empty_value=SpeakerKind.PERSON,
        label=_("If the desk does not know them yet, this is a"),
    )
    relay = RawTextField(
        required=False,
        label=_("Through whom we know it, if not directly"),
        help_text=_("Several: the nearest to the speaker first, a semicolon between them."),
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )
    act = forms.TypedChoiceField(choices=ACTS, coerce=Act, required=False, empty_value=None, label=_("What it does"))
    cue = RawTextField(
        required=False,
        label=_("Verb of saying"),
        help_text=_("As the text has it, beside the statement."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    said_on = forms.DateField(
        required=False,
        label=_("Said on"),
        help_text=_("Where it was not the day on which the article appeared."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def place_in(self, revision: Revision, stored: str = "") -> Place:
        """The place that is meant: words that were typed go before offsets that were left as they were."""
        data, text = self.cleaned_data, revision.text
        start, end, words = data["start"], data["end"], _plain_lines(data["words"])
        is_marked = start is not None and end is not None
        there = text[start:end].strip() if is_marked else ""
        if words in ("", there) or (is_marked and words == stored.strip()):
            return Place(data["revision"], start, end, words)
        return Place(data["revision"], start, None, words)

    def attribution(self) -> Attribution:
        """Whose it is."""
        data, relays = self.cleaned_data, self.relays()
        return Attribution(
            speaker=data["speaker"].strip(),
            kind=data["kind"],
            relay=relays[0] if relays else "",
            act=data["act"],
            further=tuple(relays[1:]),
            cue=data["cue"].strip(),
            said_on=data["said_on"] or "",
        )

    def relays(self) -> list[str]:
        """Through whom we know it, by name, the nearest to the speaker first."""
        return [name.strip() for name in self.cleaned_data["relay"].split(BETWEEN) if name.strip()]


class MendStatementForm(AddStatementForm):
    """The same of a statement that stands, with the version that the person saw."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    theirs: Statement | None = None  # what somebody else saved first

    def changes_to(self, statement: Statement) -> Attribution:
        """What the form says differently: a name that was left as it was means whom it meant."""
        said = self.attribution()
        speaker = None if said.speaker == statement.speaker.name else said.speaker
        relay = None if said.relay == (statement.reported_by.name if statement.reported_by else "") else said.relay
        further = None if self.relays() == names_of_relays(statement) else said.further
        cue = None if said.cue == cue_of(statement) else said.cue
        said_on: date | Literal[""] | None = None if (said.said_on or None) == statement.said_on else said.said_on
        return replace(said, speaker=speaker, relay=relay, further=further, cue=cue, said_on=said_on)

    def refuse(self, refusal: Refusal, statement: Statement) -> None:
        """Say why nothing was saved; where somebody else was first, the next save is over what stands there now."""
        self.add_error(None, str(refusal))
        if isinstance(refusal, StaleVersion):
            fresh = Statement.objects.select_related("speaker", "article").get(pk=statement.pk)
            said = QueryDict(mutable=True)
            said.update({name: str(self.data.get(name, "")) for name in self.fields})
            said["version"], said["revision"] = str(fresh.version), str(fresh.article.current.number)
            self.data = said
            self.theirs = fresh


class UndoForm(VersionForm):
    """Which correction is taken back, by its entry of the history; without one, the last."""

    correction = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SEQ)


class SplitForm(VersionForm):
    """Where the second of two begins, as an offset in the text."""

    at = forms.IntegerField(min_value=0, max_value=FURTHEST)


class MergeForm(VersionForm):
    """The other statement and the version of it that the person saw: `<id>:<version>`."""

    other = forms.RegexField(r"^[0-9a-f-]{36}:[0-9]{1,9}$")

    def clean(self) -> dict[str, Any]:
        """Take id and version apart."""
        data = super().clean() or self.cleaned_data
        pk, _colon, version = data.get("other", "").partition(":")
        try:
            return {**data, "other": UUID(pk), "other_version": int(version)}
        except ValueError:
            self.add_error("other", _("Choose the statement to make one with this."))
            return data


class SpeakerForm(VersionForm):
    """What a speaker is called, what they are, and in what role they speak."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    name = RawTextField(required=False, label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.TypedChoiceField(choices=EVERY_KIND, coerce=SpeakerKind, label=_("Kind"))
    role = RawTextField(
        required=False,
        label=_("Role"),
        help_text=_("As a reader would know them: mayor of Orla, spokesman of the ministry."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def profile(self) -> Profile:
        """What the person says of the speaker."""
        data = self.cleaned_data
        return Profile(data["name"], data["kind"], data["role"])


class MergeSpeakerForm(VersionForm):
    """Whom a speaker is the same as."""

    into = forms.UUIDField()


class OutletForm(VersionForm):
    """What an outlet is called."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    name = RawTextField(required=False, label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))


def marked_in(revision: Revision, query: QueryDict) -> dict[str, Any]:
    """The form to add, as an address with `start` and `end` fills it."""
    first: dict[str, Any] = {"revision": revision.number}
    edges = [query.get(name, "") for name in ("start", "end")]
    if all(edge.isascii() and edge.isdigit() and len(edge) <= len(str(FURTHEST)) for edge in edges):
        start, end = map(int, edges)
        first |= {"start": start, "end": end, "words": revision.text[start:end]}
    return first


def filled_in(statement: Statement, revision: Revision) -> dict[str, Any]:
    """A statement as its form shows it first."""
    anchor = statement.anchors.filter(revision=revision).first()
    place = {"start": anchor.start, "end": anchor.end} if anchor else {}
    return {
        "version": statement.version,
        "revision": revision.number,
        "words": statement.content,
        **place,
        "speaker": statement.speaker.name,
        "kind": statement.speaker.kind,
        "act": statement.act,
        "relay": f"{BETWEEN} ".join(names_of_relays(statement)),
        "cue": cue_of(statement),
        "said_on": statement.said_on,
    }


def names_of_relays(statement: Statement) -> list[str]:
    """Through whom a statement came, by name, the nearest to the speaker first."""
    note_chains([statement])
    return [relay.name for relay in statement.relays]


def cue_of(statement: Statement) -> str:
    """The verb of saying, as the newest text has it; empty where there is none."""
    revision = statement.article.current
    anchor = statement.anchors.filter(revision=revision).first()
    return revision.text[anchor.cue_start : anchor.cue_end] if anchor and anchor.cue_end else ""


def of_speaker(speaker: Speaker) -> dict[str, Any]:
    """A speaker as the form shows them first."""
    return {name: getattr(speaker, name) for name in ("version", "name", "kind", "role")}


def _plain_lines(words: str) -> str:
    """What a browser sends of a field, with the text's own line ends."""
    return words.replace("\r\n", "\n").strip()
