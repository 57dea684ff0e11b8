from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.inbox import inbox_for


@require_safe
def show_inbox(request: DeskRequest) -> HttpResponse:
    """What waits for this person, and what is moving."""
    return render(request, "workbench/inbox.html", {"inbox": inbox_for(request.user, timezone.now())})
