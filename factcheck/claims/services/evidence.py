"""Evidence: attached to a draft, with its author as one of the verdict's."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from factcheck.claims.errors import UnfitEvidence
from factcheck.claims.models import Bearing, Evidence, Verdict
from factcheck.claims.services.assignments import renew_assignment
from factcheck.claims.services.verdicts import add_author, require_writable
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import record_change
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
    }
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        add_author(verdict, person)
        change.audit("remove_evidence", verdict, desk_id=verdict.desk_id, evidence=str(evidence.pk), before=said)
        evidence.delete()


def is_web_address(url: str) -> bool:
    """Whether a link may be stored and shown: http or https, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in url)


def _row(verdict: Verdict, new: NewEvidence, person: User, now: datetime) -> Evidence:
    title = " ".join(clean_text(new.title).text.split())
    excerpt = clean_text(new.excerpt).text.strip()
    if not title:
        raise UnfitEvidence("Say in the title what the source is.")
    for what, text, most in (("title", title, LONGEST_TITLE), ("excerpt", excerpt, LONGEST_EXCERPT)):
        if len(text) > most:
            raise UnfitEvidence(f"The {what} has {len(text):,} characters; it may have {most:,}.")
    for url in (new.url, new.archived_url):
        if url and (len(url) > LONGEST_URL or not is_web_address(url)):
            raise UnfitEvidence(f"“{url[:80]}” is no web address. Give one that begins with https:// or http://.")
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
