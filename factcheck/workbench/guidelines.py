from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.claims.models import RatingScale
from factcheck.claims.services.guidelines import revise_guidelines, revise_scale
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.workbench.forms import GuidelinesForm, ScaleForm
from factcheck.workbench.refusals import status_of
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.guidelines import Refused, guidelines_for


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest, desk_id: UUID) -> HttpResponse:
    """A desk's guidelines and scales; a lead writes the next version. A refusal keeps what was written."""
    desk = _desk(request, desk_id)
    if request.method != "POST":
        number = request.GET.get("version", "")
        return _page(request, desk, int(number) if number.isascii() and number.isdigit() else None)
    said = GuidelinesForm(request.POST).require_valid()
    try:
        revise_guidelines(desk, said["text"], said["number"], request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, desk, None, Refused(str(refusal), said["text"]), status_of(refusal))
    messages.success(request, _("The next version of the guidelines is in force."))
    return redirect("workbench:guidelines", desk.pk)


@require_POST
def scale(request: DeskRequest, scale_id: UUID) -> HttpResponse:
    """Write the next version of a scale. A refusal keeps what was written."""
    scale = get_object_or_404(RatingScale.objects.select_related("desk"), pk=scale_id)
    desk = _desk(request, scale.desk_id)
    form = ScaleForm(request.POST)
    said = form.require_valid()
    try:
        revise_scale(scale, form.steps(), said["version"], request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        brought = Refused(str(refusal), scale=scale, data=form.data)
        return _page(request, desk, None, brought, status_of(refusal))
    messages.success(request, _("The next version of the scale is in force."))
    return redirect("workbench:guidelines", desk.pk)


def _page(
    request: DeskRequest, desk: Desk, number: int | None, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    screen = guidelines_for(desk, request.user, number, refused)
    return render(request, "workbench/guidelines.html", {"screen": screen}, status=status)


def _desk(request: DeskRequest, desk_id: UUID) -> Desk:
    if desk_id not in desks_reached(request.user, Action.READ_ARTICLE, Reach.DESK):
        raise Http404
    return get_object_or_404(Desk, pk=desk_id)
