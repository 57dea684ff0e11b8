from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.claims.errors import UnfitVerdict, VerdictIncomplete
from factcheck.claims.models import Claim, Verdict
from factcheck.claims.services.verdicts import approve_verdict, send_back_verdict
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.workbench.forms import SendBackForm, VerdictForm, VersionForm
from factcheck.workbench.refusals import status_of
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import claim_for
from factcheck.workbench.screens.merge import merge_for
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.screens.verdict import verdict_for
from factcheck.workbench.writing import carry_out


@require_POST
def write(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Save the verdict and do what the button says. A refusal keeps what was written; a stale save is merged."""
    claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk", "pair"), pk=claim_id)
    form = VerdictForm(request.POST, desk=claim.desk)
    now = timezone.now()
    try:
        messages.success(request, carry_out(form, claim, request.user, now))
    except StaleVersion:
        return render(request, "workbench/merge.html", {"screen": merge_for(claim, form)}, status=409)
    except Refusal as refusal:
        screen = claim_for(claim, request.user, now, unsaved=form, refusal=refusal)
        context = {"screen": screen, "team": team_for(claim, request.user)}
        return render(request, "workbench/claim.html", context, status=status_of(refusal))
    return redirect(claim)


@require_safe
def show(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """A verdict as readers will see it, and what a second person does with it."""
    return render(
        request, "workbench/verdict.html", {"screen": verdict_for(_verdict(request, verdict_id), request.user)}
    )


@require_POST
def approve(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Approve as a second person."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    approve_verdict(verdict, said["version"], request.user, timezone.now())
    messages.success(request, _("Approved."))
    return redirect(verdict)


@require_POST
def send_back(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Give the verdict back to its authors with a note; one that is refused is shown again with the note."""
    verdict, said = _verdict(request, verdict_id), SendBackForm(request.POST).require_valid()
    try:
        send_back_verdict(verdict, said["note"], said["version"], request.user, timezone.now())
    except (VerdictIncomplete, UnfitVerdict, StaleVersion) as refusal:
        screen = verdict_for(_verdict(request, verdict_id), request.user, said["note"], str(refusal))
        return render(request, "workbench/verdict.html", {"screen": screen}, status=status_of(refusal))
    messages.success(request, _("Sent back with your note."))
    return redirect(verdict.claim)


def _verdict(request: DeskRequest, verdict_id: UUID) -> Verdict:
    verdicts = Verdict.objects.readable_by(request.user).select_related("claim__desk", "rating__scale", "guideline")
    return get_object_or_404(verdicts, pk=verdict_id)
