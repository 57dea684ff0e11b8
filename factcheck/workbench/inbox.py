from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from factcheck.newsroom.looks import move_tour
from factcheck.workbench.forms_own import ArrivalsForm, TourForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.arrivals import arrivals_for
from factcheck.workbench.screens.inbox import inbox_for


@require_safe
def show_inbox(request: DeskRequest) -> HttpResponse:
    """What waits for this person, and what is moving."""
    return render(request, "workbench/inbox.html", {"inbox": inbox_for(request.user, timezone.now())})


@require_safe
def show_arrivals(request: DeskRequest) -> HttpResponse:
    """How much is new since a page was loaded; the page itself stays as it is."""
    said = ArrivalsForm(request.GET).require_valid()
    arrivals = arrivals_for(request.user, said["on"], said["since"])
    return render(request, "workbench/_arrivals.html", {"arrivals": arrivals})


@require_POST
def tour(request: DeskRequest) -> HttpResponse:
    """Go to a step of the tour, or put it away."""
    move_tour(request.user, TourForm(request.POST).require_valid()["step"], timezone.now())
    return redirect("workbench:inbox")
