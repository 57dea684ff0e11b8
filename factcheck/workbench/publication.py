from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.claims.models import Claim, Verdict
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.permissions import Action, require
from factcheck.publishing.errors import NotPublished, VerdictNotApproved
from factcheck.publishing.models import Publication
from factcheck.publishing.previews import newest_verdict
from factcheck.publishing.services import (
    correct_review,
    find_publication,
    publish_review,
    start_correction,
    withdraw_review,
)
from factcheck.workbench.forms_publication import CorrectForm, PublishForm, WithdrawForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.publication import publication_for


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """See what readers will see, with what the linter says; publish it."""
    claim = _claim(request, claim_id)
    if request.method != "POST":
        return _page(request, claim)
    require(request.user, Action.PUBLISH_REVIEW, claim)
    said = PublishForm(request.POST).require_valid()
    try:
        publish_review(_verdict(claim), said["mark"], request.user, timezone.now())
    except Refusal as refusal:
        return _page(request, claim, refusal)
    messages.success(request, _("Published. Readers see it now."))
    return redirect("workbench:claim-publish", claim.pk)


@require_POST
def correct(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put the newly approved verdict in the place of the published one."""
    claim = _claim(request, claim_id)
    require(request.user, Action.CORRECT_REVIEW, claim)
    said = CorrectForm(request.POST).require_valid()
    try:
        verdict, now = _verdict(claim), timezone.now()
        correct_review(verdict, said["reason"], said["version"], said["mark"], request.user, now=now)
    except Refusal as refusal:
        return _page(request, claim, refusal, reason=said["reason"])
    messages.success(request, _("Corrected. The page lists the correction with your reason."))
    return redirect("workbench:claim-publish", claim.pk)


@require_POST
def withdraw(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Put a notice in the review's place."""
    claim = _claim(request, claim_id)
    require(request.user, Action.WITHDRAW_REVIEW, claim)
    said = WithdrawForm(request.POST).require_valid()
    try:
        withdraw_review(_publication(claim), said["reason"], said["version"], request.user, timezone.now())
    except Refusal as refusal:
        return _page(request, claim, refusal, withdrawal=said["reason"])
    messages.success(request, _("Withdrawn. A notice with your reason stands in its place."))
    return redirect("workbench:claim-publish", claim.pk)


@require_POST
def start(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Take the published claim up again, with a draft that begins as the published verdict."""
    claim = _claim(request, claim_id)
    require(request.user, Action.WRITE_VERDICT, claim)
    start_correction(_publication(claim), request.user, timezone.now())
    messages.success(request, _("The draft begins as the published verdict. Readers see nothing of it yet."))
    return redirect(claim)


def _page(
    request: DeskRequest, claim: Claim, refusal: Refusal | None = None, *, reason: str = "", withdrawal: str = ""
) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        raise refusal
    status = 200 if refusal is None else 409 if isinstance(refusal, (StaleVersion, NotPublished)) else 422
    screen = publication_for(claim, request.user, timezone.now())
    said = {"refusal": str(refusal or ""), "reason": reason, "withdrawal": withdrawal}
    return render(request, "workbench/publication.html", {"screen": screen, **said}, status=status)


def _claim(request: DeskRequest, claim_id: UUID) -> Claim:
    return get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk", "pair"), pk=claim_id)


def _publication(claim: Claim) -> Publication:
    publication = find_publication(claim)
    if publication is None:
        raise NotPublished
    return publication


def _verdict(claim: Claim) -> Verdict:
    verdict = newest_verdict(claim)
    if verdict is None:
        raise VerdictNotApproved
    return verdict
