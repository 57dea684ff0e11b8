from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.claims.models import Claim, Piece
from factcheck.claims.services.tags import put_back_tag, tag_piece, untag_piece
from factcheck.corpus.models import Article, ConflictPair
from factcheck.newsroom.models import User
from factcheck.workbench.forms_lists import TagForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.undo import remember, way_back


@require_POST
def on_claim(request: DeskRequest, claim_id: UUID) -> HttpResponse:
    """Tag a claim, or take a tag off."""
    return _carry_out(request, get_object_or_404(Claim.objects.readable_by(request.user), pk=claim_id))


@require_POST
def on_pair(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Tag a conflict, or take a tag off."""
    return _carry_out(request, get_object_or_404(ConflictPair.objects.readable_by(request.user), pk=pair_id))


@require_POST
def on_article(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Tag an article, or take a tag off."""
    return _carry_out(request, get_object_or_404(Article.objects.readable_by(request.user), pk=article_id))


def _carry_out(request: DeskRequest, piece: Piece) -> HttpResponse:
    said = TagForm(request.POST).require_valid()
    if said["act"] == "take_off":
        untag_piece(piece, said["name"], request.user, timezone.now())
        did, name, opposite = _("Tag taken off"), said["name"], "put_on"
    else:
        did, name, opposite = _("Tagged"), _put_on(piece, said, request.user), "take_off"
    remember(request, did, name, request.path, **way_back(piece, said, name=name, act=opposite))
    return redirect(piece)


def _put_on(piece: Piece, said: Mapping[str, Any], person: User) -> str:
    """The tag as the desk writes it."""
    if said["undoes"]:
        return put_back_tag(piece, said["name"], person, timezone.now(), entry=said["undoes"]).tag.name
    return tag_piece(piece, said["name"], person, timezone.now()).tag.name
