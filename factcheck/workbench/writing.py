"""What the buttons of the verdict form do: save, then perhaps attach, remove or submit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from factcheck.claims.errors import UnfitEvidence, UnfitReply
from factcheck.claims.models import Claim, Evidence, Reply, Verdict
from factcheck.claims.services.evidence import attach_evidence, put_back_evidence, remove_evidence
from factcheck.claims.services.presence import note_presence
from factcheck.claims.services.replies import put_back_reply, record_reply, remove_reply
from factcheck.claims.services.verdicts import is_changed, start_verdict, submit_verdict, write_verdict
from factcheck.ledger.errors import StaleVersion
from factcheck.newsroom.models import User
from factcheck.workbench.forms import VerdictForm


def carry_out(form: VerdictForm, claim: Claim, person: User, now: datetime) -> str:
    """Save what was written if it is new, add what was typed beside it, do what the button says; say it in a sentence.

    Raises:
        Refusal: whatever the services refuse; what was saved before it stays saved.
    """
    said = form.require_valid()
    verdict = _save(form, claim, person, now)
    words = _add(form, verdict, person, now)
    match said["then"].split(":"):
        case ["remove", evidence_id]:
            remove_evidence(_cited(verdict, evidence_id), verdict.version, person, now)
            words = _("Saved, and the evidence is taken out.")
        case ["remove-reply", reply_id]:
            remove_reply(_recorded(verdict, reply_id), verdict.version, person, now)
            words = _("Saved, and the entry is taken out.")
        case ["submit"]:
            submit_verdict(verdict, verdict.version, person, now)
            words = _("Submitted. A second person is asked to approve it.")
    return words


def what_goes(form: VerdictForm, claim: Claim) -> tuple[str, dict[str, str]]:
    """The source or reply that the button takes out: its name, and the fields of the form that puts it back."""
    verb, _colon, key = str(form.data.get("then", "")).partition(":")
    verdict = claim.verdicts.unfinished().first()
    if verdict is None or verb not in ("remove", "remove-reply"):
        return "", {}
    part = "evidence" if verb == "remove" else "reply"
    rows: Iterable[Evidence | Reply] = verdict.evidence.all() if part == "evidence" else verdict.replies.all()
    return next(((str(row), {"part": part, "key": key}) for row in rows if str(row.pk) == key), ("", {}))


def put_back(said: Mapping[str, Any], claim: Claim, person: User, now: datetime) -> None:
    """Put back what was taken out of the claim's draft; its text stays as it is.

    Raises:
        Refusal: the verdict is none that can be written now, or this was not taken out of it.
    """
    act = put_back_evidence if said["part"] == "evidence" else put_back_reply
    act(start_verdict(claim, person, now), said["key"], said["version"], person, now)


def keep_draft(form: VerdictForm, claim: Claim, person: User, now: datetime) -> Verdict:
    """Save what is being written, if it is new, and say that this person writes.

    Raises:
        Refusal: as saving by a button would; nothing was changed then.
    """
    form.require_valid()
    note_presence(claim, person, now)
    return _save(form, claim, person, now)


def _save(form: VerdictForm, claim: Claim, person: User, now: datetime) -> Verdict:
    """Write what is new against the version that was seen; whoever submits must have seen the newest."""
    said = form.cleaned_data
    seen = said["version"] or 1
    verdict = start_verdict(claim, person, now)
    if is_changed(verdict, form.text()):
        write_verdict(verdict, form.text(), seen, person, now)
    elif said["then"] == "submit" and seen != verdict.version:
        raise StaleVersion
    return verdict


def _add(form: VerdictForm, verdict: Verdict, person: User, now: datetime) -> str:
    """Attach the evidence and record the reply that were typed, whichever button was pressed: nothing typed is lost."""
    words = _("Saved.")
    if evidence := form.evidence():
        attach_evidence(verdict, evidence, verdict.version, person, now)
        words = _("Saved, and the evidence is attached.")
    if reply := form.reply():
        record_reply(verdict, reply, verdict.version, person, now)
        words = _("Saved, and the right of reply is recorded.")
    return words


def _cited(verdict: Verdict, evidence_id: str) -> Evidence:
    for evidence in verdict.evidence.all():
        if str(evidence.pk) == evidence_id:
            return evidence
    raise UnfitEvidence(_("This evidence has been taken out already. Load the page again."))


def _recorded(verdict: Verdict, reply_id: str) -> Reply:
    for reply in verdict.replies.all():
        if str(reply.pk) == reply_id:
            return reply
    raise UnfitReply(_("This entry has been taken out already. Load the page again."))
