from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.claims.models import Assignment, Claim, Piece
from factcheck.claims.services.assignments import (
    assign_work,
    reassign_work,
    release_work,
    take_back_reassignment,
    take_next_article,
    take_next_assessment,
    take_next_claim,
    take_next_pair,
    take_work,
)
from factcheck.claims.services.claims import assign_claim
from factcheck.corpus.models import Article, ConflictPair
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, people_who_may, require, require_somewhere
from factcheck.workbench.forms_team import AssignForm, AssignmentForm, LeaveForm, ReassignForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.assigning import assigning_for
from factcheck.workbench.screens.stages import stages_for
from factcheck.workbench.screens.work import work_for
from factcheck.workbench.undo import forget, remember, remember_hands, way_back


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """What waits for this person, and what the team has in hand."""
    return render(
        request,
        "workbench/work.html",
        {"screen": work_for(request.user), "stages": stages_for(request.user, timezone.now())},
    )


@require_POST
def take_pair(request: DeskRequest) -> HttpResponse:
    """Take the next conflict; the one in hand is left first where the form says so."""
    require_somewhere(request.user, Action.DECIDE_PAIR)
    left = LeaveForm(request.POST).require_valid()["leave"]
    leave = get_object_or_404(ConflictPair.objects.readable_by(request.user), pk=left) if left else None
    return _go_to(request, take_next_pair(request.user, timezone.now(), leave=leave))


@require_POST
def take_claim(request: DeskRequest) -> HttpResponse:
    """Take the next claim."""
    return _go_to(request, take_next_claim(request.user, timezone.now()))


@require_POST
def take_article(request: DeskRequest) -> HttpResponse:
    """Take the next article to check."""
    return _go_to(request, take_next_article(request.user, timezone.now()))


@require_POST
def take_assessment(request: DeskRequest) -> HttpResponse:
    """Take the next claim to assess blind."""
    claim = take_next_assessment(request.user, timezone.now())
    return redirect("workbench:assessment", claim.pk) if claim else _go_to(request, None)


@require_POST
def take_this_pair(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Take the conflict that one looks at."""
    return _take(request, get_object_or_404(ConflictPair.objects.readable_by(request.user).with_sides(), pk=pair_id))


@require_POST
def take_this_article(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Take the article that one looks at, to check it."""
    articles = Article.objects.readable_by(request.user).select_related("desk")
    return _take(request, get_object_or_404(articles, pk=article_id))


@require_POST
def release(request: DeskRequest) -> HttpResponse:
    """Put a piece back into its queue."""
    require_somewhere(request.user, Action.RELEASE_WORK)
    said = AssignmentForm(request.POST).require_valid()
    release_work(_assignment(request, said["assignment"], said["held_by"]), request.user, timezone.now())
    forget(request)  # it may have been the key that takes the last act back; it is taken again by its own button
    messages.success(request, _("Put back into the queue."))
    return redirect("workbench:work")


@require_POST
def reassign(request: DeskRequest) -> HttpResponse:
    """Give what one colleague has to another."""
    require_somewhere(request.user, Action.ASSIGN_WORK)
    said = ReassignForm(request.POST).require_valid()
    assignment = _assignment(request, said["assignment"], said["held_by"])
    to = get_object_or_404(User, pk=said["person"], memberships__desk=assignment.desk_id)
    if said["undoes"]:
        take_back_reassignment(assignment, request.user, timezone.now(), entry=said["undoes"])
    else:
        reassign_work(assignment, to, request.user, timezone.now())
    back = way_back(assignment.piece, said, assignment=said["assignment"], held_by=to.pk, person=said["held_by"])
    remember(request, _("Given to %(who)s") % {"who": to}, assignment.piece, request.path, **back)
    messages.success(request, _("%(who)s has it now, and is told.") % {"who": to})
    return redirect("workbench:work")


@require_http_methods(["GET", "HEAD", "POST"])
def assign_a_claim(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Give a claim to a colleague."""
    claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk"), pk=claim_id)
    require(request.user, Action.ASSIGN_CLAIM, claim)
    form = AssignForm(request.POST or None, people=people_who_may(Action.TAKE_CLAIM, claim.desk_id))
    if not (form.is_bound and form.is_valid()):
        return _ask_whom(request, claim, form)
    assign_claim(claim, form.cleaned_data["person"], request.user, timezone.now())
    return _given(request, claim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def assign_a_pair(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Give a conflict to a colleague."""
    pair = get_object_or_404(ConflictPair.objects.readable_by(request.user).with_sides(), pk=pair_id)
    return _assign(request, pair, people_who_may(Action.DECIDE_PAIR, pair.desk_id))


@require_http_methods(["GET", "HEAD", "POST"])
def assign_an_article(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Give an article to check to a colleague."""
    article = get_object_or_404(Article.objects.readable_by(request.user).select_related("desk"), pk=article_id)
    return _assign(request, article, people_who_may(Action.CHECK_ARTICLE, article.desk_id))


def _take(request: DeskRequest, piece: ConflictPair | Article) -> HttpResponse:
    take_work(piece, request.user, timezone.now())
    remember_hands(request, piece, request.user, _("Taken"))
    return redirect(piece)


def _assign(request: DeskRequest, piece: ConflictPair | Article, people: QuerySet[User]) -> HttpResponse:
    require(request.user, Action.ASSIGN_WORK, piece)
    form = AssignForm(request.POST or None, people=people)
    if not (form.is_bound and form.is_valid()):
        return _ask_whom(request, piece, form)
    assign_work(piece, form.cleaned_data["person"], request.user, timezone.now())
    return _given(request, piece, form)


def _ask_whom(request: DeskRequest, piece: Claim | ConflictPair | Article, form: AssignForm) -> HttpResponse:
    context = {"form": form, "screen": assigning_for(piece, form.fields["person"].queryset)}  # type: ignore[attr-defined]  # of a choice of models
    return render(request, "workbench/assign.html", context, status=422 if form.errors else 200)


def _given(request: DeskRequest, piece: Piece, form: AssignForm) -> HttpResponse:
    who = form.cleaned_data["person"]
    remember_hands(request, piece, who, _("Given to %(who)s") % {"who": who})
    messages.success(request, _("%(who)s has it now, and is told.") % {"who": who})
    return redirect("workbench:work")


def _go_to(request: DeskRequest, piece: Claim | ConflictPair | Article | None) -> HttpResponse:
    """The piece that was taken; where none is left, the page of work says so."""
    if piece is None:
        messages.info(request, _("Nothing is left there: everything is done, or in somebody's hands."))
        return redirect("workbench:work")
    return redirect(piece)


def _assignment(request: DeskRequest, public_id: UUID, held_by: UUID) -> Assignment:
    """The assignment as the person saw it: if it went to somebody else meanwhile, the services say so."""
    rows = Assignment.objects.readable_by(request.user).with_pieces()
    assignment = get_object_or_404(rows, public_id=public_id)
    if assignment.person_id != held_by:
        assignment.person = get_object_or_404(User, pk=held_by, memberships__desk=assignment.desk_id)
    return assignment
