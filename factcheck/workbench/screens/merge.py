"""Two people wrote at once: their text, yours, what both grew from, and a proposal to mend by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.models import Claim, Rating, Verdict
from factcheck.claims.services.merging import Merged, merge_written
from factcheck.claims.services.versions import Written, written_at, written_now
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.models import AuditEntry
from factcheck.workbench.forms import VerdictForm
from factcheck.workbench.screens.changes import Part, changes_between
from factcheck.workbench.screens.claim import TYPED


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the verdict in three forms, and what the form proposes."""

    base: str
    theirs: Sequence[Part]
    yours: Sequence[Part]
    merged: Merged

    @property
    def differs(self) -> bool:
        """Whether anybody changed it."""
        return any(part.role != "same" for part in (*self.theirs, *self.yours))


@dataclass(frozen=True, slots=True)
class Ratings:
    """The three ratings by their labels, and the one that the form proposes; none where both chose another."""

    base: str
    theirs: str
    yours: str
    chosen: str
    clashes: bool

    @property
    def differs(self) -> bool:
        """Whether anybody changed it."""
        return not self.base == self.theirs == self.yours


@dataclass(frozen=True, slots=True)
class MergeScreen:
    """What the page of a stale save shows."""

    claim: Claim
    verdict: Verdict
    who: str
    is_base_known: bool
    rating: Ratings
    summary: Field
    reasoning: Field
    ratings: Sequence[Rating]
    typed: Sequence[tuple[str, str]]

    @property
    def brings_more(self) -> bool:
        """Whether a source or a right of reply was begun beside the text."""
        return any(value.strip() for name, value in self.typed if name not in ("bearing", "reply_outcome"))

    @property
    def clashes(self) -> bool:
        """Whether a place was changed by both."""
        return self.rating.clashes or self.summary.merged.clashes or self.reasoning.merged.clashes


def merge_for(claim: Claim, form: VerdictForm) -> MergeScreen:
    """Gather the page of a stale save: what the form brought against what was saved meanwhile."""
    verdict = claim.verdicts.select_related("rating").latest("number")
    known = written_at(verdict, form.cleaned_data["version"])
    base, theirs, yours = known or Written(), written_now(verdict), _written_in(form)
    merged = merge_written(base, theirs, yours)
    chosen = merged["rating"]
    return MergeScreen(
        claim=claim,
        verdict=verdict,
        who=_who_saved(verdict),
        is_base_known=known is not None,
        rating=Ratings(base.rating, theirs.rating, yours.rating, "" if chosen.clashes else chosen.text, chosen.clashes),
        summary=_field(base.summary, theirs.summary, yours.summary, merged["summary"]),
        reasoning=_field(base.reasoning, theirs.reasoning, yours.reasoning, merged["reasoning"]),
        ratings=list(Rating.objects.on_offer(claim.desk)),
        typed=[(name, str(form.data.get(name, ""))) for name in TYPED if name not in ("summary", "reasoning")],
    )


def _written_in(form: VerdictForm) -> Written:
    """What the form brought, as saving would clean it."""
    text = form.text()
    reasoning = clean_text(text.reasoning).text.strip()
    return Written(str(text.rating or ""), " ".join(clean_text(text.summary).text.split()), reasoning)


def _field(base: str, theirs: str, yours: str, merged: Merged) -> Field:
    return Field(base, changes_between(base, theirs), changes_between(base, yours), merged)


def _who_saved(verdict: Verdict) -> str:
    """Who changed the verdict last."""
    entries = AuditEntry.objects.filter(subject_type="verdict", subject_id=verdict.pk).select_related("actor")
    return str(entries.latest("sequence").actor or "")
