from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.claims.errors import UnfitComment
from factcheck.claims.models import Claim, Comment
from factcheck.claims.services.comments import (
    NewComment,
    Subject,
    add_comment,
    delete_comment,
    edit_comment,
    reopen_comment,
    require_mendable,
    resolve_comment,
    resolve_comment_again,
    restore_comment,
    take_back_edit,
)
from factcheck.corpus.models import ConflictPair, Statement
from factcheck.newsroom.models import User
from factcheck.workbench.forms import BackForm, CommentForm, MendForm, VersionForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.claim import claim_for
from factcheck.workbench.screens.talk import said_in
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.templatetags.desk_format import shorten
from factcheck.workbench.undo import remember, way_back


@require_POST
def on_claim(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Say something about a claim. A refusal keeps what was written."""
    claim = get_object_or_404(Claim.objects.readable_by(request.user).select_related("desk", "pair"), pk=claim_id)
    form = CommentForm(request.POST)
    try:
        return redirect(_add(request, claim, form))
    except UnfitComment as refusal:
        screen = claim_for(claim, request.user, timezone.now(), said=said_in(form, refusal))
        context = {"screen": screen, "team": team_for(claim, request.user)}
        return render(request, "workbench/claim.html", context, status=422)


@require_POST
def on_pair(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Say something about a conflict. A refusal keeps what was written."""
    pair = get_object_or_404(ConflictPair.objects.readable_by(request.user).with_sides(), pk=pair_id)
    return _add_or_ask_again(request, pair, "workbench:conflict-comment", pair.get_absolute_url())


@require_POST
def on_statement(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """Say something about a statement, or about some of its words. A refusal keeps what was written."""
    statements = Statement.objects.readable_by(request.user).select_related("article")
    statement = get_object_or_404(statements, pk=statement_id)
    back = f"{statement.article.get_absolute_url()}#t-{statement.pk}"
    return _add_or_ask_again(request, statement, "workbench:statement-comment", back)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, comment_id: UUID) -> HttpResponse:
    """Put one's own comment in other words, while that is possible."""
    comment, now = _comment(request, comment_id), timezone.now()
    if request.method != "POST":
        require_mendable(comment, now, request.user)
        return render(request, "workbench/comment.html", _asking(comment.body, comment.get_absolute_url(), comment))
    said, before = MendForm(request.POST).require_valid(), comment.body
    try:
        _change(comment, said, request.user, now)
    except UnfitComment as refusal:
        asking = _asking(said["body"], comment.get_absolute_url(), comment, refusal)
        return render(request, "workbench/comment.html", asking, status=422)
    back = way_back(comment, said, version=comment.version, body=before)
    remember(request, _("Comment changed"), _about(comment), request.path, **back)
    return redirect(comment)


def _change(comment: Comment, said: Mapping[str, Any], person: User, now: datetime) -> None:
    """Into the words that were written, or back to those that stood before."""
    if said["undoes"]:
        take_back_edit(comment, said["version"], person, now, entry=said["undoes"])
    else:
        edit_comment(comment, said["body"], said["version"], person, now)


@require_POST
def delete(request: DeskRequest, comment_id: UUID) -> HttpResponse:
    """Take one's own comment back, while that is possible."""
    comment, said = _comment(request, comment_id), VersionForm(request.POST).require_valid()
    delete_comment(comment, said["version"], request.user, timezone.now())
    messages.success(request, _("The comment is taken back."))
    address = reverse("workbench:comment-restore", args=[comment.pk])
    remember(request, _("Comment taken back"), _about(comment), address, version=comment.version)
    return redirect(comment)


@require_POST
def restore(request: DeskRequest, comment_id: UUID) -> HttpResponse:
    """Say it after all."""
    comment, said = _comment(request, comment_id), VersionForm(request.POST).require_valid()
    restore_comment(comment, said["version"], request.user, timezone.now())
    address = reverse("workbench:comment-delete", args=[comment.pk])
    remember(request, _("Comment put back"), _about(comment), address, version=comment.version)
    return redirect(comment)


@require_POST
def resolve(request: DeskRequest, comment_id: UUID) -> HttpResponse:
    """Say that what it asks is done."""
    comment, said = _comment(request, comment_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        resolve_comment_again(comment, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        resolve_comment(comment, said["version"], request.user, timezone.now())
    address = reverse("workbench:comment-reopen", args=[comment.pk])
    remember(request, _("Comment resolved"), shorten(comment.body, 80), address, version=comment.version)
    return redirect(comment)


@require_POST
def reopen(request: DeskRequest, comment_id: UUID) -> HttpResponse:
    """Say that what it asks is not done after all."""
    comment, said = _comment(request, comment_id), VersionForm(request.POST).require_valid()
    reopen_comment(comment, said["version"], request.user, timezone.now())
    address = reverse("workbench:comment-resolve", args=[comment.pk])
    back = way_back(comment, said, version=comment.version)
    remember(request, _("Comment reopened"), shorten(comment.body, 80), address, **back)
    return redirect(comment)


def _add(request: DeskRequest, subject: Subject, form: CommentForm) -> Comment:
    said = form.require_valid()
    statement = _statement(request, said["statement"]) if said["statement"] else None
    return add_comment(subject, NewComment(said["body"], statement, said["words"]), request.user, timezone.now())


def _add_or_ask_again(request: DeskRequest, subject: Subject, name: str, back: str) -> HttpResponse:
    form = CommentForm(request.POST)
    try:
        return redirect(_add(request, subject, form))
    except UnfitComment as refusal:
        said = {field: form.data.get(field, "") for field in ("statement", "words")}
        asking = {
            **_asking(form.data.get("body", ""), back, None, refusal),
            **said,
            "action": reverse(name, args=[subject.pk]),
        }
        return render(request, "workbench/comment.html", asking, status=422)


def _asking(body: str, back: str, comment: Comment | None, refusal: UnfitComment | None = None) -> dict[str, object]:
    """What the page shows that asks for a comment's words, again or anew."""
    action = reverse("workbench:comment-edit", args=[comment.pk]) if comment else ""
    return {"body": body, "back": back, "comment": comment, "refusal": refusal, "action": action}


def _statement(request: DeskRequest, statement_id: UUID) -> Statement:
    statements = Statement.objects.readable_by(request.user).select_related("article")
    return get_object_or_404(statements, pk=statement_id)


def _comment(request: DeskRequest, comment_id: UUID) -> Comment:
    comments = Comment.objects.readable_by(request.user).select_related("desk", "statement__article")
    return get_object_or_404(comments, pk=comment_id)


def _about(comment: Comment) -> object:
    """What it is about: the words of one that was taken back stand nowhere."""
    return comment.claim or comment.pair or comment.statement
