from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from factcheck.corpus.models import ShadowReport
from factcheck.newsroom.permissions import Action, require, require_somewhere
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.shadow import report_screen, reports_for


@require_safe
def list_reports(request: DeskRequest) -> HttpResponse:
    """The shadow runs of this person's desks, newest first."""
    require_somewhere(request.user, Action.READ_SHADOW_REPORT)
    return render(request, "workbench/shadow_reports.html", {"reports": reports_for(request.user)})


@require_safe
def show_report(request: DeskRequest, report_id: UUID) -> HttpResponse:
    """What an engine would change, article by article."""
    report = get_object_or_404(ShadowReport, pk=report_id, desk__in=request.user.desk_ids)
    require(request.user, Action.READ_SHADOW_REPORT, report)
    screen = report_screen(report, request.user, request.GET.get("page", "1"))
    return render(request, "workbench/shadow_report.html", {"screen": screen})
