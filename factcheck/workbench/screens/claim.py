"""The claim page: appearances, conflicts, the verdict and who may do what with it, the history."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from factcheck.claims.models import (
    Assignment,
    Bearing,
    BlindReview,
    Claim,
    Evidence,
    Rating,
    Verdict,
    VerdictAuthor,
    VerdictState,
)
from factcheck.claims.models.verdict import WRITABLE
from factcheck.claims.services.verdicts import missing_parts
from factcheck.corpus.models import ConflictPair, Statement
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.forms import VerdictForm
from factcheck.workbench.screens.history import Line, history_of

BEARINGS = (
    (Bearing.SUPPORTS, "supports"),
    (Bearing.REFUTES, "refutes"),
    (Bearing.CONTEXT, "gives context to"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim appears."""

    statement: Statement
    stance: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What stands in the verdict form: the saved verdict, or what a refused save brought."""

    version: int
    rating_id: str
    summary: str
    reasoning: str
    evidence_title: str = ""
    evidence_url: str = ""
    evidence_excerpt: str = ""
    evidence_archive: str = ""
    bearing: str = "context"


@dataclass(frozen=True, slots=True)
class Rights:
    """What this person may do on the page now."""

    take: bool
    reword: bool
    close: bool
    write: bool
    approve: bool
    send_back: bool
    wrote_it: bool


@dataclass(frozen=True, slots=True)
class ClaimScreen:
    """What the claim page shows."""

    claim: Claim
    places: Sequence[Place]
    pairs: Sequence[ConflictPair]
    verdict: Verdict | None
    evidence: Sequence[Evidence]
    ratings: Sequence[Rating]
    approvals: int
    missing: Sequence[str]
    authors: Sequence[str]
    assignees: Sequence[str]
    writing: Writing
    rights: Rights
    history: Sequence[Line]
    refusal: str
    theirs: Verdict | None
    bearings: Sequence[tuple[str, str]] = BEARINGS

    @property
    def first_place(self) -> Place | None:
        """Where the claim was first made."""
        return next((place for place in self.places if place.stance == "asserts"), None)


def claim_for(
    claim: Claim, person: User, *, unsaved: VerdictForm | None = None, refusal: Refusal | None = None
) -> ClaimScreen:
    """Gather the page; `unsaved` and `refusal` are a save that was refused, shown again with what it brought."""
    verdict = claim.verdicts.order_by("-number").select_related("rating").first()
    is_stale = isinstance(refusal, StaleVersion)
    return ClaimScreen(
        claim=claim,
        places=_places(claim),
        pairs=_pairs(claim, person),
        verdict=verdict,
        evidence=list(verdict.evidence.all()) if verdict else [],
        ratings=list(Rating.objects.on_offer(claim.desk)),
        approvals=verdict.approvals.count() if verdict else 0,
        missing=missing_parts(verdict) if verdict else [],
        authors=_names(verdict.authors.select_related("person")) if verdict else [],
        assignees=_names(claim.assignments.select_related("person")),
        writing=_unsaved(unsaved, verdict) if unsaved else _saved(verdict),
        rights=_rights(claim, verdict, person),
        history=history_of(claim, person),
        refusal=str(refusal) if refusal else "",
        theirs=verdict if is_stale else None,
    )


def _places(claim: Claim) -> list[Place]:
    rows = claim.appearances.select_related(
        "statement__speaker", "statement__reported_by", "statement__article__outlet"
    )
    ordered = sorted(rows, key=lambda row: row.statement.article.published_at or row.statement.article.added_at)
    return [Place(row.statement, row.stance) for row in ordered]


def _pairs(claim: Claim, person: User) -> list[ConflictPair]:
    sides = claim.appearances.filter(stance="asserts").values("statement")
    readable = ConflictPair.objects.readable_by(person).shown().with_sides().best_first()
    return list((readable.filter(a__in=sides) | readable.filter(b__in=sides)).distinct())


def _names(rows: QuerySet[Assignment] | QuerySet[VerdictAuthor]) -> list[str]:
    return [str(row.person) for row in rows]


def _saved(verdict: Verdict | None) -> Writing:
    if verdict is None or verdict.state == VerdictState.APPROVED:
        return Writing(0, "", "", "")
    return Writing(verdict.version, str(verdict.rating_id or ""), verdict.summary, verdict.reasoning)


def _unsaved(form: VerdictForm, verdict: Verdict | None) -> Writing:
    names = (
        "summary",
        "reasoning",
        "evidence_title",
        "evidence_url",
        "evidence_excerpt",
        "evidence_archive",
        "bearing",
    )
    brought = {name: str(form.data.get(name, "")) for name in names}
    return Writing(version=verdict.version if verdict else 0, rating_id=str(form.data.get("rating", "")), **brought)


def _rights(claim: Claim, verdict: Verdict | None, person: User) -> Rights:
    is_unfinished = claim.state in ("open", "in_work")
    submitted = _submitted(verdict)
    wrote_it = verdict is not None and person.pk in verdict.author_ids()
    return Rights(
        take=is_unfinished and may(person, Action.TAKE_CLAIM, claim) and not claim.assignments.filter(person=person),
        reword=is_unfinished and may(person, Action.OPEN_CLAIM, claim),
        close=may(person, Action.CLOSE_CLAIM, claim),
        write=is_unfinished and _is_writable(claim, verdict) and may(person, Action.WRITE_VERDICT, claim),
        approve=submitted is not None and _may_approve(claim, submitted, person, wrote_it=wrote_it),
        send_back=submitted is not None and may(person, Action.SEND_BACK_VERDICT, claim),
        wrote_it=wrote_it,
    )


def _submitted(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict is not None and verdict.state == VerdictState.SUBMITTED else None


def _is_writable(claim: Claim, verdict: Verdict | None) -> bool:
    is_blind = BlindReview.objects.open().filter(claim=claim).exists()
    return not is_blind and (verdict is None or verdict.state in WRITABLE)


def _may_approve(claim: Claim, verdict: Verdict, person: User, *, wrote_it: bool) -> bool:
    """A second person, once; an author only where the desk lets one person do it."""
    if not may(person, Action.APPROVE_VERDICT, claim) or (wrote_it and not verdict.solo):
        return False
    return not verdict.approvals.filter(person=person).exists()
