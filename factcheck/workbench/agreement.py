from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.publishing.csv_tables import csv_answer
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.agreement import agreement_for, lines_of

HEADER = (
    "by",
    "of",
    "claims",
    "agreement",
    "cohens_kappa",
    "fleiss_kappa",
    "krippendorffs_alpha_nominal",
    "krippendorffs_alpha_ordinal",
)


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """How far reviewers agree who rated the same claims blind."""
    require_somewhere(request.user, Action.READ_AGREEMENT)
    screen = agreement_for(request.user, request.GET.get("scale", ""))
    return render(request, "workbench/agreement.html", {"screen": screen})


@require_safe
def download(request: DeskRequest) -> HttpResponse:
    """The same figures for a spreadsheet."""
    require_somewhere(request.user, Action.READ_AGREEMENT)
    screen = agreement_for(request.user, request.GET.get("scale", ""))
    return csv_answer("agreement.csv", [HEADER, *lines_of(screen)])
