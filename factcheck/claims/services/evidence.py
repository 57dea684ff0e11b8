"""Evidence: attached to a draft, with its author as one of the verdict's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.claims.errors import UnfitEvidence
from factcheck.claims.models import Bearing, Evidence, Verdict
from factcheck.claims.services.assignments import renew_assignment
from factcheck.claims.services.links import is_web_address
from factcheck.claims.services.verdicts import add_author, require_writable
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.recalling import said_by
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

LONGEST_TITLE, LONGEST_URL, LONGEST_EXCERPT = 300, 2_000, 5_000


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A source to cite: a web address, or at least a title that says what it is."""

    title: str
    bearing: Bearing
    url: str = ""
    excerpt: str = ""
    archived_url: str = ""


def attach_evidence(verdict: Verdict, new: NewEvidence, version: int, person: User, now: datetime) -> Evidence:
    """Cite a source in a draft.

    Raises:
        NotAllowed: the person may not attach evidence on this desk.
        WrongVerdictState: the verdict is submitted or approved.
        UnfitEvidence: no title, or an address that is no web address.
        StaleVersion: somebody saved the verdict first.
    """
    require(person, Action.ATTACH_EVIDENCE, verdict)
    require_writable(verdict)
    evidence = _row(verdict, new, person, now)
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        evidence.save(force_insert=True)
        add_author(verdict, person)
        renew_assignment(verdict.claim, person)
        said = {
            "evidence": str(evidence.pk),
            "title": evidence.title,
            "bearing": evidence.bearing,
            "url": evidence.url,
        }
        change.audit("attach_evidence", verdict, desk_id=verdict.desk_id, **said)
    return evidence


def remove_evidence(evidence: Evidence, version: int, person: User, now: datetime) -> None:
    """Take a source out of a draft; the audit entry keeps what it was.

    Raises:
        NotAllowed: the person may not write this verdict.
        WrongVerdictState: the verdict is submitted or approved.
        StaleVersion: somebody saved the verdict first.
    """
    verdict = evidence.verdict
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    said = {
        "title": evidence.title,
        "url": evidence.url,
        "excerpt": evidence.excerpt,
        "bearing": evidence.bearing,
        "archived_url": evidence.archived_url,
        "by": str(evidence.attached_by_id),
        "at": evidence.attached_at.isoformat(),
    }
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        add_author(verdict, person)
        change.audit("remove_evidence", verdict, desk_id=verdict.desk_id, evidence=str(evidence.pk), before=said)
        evidence.delete()


def put_back_evidence(verdict: Verdict, evidence_id: UUID, version: int, person: User, now: datetime) -> None:
    """Put a source back that was taken out of this draft: in its place, and as whose it was.

    Raises:
        NotAllowed: the person may not write this verdict.
        WrongVerdictState: the verdict is submitted or approved.
        UnfitEvidence: it is there, or was not taken out here.
        StaleVersion: somebody saved the verdict first.
    """
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    was = taken_out(verdict, "remove_evidence", "evidence", str(evidence_id))
    if was is None or "by" not in was or verdict.evidence.filter(pk=evidence_id).exists():
        raise UnfitEvidence(_("This evidence was not taken out here, or is back. Load the page again."))
    parts = {name: was[name] for name in ("title", "url", "excerpt", "bearing", "archived_url")}
    evidence = Evidence(pk=evidence_id, verdict=verdict, attached_by_id=UUID(was["by"]), **parts)
    evidence.attached_at = datetime.fromisoformat(was["at"])
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        evidence.save(force_insert=True)
        add_author(verdict, person)
        said = {"evidence": str(evidence_id), **{name: parts[name] for name in ("title", "bearing", "url")}}
        change.audit("attach_evidence", verdict, desk_id=verdict.desk_id, **said)


def taken_out(verdict: Verdict, verb: str, key: str, value: str) -> dict[str, Any] | None:
    """What the history keeps of a part that was taken out of a verdict, the last time."""
    entries = AuditEntry.objects.filter(subject_type="verdict", subject_id=verdict.pk, verb=verb)
    said = (said_by(entry) for entry in entries.select_related("payload").order_by("-sequence"))
    found: dict[str, Any] | None = next((body["before"] for body in said if body.get(key) == value), None)
    return found


def _row(verdict: Verdict, new: NewEvidence, person: User, now: datetime) -> Evidence:
    title = " ".join(clean_text(new.title).text.split())
    excerpt = clean_text(new.excerpt).text.strip()
    if not title:
        raise UnfitEvidence(_("Say in the title what the source is."))
    for what, text, most in ((_("title"), title, LONGEST_TITLE), (_("excerpt"), excerpt, LONGEST_EXCERPT)):
        if len(text) > most:
            words = _("The %(what)s has %(length)s characters; it may have %(most)s.")
            raise UnfitEvidence(words % {"what": what, "length": grouped(len(text)), "most": grouped(most)})
    for url in (new.url, new.archived_url):
        if url and (len(url) > LONGEST_URL or not is_web_address(url)):
            words = _("“%(url)s” is no web address. Give one that begins with https:// or http://.")
            raise UnfitEvidence(words % {"url": url[:80]})
    return Evidence(
        verdict=verdict,
        title=title,
        url=new.url,
        archived_url=new.archived_url,
        excerpt=excerpt,
        bearing=new.bearing,
        attached_by=person,
        attached_at=now,
    )
