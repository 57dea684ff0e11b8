from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.claims.errors import ClaimAlreadyOpen, UnfitClaim
from factcheck.claims.models import Claim
from factcheck.claims.services.claims import (
    close_claim,
    open_claim,
    reopen_claim,
    reword_claim,
    take_back_move,
    take_claim,
)
from factcheck.claims.services.flags import settle_changes, take_back_settling
from factcheck.corpus.models import ConflictPair
from factcheck.ledger.errors import StaleVersion
from factcheck.newsroom.permissions import Action, require
from factcheck.workbench.forms import BackForm, OpenClaimForm, RewordForm
from factcheck.workbench.refusals import status_of
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import claim_for
from factcheck.workbench.screens.dossier import dossier_for
from factcheck.workbench.screens.earlier import citing
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.undo import remember, remember_hands, way_back


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
    screen = citing(claim_for(claim, request.user, timezone.now()), request.GET.get("cite", ""), request.user)
    return render(request, "workbench/claim.html", {"screen": screen, "team": team_for(claim, request.user)})


@require_safe
def dossier(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """All that is known of a claim, to print."""
    dossier = dossier_for(_claim(request, claim_id), request.user, timezone.now())
    return render(request, "workbench/dossier.html", {"dossier": dossier})


@require_POST
def reword(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put the claim in other words. A refusal keeps them, beside what somebody else made of it."""
    claim, said, now = _claim(request, claim_id), RewordForm(request.POST).require_valid(), timezone.now()
    was = claim.text
    try:
        reword_claim(claim, said["text"], said["version"], request.user, now)
    except (UnfitClaim, StaleVersion) as refusal:
        again = _claim(request, claim_id)
        screen = claim_for(again, request.user, now, rewording=said["text"], reword_refusal=refusal)
        context = {"screen": screen, "team": team_for(again, request.user)}
        return render(request, "workbench/claim.html", context, status=status_of(refusal))
    address = reverse("workbench:claim-reword", args=[claim.pk])
    remember(request, _("Claim reworded"), claim, address, version=claim.version, text=was)
    return redirect(claim)


@require_POST
def take(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Assign the claim to oneself."""
    claim = _claim(request, claim_id)
    take_claim(claim, request.user, timezone.now())
    remember_hands(request, claim, request.user, _("Taken"))
    return redirect(claim)


@require_POST
def close(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put the claim away."""
    claim, said = _claim(request, claim_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        take_back_move(claim, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        close_claim(claim, said["version"], request.user, timezone.now())
    address = reverse("workbench:claim-reopen", args=[claim.pk])
    remember(request, _("Claim closed"), claim, address, **way_back(claim, said, version=claim.version))
    return redirect(claim)


@require_POST
def reopen(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Take a closed or decided claim up again."""
    claim, said = _claim(request, claim_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        take_back_move(claim, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        reopen_claim(claim, said["version"], request.user, timezone.now())
    address = reverse("workbench:claim-close", args=[claim.pk])
    remember(request, _("Claim reopened"), claim, address, **way_back(claim, said, version=claim.version))
    return redirect(claim)


def _claim(request: DeskRequest, claim_id: UUID) -> Claim:
    claims = Claim.objects.readable_by(request.user).select_related("desk", "pair", "opened_by")
    return get_object_or_404(claims, pk=claim_id)


@require_POST
def settle(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Say that one has looked at what its sources changed."""
    claim = _claim(request, claim_id)
    settle_changes(claim, request.user, timezone.now())
    remember(request, _("Looked at what changed"), claim, reverse("workbench:claim-unsettle", args=[claim.pk]))
    return redirect(claim)


@require_POST
def unsettle(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Say that one has not looked at it after all."""
    claim = _claim(request, claim_id)
    take_back_settling(claim, request.user, timezone.now())
    remember(request, _("Waits to be looked at again"), claim, reverse("workbench:claim-settle", args=[claim.pk]))
    return redirect(claim)
