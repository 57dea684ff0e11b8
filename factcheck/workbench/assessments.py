from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.claims.models import Claim
from factcheck.claims.services.assessments import (
    ask_assessments,
    give_assessment,
    take_back_assessment,
    withdraw_assessments,
    write_assessment,
)
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.permissions import Action, require
from factcheck.workbench.forms_team import AskForm, AssessmentForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.assessment import assessment_for


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """One's own blind assessment of a claim: read, saved, given. A refusal keeps what was written."""
    claim = _claim(request, claim_id)
    require(request.user, Action.ASSESS, claim)
    if request.method != "POST":
        return render(request, "workbench/assessment.html", {"screen": assessment_for(claim, request.user)})
    form = AssessmentForm(request.POST, desk=claim.desk)
    try:
        messages.success(request, _carry_out(form, claim, request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        status = 409 if isinstance(refusal, StaleVersion) else 422
        screen = assessment_for(claim, request.user, unsaved=form, refusal=refusal)
        return render(request, "workbench/assessment.html", {"screen": screen}, status=status)
    return redirect("workbench:assessment", claim.pk)


@require_POST
def take_back(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Make one's given assessment a draft again."""
    claim = _claim(request, claim_id)
    take_back_assessment(claim, request.user, timezone.now())
    messages.success(request, _("Your assessment is a draft again."))
    return redirect("workbench:assessment", claim.pk)


@require_POST
def ask(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Ask for blind assessments of a claim."""
    claim, said = _claim(request, claim_id), AskForm(request.POST).require_valid()
    ask_assessments(claim, said["wanted"], request.user, timezone.now())
    messages.success(request, _("%(count)s people are asked to assess this claim blind.") % {"count": said["wanted"]})
    return redirect(claim)


@require_POST
def withdraw(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Ask for blind assessments no more."""
    claim = _claim(request, claim_id)
    withdraw_assessments(claim, request.user, timezone.now())
    messages.success(request, _("Nobody is asked for a blind assessment of this claim any more."))
    return redirect(claim)


def _carry_out(form: AssessmentForm, claim: Claim, request: DeskRequest) -> str:
    """Save, and give where the button says so; what was done in a sentence."""
    said, now = form.require_valid(), timezone.now()
    assessment = write_assessment(claim, form.text(), said["version"], request.user, now)
    if said["then"] != "give":
        return _("Saved. Nobody sees it before all are given.")
    is_last = give_assessment(claim, assessment.version, request.user, now)
    return (
        _("Given, as the last one: they can be adjudicated now.") if is_last else _("Given. Others are still to come.")
    )


def _claim(request: DeskRequest, claim_id: UUID) -> Claim:
    claims = Claim.objects.readable_by(request.user).select_related("desk", "blind_review")
    return get_object_or_404(claims, pk=claim_id)
