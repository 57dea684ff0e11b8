from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.models import CalibrationVersion
from factcheck.corpus.services.calibrating import adopt_calibration
from factcheck.newsroom.permissions import Action, require, require_somewhere
from factcheck.workbench.forms import VersionForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.calibrations import calibration_screen, calibrations_screen


@require_safe
def list_versions(request: DeskRequest) -> HttpResponse:
    """How far the suggestions can be trusted, and the calibrations of this person's desks, newest first."""
    require_somewhere(request.user, Action.CALIBRATE)
    return render(request, "workbench/calibrations.html", {"screen": calibrations_screen(request.user)})


@require_safe
def show(request: DeskRequest, calibration_id: UUID) -> HttpResponse:
    """What a calibration has learned and would do."""
    calibration = _calibration(request, calibration_id)
    require(request.user, Action.CALIBRATE, calibration)
    screen = calibration_screen(calibration, request.user)
    return render(request, "workbench/calibration.html", {"screen": screen})


@require_POST
def adopt(request: DeskRequest, calibration_id: UUID) -> HttpResponse:
    """Score the desk's pairs by a calibration from now on."""
    calibration, said = _calibration(request, calibration_id), VersionForm(request.POST).require_valid()
    adopt_calibration(calibration, said["version"], request.user, timezone.now())
    messages.success(request, f"Calibration {calibration.number} is in use. What waits is scored anew.")
    return redirect(calibration)


def _calibration(request: DeskRequest, calibration_id: UUID) -> CalibrationVersion:
    of_desks = CalibrationVersion.objects.filter(desk__in=request.user.desk_ids)
    return get_object_or_404(of_desks.select_related("desk", "proposed_by", "adopted_by"), pk=calibration_id)
