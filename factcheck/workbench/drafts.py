"""What the page of a claim asks while somebody writes: keep the draft, say who else is here, show the Markdown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.claims.errors import listed
from factcheck.claims.models import Claim
from factcheck.claims.services.presence import note_presence
from factcheck.claims.services.verdicts import missing_parts
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require
from factcheck.workbench.forms import PresenceForm, PreviewForm, VerdictForm
from factcheck.workbench.refusals import status_of
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import names_beside
from factcheck.workbench.templatetags.desk_format import moment
from factcheck.workbench.writing import keep_draft


@require_POST
def keep(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Save the draft as it is being written, by the service that the button calls."""
    claim, now = _claim(request, claim_id), timezone.now()
    form = VerdictForm(request.POST, desk=claim.desk)
    try:
        verdict = keep_draft(form, claim, request.user, now)
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=status_of(refusal))
    kept = {
        "version": verdict.version,
        "saved": _("saved %(time)s") % {"time": moment(verdict.saved_at)},
        "missing": listed(missing_parts(verdict)),
    }
    return JsonResponse(kept | _here(claim, request.user, now))


@require_POST
def look(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Say who else writes here; and that this person does, if so."""
    claim, now = _claim(request, claim_id), timezone.now()
    if PresenceForm(request.POST).require_valid()["writing"]:
        note_presence(claim, request.user, now)
    return JsonResponse(_here(claim, request.user, now))


@require_POST
def preview(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Show the reasoning as readers will see it; nothing is saved."""
    require(request.user, Action.WRITE_VERDICT, _claim(request, claim_id))
    said = PreviewForm(request.POST).require_valid()
    return render(request, "workbench/_markdown.html", {"text": said["reasoning"]})


def _here(claim: Claim, person: User, now: datetime) -> dict[str, Any]:
    return {"here": names_beside(claim, person, now)}


def _claim(request: DeskRequest, claim_id: UUID) -> Claim:
    return get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk"), pk=claim_id)
