from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.publishing.export_files import path_of
from factcheck.publishing.export_shapes import SHAPES
from factcheck.publishing.exporting import ask_export, cancel_export, open_export, remove_export, resume_export
from factcheck.publishing.models import Export
from factcheck.publishing.sending import send_file
from factcheck.workbench.forms_exchange import ExportForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.exchange import export_line, export_lines

LIST = "workbench/exports.html"


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: DeskRequest) -> HttpResponse:
    """One's exports, and the form to ask for another."""
    require_somewhere(request.user, Action.EXPORT_PUBLISHED)
    form = ExportForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        what, shape = form.what_and_shape
        ask_export(what, shape, form.cleaned_data["desk"], request.user, timezone.now())
        return redirect("workbench:exports")
    context = {"form": form, "lines": export_lines(request.user, timezone.now())}
    return render(request, LIST, context, status=422 if form.errors else 200)


@require_safe
def show(request: DeskRequest, export_id: UUID) -> HttpResponse:
    """How far it is; the part alone for the page that asks by itself."""
    page = f"workbench/{'_' if request.htmx else ''}export.html"
    return render(request, page, {"line": export_line(_find(request, export_id), timezone.now())})


@require_safe
def download(request: DeskRequest, export_id: UUID) -> HttpResponseBase:
    """The file, or the part of it that is asked for."""
    export = open_export(_find(request, export_id), request.user, timezone.now())
    shape = SHAPES[export.what, export.shape]
    return send_file(request, path_of(export.part), export.file_name, shape.media_type, export.sha256)


@require_POST
def cancel(request: DeskRequest, export_id: UUID) -> HttpResponse:
    """Stop writing it."""
    return _do(cancel_export, request, export_id)


@require_POST
def resume(request: DeskRequest, export_id: UUID) -> HttpResponse:
    """Go on where it was stopped."""
    return _do(resume_export, request, export_id)


@require_POST
def remove(request: DeskRequest, export_id: UUID) -> HttpResponse:
    """Take the file away before its time."""
    return _do(remove_export, request, export_id)


def _find(request: DeskRequest, export_id: UUID) -> Export:
    return get_object_or_404(Export.objects.of(request.user).select_related("desk"), pk=export_id)


def _do(act: Callable[[Export, User, datetime], None], request: DeskRequest, export_id: UUID) -> HttpResponse:
    act(_find(request, export_id), request.user, timezone.now())
    return redirect("workbench:exports")
