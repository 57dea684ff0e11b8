"""Evidence: attached to a draft, with its author as one of the verdict's."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from factcheck.claims.errors import UnfitEvidence
from factcheck.claims.models import Bearing, Evidence, Verdict
from factcheck.claims.services.assignments import renew_assignment
from factcheck.claims.services.links import is_web_address
from factcheck.claims.services.verdicts import add_author, require_writable
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import record_change
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
    }
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        add_author(verdict, person)
        change.audit("remove_evidence", verdict, desk_id=verdict.desk_id, evidence=str(evidence.pk), before=said)
        evidence.delete()


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
