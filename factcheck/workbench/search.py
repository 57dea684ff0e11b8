from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.search import search_for


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """What has all the words that were typed."""
    return render(request, "workbench/search.html", {"screen": search_for(request.user, request.GET.get("q", ""))})
