"""How much one person or token may ask: so many requests in each minute, told in every answer.

Counted in Redis where there is one, so that all web processes of all machines count together; without it, by the one
web process that there is. A Redis that is away lets everybody through.
"""

import time
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache as own_memory
from django.http import HttpResponseBase
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rest_framework.throttling import BaseThrottle

from factcheck.api.requests import DeskRequest
from factcheck.newsroom.addresses import address_of
from factcheck.newsroom.models import AccessToken, User

WINDOW = 60  # seconds
PATIENCE = 0.2  # seconds that a request waits for Redis
LEFT_ALONE = 5.0  # seconds in which nobody waits for a Redis that did not answer


class PersonThrottle(BaseThrottle):
    """Count the requests of a token, or of a person's sessions, in the running minute."""

    def allow_request(self, request: DeskRequest, view: Any) -> bool:  # type: ignore[override]  # ours is narrower
        """Count this one, and keep on the view what the answer shall say."""
        view.rate = rate = count_request(_who(request), limit_of(request.auth))
        self._reset = float(rate["reset"])
        return rate["used"] <= rate["limit"]

    def wait(self) -> float:
        """Seconds until the next minute."""
        return self._reset


def count_request(who: str, limit: int) -> dict[str, int]:
    """Count a request of somebody in the running minute: how many there were, how many there may be, how long yet."""
    now = time.time()
    used = _count(f"factcheck:api:{who}:{int(now // WINDOW)}")
    return {"limit": limit, "used": used, "reset": WINDOW - int(now % WINDOW)}


def limit_of(token: AccessToken | None) -> int:
    """How many requests a minute may be sent: as many as anybody may, by a token perhaps fewer."""
    own = token.rate if token is not None else None
    return min(settings.API_RATE, own or settings.API_RATE)


def _who(request: DeskRequest) -> str:
    """A token, a person, or for what is published the address that somebody comes from."""
    known: AccessToken | User | AnonymousUser = request.auth or request.user
    if known.pk is not None:
        return str(known.pk)
    return f"from:{address_of(request._request, settings.TRUSTED_PROXIES)}"  # noqa: SLF001 -- DRF's name for Django's request


class SharedCount:
    """Counts in Redis, without ever keeping a request waiting for long."""

    def __init__(self, url: str) -> None:
        """Connect when something is counted, so not before a fork."""
        waits = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
        self._redis = Redis.from_url(url, retry=Retry(NoBackoff(), 1), **waits)
        self._left_alone_until = 0.0

    def add(self, key: str) -> int:
        """How often this key was counted; 0 while Redis is away."""
        if time.monotonic() < self._left_alone_until:
            return 0
        try:
            used = int(self._redis.incr(key))
            if used == 1:  # one trip for all others; who dies in between leaves a few bytes
                self._redis.expire(key, 2 * WINDOW)
        except RedisError:
            self._left_alone_until = time.monotonic() + LEFT_ALONE
            return 0
        return used


def tell_rate(response: HttpResponseBase, rate: dict[str, int]) -> None:
    """Say limit and rest in the headers of the IETF's draft."""
    left = max(rate["limit"] - rate["used"], 0)
    response["RateLimit-Policy"] = f'"person";q={rate["limit"]};w={WINDOW}'
    response["RateLimit"] = f'"person";r={left};t={rate["reset"]}'


def _count(key: str) -> int:
    if settings.REDIS_URL:
        return _shared(settings.REDIS_URL).add(key)
    try:
        own_memory.add(key, 0, timeout=2 * WINDOW)
        return own_memory.incr(key)
    except ValueError:  # expired between the two
        return 0


_shared = cache(SharedCount)
