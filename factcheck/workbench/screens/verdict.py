"""The page of a verdict: as readers will see it, what changed since it was sent back, the second person's answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.claims.models import Claim, Evidence, Verdict, VerdictState
from factcheck.claims.services.versions import Written, last_sent_back, written_now, written_when_sent_back
from factcheck.ledger.models import AuditEntry, AuditPayload
from factcheck.newsroom.models import User
from factcheck.workbench.screens.changes import Part, changes_between, only_around_changes
from factcheck.workbench.screens.judged import Judged, judged_of
from factcheck.workbench.screens.places import Place, places_of
from factcheck.workbench.screens.publication import Ahead, ahead_of
from factcheck.workbench.screens.rights import Rights, rights_of


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier text: the verdict that was sent back, or the one approved before."""

    is_sent_back: bool
    note: str
    rating_before: str
    summary: Sequence[Part]
    reasoning: Sequence[Part]
    added: Sequence[str]
    removed: Sequence[str]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changed at all."""
        return not any((self.rating_before, self.summary, self.reasoning, self.added, self.removed))


@dataclass(frozen=True, slots=True)
class VerdictScreen:
    """What the page of a verdict shows."""

    claim: Claim
    judged: Judged
    places: Sequence[Place]
    rights: Rights
    since: Since | None
    is_newest: bool
    note: str
    refusal: str
    ahead: Ahead | None

    @property
    def verdict(self) -> Verdict:
        """The verdict itself."""
        return self.judged.verdict

    @property
    def said(self) -> Sequence[Place]:
        """Where the claim is made; what denies it is no appearance for readers."""
        return [place for place in self.places if place.stance == "asserts"]


def verdict_for(verdict: Verdict, person: User, now: datetime, *, note: str = "", refusal: str = "") -> VerdictScreen:
    """Gather the page; `note` and `refusal` are a send-back that was refused."""
    claim = verdict.claim
    newest = claim.verdicts.order_by("-number").values_list("pk", flat=True).first()
    return VerdictScreen(
        claim=claim,
        judged=judged_of(verdict, claim),
        places=places_of(claim),
        rights=rights_of(claim, verdict, person),
        since=_since(verdict),
        is_newest=newest == verdict.pk,
        note=note,
        refusal=refusal,
        ahead=ahead_of(verdict, now),
    )


def _since(verdict: Verdict) -> Since | None:
    """What is new to whoever sent it back; else to whoever knows the verdict approved before it."""
    before = written_when_sent_back(verdict)
    if before is not None:
        return _compare(before, verdict, is_sent_back=True, evidence=_evidence_since(verdict))
    earlier = verdict.claim.verdicts.filter(state=VerdictState.APPROVED, number__lt=verdict.number).order_by("number")
    if (last := earlier.last()) is None:
        return None
    titles = [list(Evidence.objects.filter(verdict=row).values_list("title", flat=True)) for row in (last, verdict)]
    added = [title for title in titles[1] if title not in titles[0]]
    removed = [title for title in titles[0] if title not in titles[1]]
    return _compare(written_now(last), verdict, is_sent_back=False, evidence=(added, removed))


def _compare(
    before: Written, verdict: Verdict, *, is_sent_back: bool, evidence: tuple[Sequence[str], Sequence[str]]
) -> Since:
    after = written_now(verdict)
    return Since(
        is_sent_back=is_sent_back,
        note=_note(verdict) if is_sent_back else "",
        rating_before=before.rating if before.rating != after.rating else "",
        summary=only_around_changes(changes_between(before.summary, after.summary)),
        reasoning=only_around_changes(changes_between(before.reasoning, after.reasoning)),
        added=evidence[0],
        removed=evidence[1],
    )


def _evidence_since(verdict: Verdict) -> tuple[list[str], list[str]]:
    """The titles attached and taken out since it was sent back."""
    entries = AuditEntry.objects.filter(subject_id=verdict.pk, sequence__gt=last_sent_back(verdict) or 0)
    rows = entries.filter(verb__in=("attach_evidence", "remove_evidence")).select_related("payload")
    bodies = [(row.verb, row.payload.body) for row in rows.order_by("sequence") if hasattr(row, "payload")]
    added = [body["title"] for verb, body in bodies if verb == "attach_evidence"]
    removed = [body["before"]["title"] for verb, body in bodies if verb == "remove_evidence"]
    return [title for title in added if title not in removed], [title for title in removed if title not in added]


def _note(verdict: Verdict) -> str:
    payload = AuditPayload.objects.filter(pk=last_sent_back(verdict) or 0).first()
    return str(payload.body["note"]) if payload else ""
