"""What a verdict said at an earlier time, read from the audit entries of its saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from factcheck.claims.models import Verdict
from factcheck.ledger.models import AuditEntry, AuditPayload


@dataclass(frozen=True, slots=True)
class Written:
    """A verdict's text as it was saved; the rating by its label."""

    rating: str = ""
    summary: str = ""
    reasoning: str = ""


def written_now(verdict: Verdict) -> Written:
    """What the verdict says now."""
    return Written(str(verdict.rating or ""), verdict.summary, verdict.reasoning)


def written_at(verdict: Verdict, version: int) -> Written | None:
    """What it said when it had this version; None where that was erased, or saved before versions were kept."""
    if version <= 1:
        return Written()
    return _read(_saves(verdict).filter(body__version__lte=version).last())


def written_when_sent_back(verdict: Verdict) -> Written | None:
    """What it said when it was last sent back; None where it never was."""
    sequence = last_sent_back(verdict)
    return _read(_saves(verdict).filter(entry__lt=sequence).last()) if sequence else None


def last_sent_back(verdict: Verdict) -> int | None:
    """The sequence number of the entry by which it was last sent back; those taken back do not count."""
    verbs = ("send_back_verdict", "take_back_send_back")
    entries = AuditEntry.objects.filter(subject_type="verdict", subject_id=verdict.pk, verb__in=verbs)
    standing: list[int] = []
    for sequence, verb in entries.order_by("sequence").values_list("sequence", "verb"):
        standing = [*standing, sequence] if verb == "send_back_verdict" else standing[:-1]
    return standing[-1] if standing else None


def _saves(verdict: Verdict) -> "QuerySet[AuditPayload]":
    ours = {"entry__subject_type": "verdict", "entry__subject_id": verdict.pk, "entry__verb": "write_verdict"}
    return AuditPayload.objects.filter(**ours).order_by("entry")


def _read(payload: AuditPayload | None) -> Written | None:
    if payload is None:
        return None
    after: Mapping[str, Any] = payload.body["after"]
    return Written(after["rating"], after["summary"], after["reasoning"])
