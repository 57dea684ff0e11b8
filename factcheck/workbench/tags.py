from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.claims.models import Claim, Piece
from factcheck.claims.services.tags import tag_piece, untag_piece
from factcheck.corpus.models import Article, ConflictPair
from factcheck.workbench.forms_lists import TagForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.undo import remember


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
        remember(request, _("Tag taken off"), said["name"], request.path, name=said["name"], act="put_on")
    else:
        name = tag_piece(piece, said["name"], request.user, timezone.now()).tag.name
        remember(request, _("Tagged"), name, request.path, name=name, act="take_off")
    return redirect(piece)
