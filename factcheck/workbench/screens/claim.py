"""The claim page: appearances, conflicts, the verdict and who may do what with it, the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from factcheck.claims.errors import listed
from factcheck.claims.models import (
    Bearing,
    Claim,
    Guideline,
    Outcome,
    Rating,
    SourceChange,
    Stance,
    Verdict,
    VerdictState,
)
from factcheck.claims.services.guidelines import current_guideline
from factcheck.claims.services.verdicts import missing_parts
from factcheck.corpus.models import ConflictPair, Statement
from factcheck.newsroom.models import User
from factcheck.workbench.forms import VerdictForm
from factcheck.workbench.screens.history import Line, history_of
from factcheck.workbench.screens.judged import Judged, judged_of
from factcheck.workbench.screens.places import Place, places_of
from factcheck.workbench.screens.rights import Rights, rights_of
from factcheck.workbench.screens.talk import Talk, talk_of

BEARINGS = (
    (Bearing.SUPPORTS, _("supports the claim")),
    (Bearing.REFUTES, _("refutes the claim")),
    (Bearing.CONTEXT, _("gives context to the claim")),
)
# What of a verdict form is shown again after a refusal, beside version and rating.
TYPED = tuple(name for name in VerdictForm.base_fields if name not in ("version", "rating", "then"))


@dataclass(frozen=True, slots=True)
class Against:
    """A pair beside the claim, and its sides that do not make the claim."""

    pair: ConflictPair
    others: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Writing:
    """What stands in the verdict form: the saved verdict, or what a refused save brought."""

    version: int
    rating_id: str
    summary: str = ""
    reasoning: str = ""
    evidence_title: str = ""
    evidence_url: str = ""
    evidence_excerpt: str = ""
    evidence_archive: str = ""
    bearing: str = Bearing.CONTEXT.value
    reply_who: str = ""
    reply_asked_on: str = ""
    reply_outcome: str = Outcome.ASKED.value
    reply_answer: str = ""
    is_unsaved: bool = False

    @property
    def adds_evidence(self) -> bool:
        """Whether a source was begun."""
        return bool(self.evidence_title or self.evidence_url or self.evidence_excerpt or self.evidence_archive)

    @property
    def adds_reply(self) -> bool:
        """Whether a right of reply was begun."""
        return bool(self.reply_who or self.reply_answer)


@dataclass(frozen=True, slots=True)
class ClaimScreen:
    """What the claim page shows."""

    claim: Claim
    places: Sequence[Place]
    pairs: Sequence[Against]
    judged: Judged | None
    earlier: Sequence[Verdict]
    ratings: Sequence[Rating]
    guideline: Guideline | None
    missing: Sequence[str]
    assignees: Sequence[str]
    here: str
    writing: Writing
    rights: Rights
    talk: Talk
    history: Sequence[Line]
    refusal: str
    changed: Sequence[SourceChange] = ()
    rewording: str = ""
    reword_refusal: str = ""

    @property
    def bearings(self) -> Sequence[tuple[str, str]]:
        """What a piece of evidence may do to the claim."""
        return [(value, str(label)) for value, label in BEARINGS]

    @property
    def outcomes(self) -> Sequence[tuple[str, str]]:
        """What may have become of a question."""
        return [(value, str(label)) for value, label in Outcome.choices]

    @property
    def verdict(self) -> Verdict | None:
        """The newest verdict."""
        return self.judged.verdict if self.judged else None

    @property
    def draft(self) -> Judged | None:
        """The verdict that the form writes; none before the first save, or where the newest is final."""
        return self.judged if self.judged and self.judged.verdict.state != VerdictState.APPROVED else None

    @property
    def still_missing(self) -> str:
        """What the verdict still needs, in one breath."""
        return listed(self.missing)

    @property
    def first_place(self) -> Place | None:
        """Where the claim was first made."""
        return next((place for place in self.places if place.stance == "asserts"), None)


def claim_for(claim: Claim, person: User, now: datetime, **refused: Any) -> ClaimScreen:
    """Gather the page.

    `refused` says what was not done, with what it brought: `unsaved` and `refusal` of the verdict form, `said` of a
    comment, `rewording` and `reword_refusal` of the claim's words.
    """
    unsaved, refusal = refused.get("unsaved"), refused.get("refusal")
    verdicts = claim.verdicts.order_by("-number").select_related("rating__scale", "guideline")
    verdict = verdicts.first()
    places, rights = places_of(claim), rights_of(claim, verdict, person)
    return ClaimScreen(
        claim=claim,
        places=places,
        pairs=pairs_of(claim, person),
        judged=judged_of(verdict, claim) if verdict else None,
        ratings=list(Rating.objects.on_offer(claim.desk)),
        guideline=current_guideline(claim.desk),
        earlier=list(verdicts.filter(state=VerdictState.APPROVED)),
        missing=missing_parts(_unfinished(verdict) or Verdict(claim=claim)),
        assignees=_assignees(claim),
        here=names_beside(claim, person, now) if rights.write else "",
        writing=_unsaved(unsaved, verdict) if unsaved else _saved(verdict),
        rights=rights,
        talk=talk_of(claim, [place.statement for place in places], person, now, **refused.get("said", {})),
        history=history_of(claim, person),
        refusal=str(refusal or ""),
        changed=list(_changed(claim)),
        rewording=refused.get("rewording", claim.text),
        reword_refusal=str(refused.get("reword_refusal", "")),
    )


def _changed(claim: Claim) -> "QuerySet[SourceChange]":
    """What its sources changed and nobody has looked at, the newest first."""
    rows = claim.source_changes.filter(settled_at__isnull=True).order_by("-at", "pk")
    return rows.select_related("statement__speaker", "revision__article__outlet")


def _assignees(claim: Claim) -> list[str]:
    return [str(row.person) for row in claim.assignments.select_related("person")]


def names_beside(claim: Claim, person: User, now: datetime) -> str:
    """Who else writes here, in a sentence; empty where nobody does."""
    names = [row.person.get_short_name() for row in claim.presences.beside(person, now)]
    words = ngettext("%(names)s is editing", "%(names)s are editing", len(names))
    return words % {"names": listed(names)} if names else ""


def pairs_of(claim: Claim, person: User) -> list[Against]:
    """The pairs of which a side makes the claim."""
    sides = set(claim.appearances.filter(stance=Stance.ASSERTS).values_list("statement", flat=True))
    readable = ConflictPair.objects.readable_by(person).shown().with_sides().best_first()
    pairs = readable.filter(a__in=sides) | readable.filter(b__in=sides)
    return [Against(pair, [side for side in (pair.a, pair.b) if side.pk not in sides]) for pair in pairs.distinct()]


def _saved(verdict: Verdict | None) -> Writing:
    draft = _unfinished(verdict)
    if draft is None:
        return Writing(0, "")
    return Writing(draft.version, str(draft.rating_id or ""), draft.summary, draft.reasoning)


def _unfinished(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict and verdict.state != VerdictState.APPROVED else None


def _unsaved(form: VerdictForm, verdict: Verdict | None) -> Writing:
    """What the form brought, against the version it was written on: the next save must not pass over another's."""
    brought = {name: str(form.data.get(name, "")) for name in TYPED}
    rating_id = str(form.data.get("rating", ""))
    return Writing(version=_version_of(form, verdict), rating_id=rating_id, is_unsaved=True, **brought)


def _version_of(form: VerdictForm, verdict: Verdict | None) -> int:
    """The version that the form was written on; the newest where its text is what is saved already."""
    seen = form.cleaned_data.get("version", 0) if form.is_bound and form.is_valid() else 0
    brought = [" ".join(str(form.data.get(name, "")).split()) for name in ("rating", "summary", "reasoning")]
    if verdict is None:
        return seen
    stored = (str(verdict.rating_id or ""), verdict.summary, verdict.reasoning)
    return verdict.version if brought == [" ".join(part.split()) for part in stored] else seen
