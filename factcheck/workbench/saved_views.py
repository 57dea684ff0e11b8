from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.newsroom.alerts import end_alert, start_alert
from factcheck.newsroom.errors import UnfitView
from factcheck.newsroom.models import SavedView
from factcheck.newsroom.views import NewView, put_back_view, remove_view, save_view
from factcheck.workbench.forms_lists import AlertForm, PutBackViewForm, SaveViewForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.shell import Rail
from factcheck.workbench.selection import plain_query, rows_of
from factcheck.workbench.undo import remember


@require_safe
def show_counts(request: DeskRequest) -> HttpResponse:
    """The saved views in the rail, with how many rows each finds now: asked by the page once it is there."""
    links = [replace(link, count=_count(request, link.view)) for link in Rail(request.user, "").views]
    return render(request, "_rail_views.html", {"rail": {"views": links}, "counted": True})


def _count(request: DeskRequest, view: SavedView) -> int:
    try:
        return rows_of(request, view.page, view.query).count()
    except UnfitView:  # the list has lost a filter since
        return 0


@require_POST
def save(request: DeskRequest) -> HttpResponse:
    """Keep the filters of a list under a name."""
    if not request.user.roles:
        raise PermissionDenied
    said = SaveViewForm(request.POST, person=request.user).require_valid()
    query = plain_query(said["page"], said["query"])
    rows_of(request, said["page"], query)
    view = save_view(
        NewView(said["page"], said["name"], query, said["desk"], said["alerts"]), request.user, timezone.now()
    )
    remember(request, _("View saved"), view.name, reverse("workbench:view-remove", args=[view.pk]))
    return redirect(f"{reverse(f'admin:{view.page}_changelist')}?{query}")


@require_POST
def alert(request: DeskRequest) -> HttpResponse:
    """Be told when something new matches a view, or be told no more."""
    if not request.user.roles:
        raise PermissionDenied
    said = AlertForm(request.POST).require_valid()
    view = get_object_or_404(SavedView.objects.seen_by(request.user), pk=said["view"])
    if said["act"] == "start":
        start_alert(view, request.user, timezone.now())
        messages.success(request, _("You are told when something new matches “%(name)s”.") % {"name": view.name})
    else:
        end_alert(view, request.user, timezone.now())
        messages.success(request, _("You are not told of “%(name)s” any more.") % {"name": view.name})
    return redirect(view.get_absolute_url())


@require_POST
def remove(request: DeskRequest, view_id: UUID) -> HttpResponse:
    """Forget a saved view."""
    view = get_object_or_404(SavedView.objects.seen_by(request.user).select_related("desk"), pk=view_id)
    remove_view(view, request.user, timezone.now())
    remember(request, _("View removed"), view.name, reverse("workbench:view-put-back"), view=view_id)
    return redirect(f"admin:{view.page}_changelist")


@require_POST
def put_back(request: DeskRequest) -> HttpResponse:
    """Keep a view after all that was removed, as it was."""
    if not request.user.roles:
        raise PermissionDenied
    said = PutBackViewForm(request.POST).require_valid()
    view = put_back_view(said["view"], request.user, timezone.now())
    remember(request, _("View saved"), view.name, reverse("workbench:view-remove", args=[view.pk]))
    return redirect(view.get_absolute_url())
