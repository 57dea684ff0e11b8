"""What the buttons of the verdict form do: save, then perhaps attach, remove or submit."""

from datetime import datetime

from factcheck.claims.errors import UnfitEvidence
from factcheck.claims.models import Claim, Evidence, Verdict
from factcheck.claims.services.evidence import attach_evidence, remove_evidence
from factcheck.claims.services.verdicts import is_changed, start_verdict, submit_verdict, write_verdict
from factcheck.newsroom.models import User
from factcheck.workbench.forms import VerdictForm


def carry_out(form: VerdictForm, claim: Claim, person: User, now: datetime) -> str:
    """Save what was written if it is new, do what the button says, and say it in a sentence.

    Raises:
        Refusal: whatever the services refuse; what was saved before it stays saved.
    """
    said = form.require_valid()
    verdict = start_verdict(claim, person, now)
    version = said["version"] or 1
    if said["then"] == "save" or is_changed(verdict, form.text()):
        write_verdict(verdict, form.text(), version, person, now)
        version = verdict.version
    match said["then"].split(":"):
        case ["attach"]:
            attach_evidence(verdict, form.evidence(), version, person, now)
            return "Saved, and the evidence is attached."
        case ["remove", evidence_id]:
            remove_evidence(_cited(verdict, evidence_id), version, person, now)
            return "Saved, and the evidence is taken out."
        case ["submit"]:
            submit_verdict(verdict, version, person, now)
            return "Submitted. A second person is asked to approve it."
    return "Saved."


def _cited(verdict: Verdict, evidence_id: str) -> Evidence:
    for evidence in verdict.evidence.all():
        if str(evidence.pk) == evidence_id:
            return evidence
    raise UnfitEvidence("This evidence has been taken out already. Load the page again.")
