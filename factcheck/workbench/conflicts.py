from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from factcheck.claims.services.assignments import take_following_pair
from factcheck.corpus.models import ConflictPair, PairStatus
from factcheck.corpus.services.conflicts import decide_conflict, put_back_decision, reopen_conflict
from factcheck.workbench.forms import DecisionForm, PutDecisionBackForm, ReopenForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.conflict import conflict_for, find_pair, hidden_for, next_in_queue
from factcheck.workbench.screens.talk import talk_of
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.undo import remember, remember_decision, way_back


@require_safe
def show(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Two statements side by side."""
    pair = _pair(request, pair_id)
    talk = talk_of(pair, (pair.a, pair.b), request.user, timezone.now())
    context = {"conflict": conflict_for(pair, request.user), "talk": talk, "team": team_for(pair, request.user)}
    return render(request, "workbench/conflict.html", context)


@require_safe
def show_next(request: DeskRequest) -> HttpResponse:
    """The first pair of the queue; the queue itself where it is empty."""
    pair = next_in_queue(request.user)
    return redirect(pair) if pair else render(request, "workbench/conflicts_done.html")


@require_safe
def show_hidden(request: DeskRequest) -> HttpResponse:
    """What was dismissed and why; each can be brought back."""
    screen = hidden_for(request.user, request.GET.get("page", "1"))
    return render(request, "workbench/conflicts_hidden.html", {"screen": screen})


STANDS = {
    PairStatus.SUGGESTED: gettext_lazy("%(pair)s waits for a decision again."),
    PairStatus.PARKED: gettext_lazy("%(pair)s is parked again, as it was before."),
    PairStatus.HELD: gettext_lazy("%(pair)s is held back again, as its score is too low to be suggested."),
    PairStatus.OBSOLETE: gettext_lazy("%(pair)s has lost a side meanwhile; nothing is left to decide."),
}


@require_POST
def decide(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Decide a pair and slide to the next, into one's hands where one works from the queue.

    A script has the next one at hand, and gets the way back alone.
    """
    pair, said, now = _pair(request, pair_id), DecisionForm(request.POST).require_valid(), timezone.now()
    is_scripted = "X-Queue" in request.headers
    following = None if is_scripted else next_in_queue(request.user, after=pair)
    decide_conflict(pair, said["decision"], said["version"], request.user, now=now, kind=said["kind"])
    remember_decision(request, pair)
    taken = take_following_pair(pair, request.user, now)
    if is_scripted:
        return render(request, "_undo.html")
    return redirect(taken or following or "workbench:conflict-next")


@require_POST
def reopen(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Take a decision back, and show the pair again."""
    pair, said = _pair(request, pair_id), ReopenForm(request.POST).require_valid()
    reopen_conflict(pair, said["version"], request.user, timezone.now())
    address = reverse("workbench:conflict-put-back", args=[pair.pk])
    remember(request, _("Decision taken back"), pair, address, **way_back(pair, {}, version=pair.version))
    if said["back"]:
        messages.success(request, STANDS[PairStatus(pair.status)] % {"pair": pair})
        return redirect("workbench:conflicts-hidden")
    return redirect(pair)


@require_POST
def put_back(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Let the decision stand again that was taken back last, as it was."""
    pair, said = _pair(request, pair_id), PutDecisionBackForm(request.POST).require_valid()
    put_back_decision(pair, said["version"], request.user, timezone.now(), entry=said["undoes"])
    remember_decision(request, pair)
    return redirect(pair)


def _pair(request: DeskRequest, pair_id: UUID) -> ConflictPair:
    pair = find_pair(pair_id, request.user)
    if pair is None:
        raise Http404
    return pair
