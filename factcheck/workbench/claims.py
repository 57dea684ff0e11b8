from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.claims.errors import ClaimAlreadyOpen, UnfitClaim
from factcheck.claims.models import Claim
from factcheck.claims.services.claims import close_claim, open_claim, reopen_claim, reword_claim, take_claim
from factcheck.corpus.models import ConflictPair
from factcheck.newsroom.permissions import Action, require
from factcheck.workbench.forms import OpenClaimForm, RewordForm, VersionForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import claim_for
from factcheck.workbench.screens.team import team_for


@require_http_methods(["GET", "HEAD", "POST"])
def open_from_pair(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Ask which side of a pair is checked, and open a claim for it."""
    pair = get_object_or_404(ConflictPair.objects.readable_by(request.user).with_sides(), pk=pair_id)
    require(request.user, Action.OPEN_CLAIM, pair)
    form = OpenClaimForm(request.POST or None, pair=pair)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            return redirect(open_claim(pair, getattr(pair, said["side"]), said["text"], request.user, timezone.now()))
        except ClaimAlreadyOpen as refusal:
            return redirect("workbench:claim", refusal.claim_id)
        except UnfitClaim as refusal:
            form.add_error("text", str(refusal))
    context = {"form": form, "pair": pair, "sides": (("a", pair.a), ("b", pair.b))}
    return render(request, "workbench/claim_open.html", context, status=422 if form.errors else 200)


@require_safe
def show(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """A claim with its appearances, conflicts, verdict and history."""
    claim = _claim(request, claim_id)
    context = {"screen": claim_for(claim, request.user), "team": team_for(claim, request.user)}
    return render(request, "workbench/claim.html", context)


@require_POST
def reword(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put the claim in other words."""
    claim, said = _claim(request, claim_id), RewordForm(request.POST).require_valid()
    reword_claim(claim, said["text"], said["version"], request.user, timezone.now())
    return redirect(claim)


@require_POST
def take(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Assign the claim to oneself."""
    claim = _claim(request, claim_id)
    take_claim(claim, request.user, timezone.now())
    return redirect(claim)


@require_POST
def close(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put the claim away."""
    claim, said = _claim(request, claim_id), VersionForm(request.POST).require_valid()
    close_claim(claim, said["version"], request.user, timezone.now())
    return redirect(claim)


@require_POST
def reopen(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Take a closed or decided claim up again."""
    claim, said = _claim(request, claim_id), VersionForm(request.POST).require_valid()
    reopen_claim(claim, said["version"], request.user, timezone.now())
    return redirect(claim)


def _claim(request: DeskRequest, claim_id: UUID) -> Claim:
    claims = Claim.objects.readable_by(request.user).select_related("desk", "pair", "opened_by")
    return get_object_or_404(claims, pk=claim_id)
