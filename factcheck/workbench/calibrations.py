from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.models import CalibrationVersion
from factcheck.corpus.services.calibrating import adopt_calibration, ask_calibration, set_aside_calibration
from factcheck.newsroom.permissions import Action, require, require_somewhere
from factcheck.workbench.forms import CalibrateForm, VersionForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.calibrations import calibration_screen, calibrations_screen


@require_safe
def list_versions(request: DeskRequest) -> HttpResponse:
    """How far the suggestions can be trusted, and the calibrations of this person's desks, newest first."""
    require_somewhere(request.user, Action.READ_CALIBRATION)
    return render(request, "workbench/calibrations.html", {"screen": calibrations_screen(request.user)})


@require_safe
def show(request: DeskRequest, calibration_id: UUID) -> HttpResponse:
    """What a calibration has learned and would do."""
    calibration = _calibration(request, calibration_id)
    require(request.user, Action.READ_CALIBRATION, calibration)
    screen = calibration_screen(calibration, request.user)
    return render(request, "workbench/calibration.html", {"screen": screen})


@require_POST
def propose(request: DeskRequest) -> HttpResponse:
    """Learn from a desk's decisions now, and not when the timetable comes to it."""
    require_somewhere(request.user, Action.CALIBRATE)
    desk = CalibrateForm(request.POST, person=request.user).require_valid()["desk"]
    ask_calibration(desk, request.user, timezone.now())
    messages.success(request, _("Learning from the decisions of %(desk)s. Nothing changes by it.") % {"desk": desk})
    return redirect("workbench:calibrations")


@require_POST
def adopt(request: DeskRequest, calibration_id: UUID) -> HttpResponse:
    """Score the desk's pairs by a calibration from now on."""
    calibration, said = _calibration(request, calibration_id), VersionForm(request.POST).require_valid()
    adopt_calibration(calibration, said["version"], request.user, timezone.now())
    told = _("Calibration %(number)s is in use. What waits is scored anew.")
    messages.success(request, told % {"number": calibration.number})
    return redirect(calibration)


@require_POST
def set_aside(request: DeskRequest, calibration_id: UUID) -> HttpResponse:
    """Score the desk's pairs by the engine alone from now on."""
    calibration, said = _calibration(request, calibration_id), VersionForm(request.POST).require_valid()
    set_aside_calibration(calibration, said["version"], request.user, timezone.now())
    told = _("Calibration %(number)s is set aside: the engine's own scores hold. What waits is scored anew.")
    messages.success(request, told % {"number": calibration.number})
    return redirect(calibration)


def _calibration(request: DeskRequest, calibration_id: UUID) -> CalibrationVersion:
    of_desks = CalibrationVersion.objects.filter(desk__in=request.user.desk_ids)
    people = ("proposed_by", "adopted_by", "set_aside_by")
    return get_object_or_404(of_desks.select_related("desk", *people), pk=calibration_id)
