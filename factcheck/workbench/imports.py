from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.claims.errors import UnfitImport
from factcheck.claims.models import ReviewImport
from factcheck.claims.services.importing import (
    cancel_import,
    hand_in_reviews,
    resume_import,
    start_import,
    take_back_import,
)
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.publishing.csv_tables import csv_answer
from factcheck.workbench.forms_exchange import ImportForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.exchange import import_lines, import_screen, problem_lines

LIST = "workbench/imports.html"


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: DeskRequest) -> HttpResponse:
    """The imports of one's desks, and the form to hand in another file."""
    require_somewhere(request.user, Action.IMPORT_REVIEWS)
    form = ImportForm(request.POST or None, request.FILES or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        upload, desk = form.cleaned_data["file"], form.cleaned_data["desk"]
        try:
            return redirect(hand_in_reviews(str(upload.name), upload.read(), desk, request.user, now=timezone.now()))
        except UnfitImport as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "lines": import_lines(request.user)}
    return render(request, LIST, context, status=422 if form.errors else 200)


@require_safe
def show(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """What became of a file, or would; the part alone for the page that asks by itself."""
    page = f"workbench/{'_' if request.htmx else ''}import.html"
    return render(request, page, {"screen": import_screen(_find(request, import_id))})


@require_safe
def download_report(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """Everything that is wrong in the rows of a file, for a spreadsheet."""
    found = _find(request, import_id)
    return csv_answer("import-report.csv", problem_lines(found))


@require_POST
def start(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """Import what was checked."""
    return _do(start_import, request, import_id)


@require_POST
def cancel(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """Stop it where it is."""
    return _do(cancel_import, request, import_id)


@require_POST
def resume(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """Go on where it was stopped."""
    return _do(resume_import, request, import_id)


@require_POST
def take_back(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """Take back what it imported."""
    return _do(take_back_import, request, import_id)


def _find(request: DeskRequest, import_id: UUID) -> ReviewImport:
    readable = ReviewImport.objects.readable_by(request.user).select_related("desk", "asked_by")
    return get_object_or_404(readable, pk=import_id)


def _do(act: Callable[[ReviewImport, User, datetime], None], request: DeskRequest, import_id: UUID) -> HttpResponse:
    found = _find(request, import_id)
    act(found, request.user, timezone.now())
    return redirect(found)
