from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.claims.errors import UnfitVerdict
from factcheck.claims.models import Claim
from factcheck.claims.services.adjudication import adjudicate, assessments_shown_to, reopen_adjudication
from factcheck.claims.services.assessments import is_complete
from factcheck.newsroom.permissions import Action, require, require_somewhere
from factcheck.workbench.forms_team import AdjudicationForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.adjudication import adjudication_for, adjudications_for, next_to_adjudicate


@require_safe
def list_waiting(request: DeskRequest) -> HttpResponse:
    """The claims whose assessments are all given, those with a disagreement first."""
    require_somewhere(request.user, Action.ADJUDICATE)
    screen = adjudications_for(request.user, timezone.now())
    return render(request, "workbench/adjudications.html", {"screen": screen})


@require_safe
def show_next(request: DeskRequest) -> HttpResponse:
    """The next claim on which reviewers disagree; what they agree on is skipped. The list where there is none."""
    require_somewhere(request.user, Action.ADJUDICATE)
    claim = next_to_adjudicate(request.user, after=request.GET.get("after", ""))
    if claim is None:
        messages.info(request, _("No other claim with a disagreement waits."))
        return redirect("workbench:adjudications")
    return redirect("workbench:adjudication", claim.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """The assessments side by side, and the verdict draft that is made of them."""
    claim = _claim(request, claim_id)
    require(request.user, Action.ADJUDICATE, claim)
    if request.method != "POST":
        return _page(request, claim, None)
    form = AdjudicationForm(request.POST, desk=claim.desk, assessments=assessments_shown_to(claim, request.user))
    if not form.is_valid():
        return _page(request, claim, form)
    try:
        adjudicate(claim, form.merged(), form.cleaned_data["version"], request.user, timezone.now())
    except UnfitVerdict as refusal:
        form.add_error(None, str(refusal))
        return _page(request, claim, form)
    return redirect("workbench:adjudications")


@require_POST
def reopen(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Take an adjudication back."""
    claim = _claim(request, claim_id)
    reopen_adjudication(claim, request.user, timezone.now())
    return redirect("workbench:adjudication", claim.pk)


def _page(request: DeskRequest, claim: Claim, form: AdjudicationForm | None) -> HttpResponse:
    assessments = assessments_shown_to(claim, request.user) if is_complete(claim) else []
    screen = adjudication_for(claim, assessments, form)
    return render(request, "workbench/adjudication.html", {"screen": screen}, status=422 if form else 200)


def _claim(request: DeskRequest, claim_id: UUID) -> Claim:
    claims = Claim.objects.readable_by(request.user).select_related("desk", "blind_review")
    return get_object_or_404(claims, pk=claim_id)
