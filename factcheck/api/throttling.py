"""How much one person or token may ask: so many requests in each minute, told in every answer.

Counted in Django's cache: each process counts for itself unless the cache is shared. A cache that is away lets
everybody through.
"""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseBase
from redis.exceptions import RedisError
from rest_framework.throttling import BaseThrottle

from factcheck.api.requests import DeskRequest

WINDOW = 60  # seconds


class PersonThrottle(BaseThrottle):
    """Count the requests of a token, or of a person's sessions, in the running minute."""

    def allow_request(self, request: DeskRequest, view: Any) -> bool:  # type: ignore[override]  # ours is narrower
        """Count this one, and keep on the view what the answer shall say."""
        now = time.time()
        used = _count(f"api:{(request.auth or request.user).pk}:{int(now // WINDOW)}")
        view.rate = {"limit": settings.API_RATE, "used": used, "reset": WINDOW - int(now % WINDOW)}
        self._reset = float(view.rate["reset"])
        return used <= settings.API_RATE

    def wait(self) -> float:
        """Seconds until the next minute."""
        return self._reset


def tell_rate(response: HttpResponseBase, rate: dict[str, int]) -> None:
    """Say limit and rest in the headers of the IETF's draft."""
    left = max(rate["limit"] - rate["used"], 0)
    response["RateLimit-Policy"] = f'"person";q={rate["limit"]};w={WINDOW}'
    response["RateLimit"] = f'"person";r={left};t={rate["reset"]}'


def _count(key: str) -> int:
    try:
        cache.add(key, 0, timeout=2 * WINDOW)
        return cache.incr(key)
    except (RedisError, ValueError):  # away, or expired between the two
        return 0
