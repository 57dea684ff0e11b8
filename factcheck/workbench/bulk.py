from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.services.bulk import (
    Plan,
    bulk_runs_open_to,
    cancel_bulk,
    plan_bulk,
    redo_bulk,
    start_bulk,
    undo_bulk,
)
from factcheck.ledger.models import Job
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.workbench.forms_lists import BulkForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.bulk import plan_screen, run_screen, words_of
from factcheck.workbench.selection import marked_of, rows_of
from factcheck.workbench.undo import remember_bulk

PLAN = "workbench/bulk_plan.html"


@require_POST
def plan(request: DeskRequest) -> HttpResponse:
    """Say what would be done to how many; nothing is changed."""
    form, planned = _planned(request)
    return render(request, PLAN, {"screen": plan_screen(planned, form)})


@require_POST
def start(request: DeskRequest) -> HttpResponse:
    """Begin what was planned; where the number has changed meanwhile, say the new one first."""
    form, planned = _planned(request)
    expected = form.cleaned_data["expected"]
    if expected != len(planned.rows):
        return render(request, PLAN, {"screen": plan_screen(planned, form, expected)}, status=409)
    run = start_bulk(planned, request.user, timezone.now())
    remember_bulk(request, run, words_of(run))
    return redirect("workbench:bulk", run.pk)


@require_safe
def show(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """How far it is; the part alone for the page that asks by itself."""
    run = _run(request, run_id)
    return render(request, f"workbench/{'_' if request.htmx else ''}bulk.html", {"screen": run_screen(run)})


@require_POST
def cancel(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Stop it where it is."""
    run = _run(request, run_id)
    cancel_bulk(run, request.user, timezone.now())
    return redirect("workbench:bulk", run.pk)


@require_POST
def undo(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Take all of it back."""
    taking_back = undo_bulk(_run(request, run_id), request.user, timezone.now())
    remember_bulk(request, taking_back, words_of(taking_back))
    return redirect("workbench:bulk", taking_back.pk)


@require_POST
def redo(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Do again what was taken back."""
    run = redo_bulk(_run(request, run_id), request.user, timezone.now())
    remember_bulk(request, run, words_of(run))
    return redirect("workbench:bulk", run.pk)


def _run(request: DeskRequest, run_id: UUID) -> Job:
    return get_object_or_404(bulk_runs_open_to(request.user), pk=run_id)


def _planned(request: DeskRequest) -> tuple[BulkForm, Plan]:
    require_somewhere(request.user, Action.CHANGE_MANY)
    form = BulkForm(request.POST)
    said = form.require_valid()
    rows = rows_of(request, said["page"], said["query"]) if said["everything"] else None
    marked = marked_of(request, said["page"], said["chosen"] or []) if rows is None else rows
    return form, plan_bulk(said["verb"], marked, request.user, said["choice"])
