"""What monitors ask: does the process live, may it get requests, and how is everything."""

from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from factcheck.jobs.health import examine, find_broker, find_unreadiness
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


@login_not_required
@require_safe
def show_life(request: HttpRequest) -> HttpResponse:
    """The process lives; asks nobody."""
    return JsonResponse({"status": "alive"})


@login_not_required
@require_safe
def show_readiness(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve: 503 with the reasons where it cannot.

    Redis away is said and is no reason: articles and decisions are taken without it.
    """
    reasons = find_unreadiness()
    body = {"status": "not ready" if reasons else "ready", "reasons": reasons, "broker": find_broker()}
    return JsonResponse(body, status=503 if reasons else 200)


@login_not_required
@require_safe
def show_health(request: HttpRequest) -> HttpResponse:
    """Everything, for admins and for a monitor that has the token."""
    if not _has_token(request):
        person = request.user
        if not isinstance(person, User):
            return JsonResponse({"detail": "Sign in, or send the token."}, status=401)
        if not desks_reached(person, Action.READ_HEALTH, Reach.DESK):
            return JsonResponse({"detail": "Only admins see this."}, status=403)
    return JsonResponse(examine(timezone.now()).as_json())


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    return bool(settings.HEALTH_TOKEN) and compare_digest(given, str(settings.HEALTH_TOKEN).encode())
