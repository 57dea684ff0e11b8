from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.newsroom.tokens import create_token, revoke_token, rotate_token, tokens_shown_to
from factcheck.workbench.forms_tokens import GraceForm, TokenForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.tokens import Made, tokens_for

PAGE = "workbench/tokens.html"


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """One's own keys, and those of the desks that one administers."""
    require_somewhere(request.user, Action.CREATE_TOKEN)
    return render(request, PAGE, {"screen": tokens_for(request.user, timezone.now())})


@require_POST
def make(request: DeskRequest) -> HttpResponse:
    """Make a key, and show it once; a refusal keeps what was typed."""
    require_somewhere(request.user, Action.CREATE_TOKEN)
    form, now = TokenForm(request.POST, person=request.user), timezone.now()
    if form.is_valid():
        try:
            made = Made(*create_token(form.new_token(), form.cleaned_data["desk"], request.user, now))
            return render(request, PAGE, {"screen": tokens_for(request.user, now, made=made)})
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, PAGE, {"screen": tokens_for(request.user, now, form=form)}, status=422)


@require_POST
def rotate(request: DeskRequest, token_id: UUID) -> HttpResponse:
    """Give one's own token a new key, and show that once."""
    own = tokens_shown_to(request.user).filter(user=request.user).select_related("desk")
    token, said = get_object_or_404(own, pk=token_id), GraceForm(request.POST).require_valid()
    now = timezone.now()
    made = Made(token, rotate_token(token, timedelta(hours=said["grace"]), request.user, now))
    return render(request, PAGE, {"screen": tokens_for(request.user, now, made=made)})


@require_POST
def revoke(request: DeskRequest, token_id: UUID) -> HttpResponse:
    """Make a key worthless."""
    token = get_object_or_404(tokens_shown_to(request.user), pk=token_id)
    revoke_token(token, request.user, timezone.now())
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("workbench:tokens")
