from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from factcheck.publishing.pages import show_index
from factcheck.workbench.inbox import show_inbox
from factcheck.workbench.languages import speak_to
from factcheck.workbench.requests import DeskRequest


@login_not_required
@require_safe
def show_home(request: HttpRequest) -> HttpResponseBase:
    """The inbox for whoever is signed in, what is published for everybody else."""
    if request.user.is_authenticated:
        speak_to(request)
        return show_inbox(cast("DeskRequest", request))
    answer = show_index(request)
    answer["Cache-Control"] = "private, no-cache"  # at the same address stands somebody's inbox
    del answer["Access-Control-Allow-Origin"]
    patch_vary_headers(answer, ["Cookie"])
    return answer
