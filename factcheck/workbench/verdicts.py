from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.claims.errors import UnfitVerdict, VerdictIncomplete
from factcheck.claims.models import Claim, Verdict
from factcheck.claims.services.taking_back import take_back_approval, take_back_send_back, take_back_submission
from factcheck.claims.services.verdicts import approve_verdict, send_back_verdict, submit_verdict
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.workbench.forms import PutBackForm, SendBackForm, VerdictForm, VersionForm
from factcheck.workbench.refusals import status_of
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import claim_for
from factcheck.workbench.screens.merge import merge_for
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.screens.verdict import verdict_for
from factcheck.workbench.undo import forget, remember, remember_submission, remember_written
from factcheck.workbench.writing import carry_out, put_back, what_goes


@require_POST
def write(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Save the verdict and do what the button says. A refusal keeps what was written; a stale save is merged."""
    claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk", "pair"), pk=claim_id)
    form, now = VerdictForm(request.POST, desk=claim.desk), timezone.now()
    try:
        gone = what_goes(form, claim)
        messages.success(request, carry_out(form, claim, request.user, now))
    except StaleVersion:
        return render(request, "workbench/merge.html", {"screen": merge_for(claim, form)}, status=409)
    except Refusal as refusal:
        screen = claim_for(claim, request.user, now, unsaved=form, refusal=refusal)
        context = {"screen": screen, "team": team_for(claim, request.user)}
        return render(request, "workbench/claim.html", context, status=status_of(refusal))
    remember_written(request, claim, gone)
    return redirect(claim)


@require_POST
def add_again(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put back the evidence or the reply that was taken out of the draft."""
    claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk", "pair"), pk=claim_id)
    put_back(PutBackForm(request.POST).require_valid(), claim, request.user, timezone.now())
    forget(request)  # it is taken out again by its own button
    return redirect(claim)


@require_safe
def show(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """A verdict as readers will see it, and what a second person does with it."""
    screen = verdict_for(_verdict(request, verdict_id), request.user, timezone.now())
    return render(request, "workbench/verdict.html", {"screen": screen})


@require_POST
def approve(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Approve as a second person."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    approve_verdict(verdict, said["version"], request.user, timezone.now())
    address = reverse("workbench:approval-take-back", args=[verdict.pk])
    remember(request, _("Approved"), verdict.claim, address, version=verdict.version)
    return redirect(verdict)


@require_POST
def send_back(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Give the verdict back to its authors with a note; one that is refused is shown again with the note."""
    verdict, said, now = _verdict(request, verdict_id), SendBackForm(request.POST).require_valid(), timezone.now()
    try:
        send_back_verdict(verdict, said["note"], said["version"], request.user, now)
    except (VerdictIncomplete, UnfitVerdict, StaleVersion) as refusal:
        again = _verdict(request, verdict_id)
        screen = verdict_for(again, request.user, now, note=said["note"], refusal=str(refusal))
        return render(request, "workbench/verdict.html", {"screen": screen}, status=status_of(refusal))
    address = reverse("workbench:send-back-take-back", args=[verdict.pk])
    remember(request, _("Sent back with your note"), verdict.claim, address, version=verdict.version)
    return redirect(verdict.claim)


@require_POST
def submit(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Hand a draft to a second person as it stands, without writing."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    submit_verdict(verdict, said["version"], request.user, timezone.now())
    remember_submission(request, verdict)
    return redirect(verdict.claim)


@require_POST
def take_submission_back(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Go on writing what was submitted."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    take_back_submission(verdict, said["version"], request.user, timezone.now())
    address = reverse("workbench:verdict-submit", args=[verdict.pk])
    remember(request, _("Taken back, to go on writing"), verdict.claim, address, version=verdict.version)
    return redirect(verdict.claim)


@require_POST
def take_approval_back(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Take one's own yes back."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    take_back_approval(verdict, said["version"], request.user, timezone.now())
    address = reverse("workbench:verdict-approve", args=[verdict.pk])
    remember(request, _("Approval taken back"), verdict.claim, address, version=verdict.version)
    return redirect(verdict)


@require_POST
def take_send_back_back(request: DeskRequest, verdict_id: UUID) -> HttpResponse:
    """Let what one sent back wait for approval after all."""
    verdict, said = _verdict(request, verdict_id), VersionForm(request.POST).require_valid()
    note = verdict.note
    take_back_send_back(verdict, said["version"], request.user, timezone.now())
    address = reverse("workbench:verdict-send-back", args=[verdict.pk])
    remember(request, _("Waits for approval again"), verdict.claim, address, version=verdict.version, note=note)
    return redirect(verdict)


def _verdict(request: DeskRequest, verdict_id: UUID) -> Verdict:
    verdicts = Verdict.objects.readable_by(request.user).select_related("claim__desk", "rating__scale", "guideline")
    return get_object_or_404(verdicts, pk=verdict_id)
