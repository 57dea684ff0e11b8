"""The history of a claim: each audit entry a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from factcheck.claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may

SENTENCES: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "open_claim": lambda _: "opened this claim from a conflict",
    "reword_claim": lambda body: f"reworded the claim, which read “{body.get('before', '')}”",
    "assign_claim": lambda _: "took or assigned this claim",
    "close_claim": lambda _: "closed the claim",
    "reopen_claim": lambda _: "reopened the claim",
    "start_verdict": lambda _: "started a verdict",
    "write_verdict": lambda body: f"saved the verdict{_rated(body)}",
    "attach_evidence": lambda body: f"attached evidence: {body.get('title', '')} ({body.get('bearing', '')})",
    "remove_evidence": lambda body: f"took evidence out: {body.get('before', {}).get('title', '')}",
    "submit_verdict": lambda _: "submitted the verdict for approval",
    "approve_verdict": lambda body: f"approved the verdict ({body.get('given', 1)} of {body.get('needed', 1)})",
    "send_back_verdict": lambda body: f"sent the verdict back: {body.get('note', '')}",
    "publish_review": lambda _: "published the verdict",
    "start_correction": lambda _: "started a correction of the published verdict",
    "correct_review": lambda body: f"corrected the published verdict: {body.get('reason', '')}",
    "withdraw_review": lambda body: f"withdrew the published verdict: {body.get('reason', '')}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act: who, what, when."""

    who: str
    what: str
    at: datetime


def history_of(claim: Claim, person: User) -> Sequence[Line]:
    """What happened to a claim and its verdicts, newest first; empty for who may not read it."""
    if not may(person, Action.READ_HISTORY, claim):
        return []
    subjects = [claim.pk, *claim.verdicts.values_list("pk", flat=True)]
    entries = AuditEntry.objects.filter(subject_id__in=subjects).select_related("actor", "payload")
    return [_line(entry) for entry in entries.order_by("-sequence")]


def _line(entry: AuditEntry) -> Line:
    payload = getattr(entry, "payload", None)
    plain = entry.verb.replace("_", " ")
    say = SENTENCES.get(entry.verb)
    words = f"{plain} (details erased)" if payload is None else say(payload.body) if say else plain
    return Line(str(entry.actor) if entry.actor else "The workbench", words, entry.at)


def _rated(body: dict[str, Any]) -> str:
    before, after = body.get("before", {}).get("rating", ""), body.get("after", {}).get("rating", "")
    return f", now rated {after}" if after and after != before else ""
