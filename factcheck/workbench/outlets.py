from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.models import Outlet
from factcheck.corpus.services.outlets import rename_outlet
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.workbench.forms_corrections import OutletForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.outlet import outlet_for
from factcheck.workbench.undo import forget, remember


@require_safe
def show(request: DeskRequest, outlet_id: UUID) -> HttpResponse:
    """An outlet and its newest articles."""
    outlet = _outlet(request, outlet_id)
    return _page(request, outlet, OutletForm(initial={"name": outlet.name, "version": outlet.version}))


@require_POST
def rename(request: DeskRequest, outlet_id: UUID) -> HttpResponse:
    """Give it another name; a refusal keeps what was typed."""
    outlet, form = _outlet(request, outlet_id), OutletForm(request.POST)
    before = outlet.name
    if not form.is_valid():
        return _page(request, outlet, form)
    try:
        rename_outlet(outlet, form.cleaned_data["name"], form.cleaned_data["version"], request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, outlet, form)
    address = reverse("workbench:outlet-rename", args=[outlet.pk])
    remember(request, _("Outlet renamed"), outlet, address, version=outlet.version, name=before)
    return redirect(outlet)


def _outlet(request: DeskRequest, outlet_id: UUID) -> Outlet:
    desks = desks_reached(request.user, Action.READ_ARTICLE, Reach.DESK)
    return get_object_or_404(Outlet, desk__in=desks, pk=outlet_id)


def _page(request: DeskRequest, outlet: Outlet, form: OutletForm) -> HttpResponse:
    if form.errors:
        forget(request)  # it may have been the key that takes the last act back
    context = {"screen": outlet_for(outlet, request.user), "form": form}
    return render(request, "workbench/outlet.html", context, status=422 if form.errors else 200)
