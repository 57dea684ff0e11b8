from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from factcheck.claims.models import Claim
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.earlier import earlier_screen


@require_safe
def show(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """The earlier checks of a claim's sentence: a page, or for the box on the claim's page its part alone."""
    claims = Claim.objects.readable_by(request.user).select_related("desk", "pair")
    screen = earlier_screen(get_object_or_404(claims, pk=claim_id), request.user)
    page = "workbench/_earlier.html" if request.htmx else "workbench/earlier.html"
    return render(request, page, {"screen": screen})
