from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from factcheck.claims.models import Claim, Verdict
from factcheck.claims.services.verdicts import approve_verdict, send_back_verdict
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.errors import NotAllowed
from factcheck.workbench.forms import SendBackForm, VerdictForm, VersionForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import claim_for
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.writing import carry_out


@require_POST
def write(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Save the verdict and do what the button says. A refusal keeps what was written."""
    claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk"), pk=claim_id)
    form = VerdictForm(request.POST, desk=claim.desk)
    try:
        messages.success(request, carry_out(form, claim, request.user, timezone.now()))
    except NotAllowed:
        raise
    except Refusal as refusal:
        status = 409 if isinstance(refusal, StaleVersion) else 422
        screen = claim_for(claim, request.user, unsaved=form, refusal=refusal)
        context = {"screen": screen, "team": team_for(claim, request.user)}
        return render(request, "workbench/claim.html", context, status=status)
    return redirect(claim)


@require_POST
def approve(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Approve as a second person."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    approve_verdict(verdict, said["version"], request.user, timezone.now())
    messages.success(request, "Approved.")
    return redirect(verdict.claim)


@require_POST
def send_back(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Give the verdict back to its authors with a note."""
    verdict, said = _verdict(request, verdict_id), SendBackForm(request.POST).require_valid()
    send_back_verdict(verdict, said["note"], said["version"], request.user, timezone.now())
    messages.success(request, "Sent back with your note.")
    return redirect(verdict.claim)


def _verdict(request: DeskRequest, verdict_id: UUID) -> Verdict:
    verdicts = Verdict.objects.readable_by(request.user).select_related("claim__desk")
    return get_object_or_404(verdicts, pk=verdict_id)
