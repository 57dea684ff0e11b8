from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from factcheck.claims.services.assignments import take_following_pair
from factcheck.corpus.models import ConflictPair
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.workbench.forms import DecisionForm, VersionForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.conflict import conflict_for, next_in_queue
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.undo import forget_decision, remember_decision


@require_safe
def show(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Two statements side by side."""
    pair = _pair(request, pair_id)
    conflict = conflict_for(pair, request.user, request.session)
    context = {"conflict": conflict, "team": team_for(pair, request.user)}
    return render(request, "workbench/conflict.html", context)


@require_safe
def show_next(request: DeskRequest) -> HttpResponse:
    """The first pair of the queue; the queue itself where it is empty."""
    pair = next_in_queue(request.user)
    return redirect(pair) if pair else render(request, "workbench/conflicts_done.html")


@require_POST
def decide(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Decide a pair and slide to the next: into one's hands, where one works from the queue."""
    pair, said = _pair(request, pair_id), DecisionForm(request.POST).require_valid()
    following = next_in_queue(request.user, after=pair)
    now = timezone.now()
    decide_conflict(pair, said["decision"], said["version"], request.user, now=now, kind=said["kind"])
    remember_decision(request.session, pair)
    taken = take_following_pair(pair, request.user, now)
    return redirect(taken or following or "workbench:conflict-next")


@require_POST
def reopen(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Take a decision back, and show the pair again."""
    pair, said = _pair(request, pair_id), VersionForm(request.POST).require_valid()
    reopen_conflict(pair, said["version"], request.user, timezone.now())
    forget_decision(request.session)
    return redirect(pair)


def _pair(request: DeskRequest, pair_id: UUID) -> ConflictPair:
    return get_object_or_404(ConflictPair.objects.readable_by(request.user).with_sides(), pk=pair_id)
