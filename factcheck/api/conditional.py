"""What one saw, and whether it still stands: ETag, If-None-Match, If-Match.

An ETag is `"<version>.<digest>"` for a thing that people edit and `"<digest>"` for the rest. If-Match looks at the
version alone, so a thing that merely reads differently (a colleague's new name) can still be edited. A list's is weak,
`W/"<digest>"`: it stands for all that the page says besides `as_of`, so whoever polls a list hears of its own changes.
"""

import hashlib
import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from rest_framework.response import Response

from factcheck.api.errors import BadHeader, VersionRequired
from factcheck.api.pagination import Listed
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import Versioned
from factcheck.publishing.answers import has_already

_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e]*)"\s*(?:,|$)')
LONGEST = 2_000


def mark(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give an answer its ETag; answer 304 where the asker has it already."""
    if not isinstance(response, Response):
        return response
    patch_vary_headers(response, ["Authorization", "Cookie"])
    response.headers.setdefault("Cache-Control", "private, no-cache" if response.status_code == 200 else "no-store")  # noqa: PLR2004 -- HTTP's number
    if response.status_code not in (200, 201):
        return response
    response["ETag"] = etag = _etag(response.render())
    if request.method in ("GET", "HEAD") and response.status_code == 200 and has_already(request, etag):  # noqa: PLR2004 -- HTTP's number
        return _not_modified(response)
    return response


def version_seen(request: HttpRequest, row: Versioned) -> int:
    """The version that the asker saw, by If-Match.

    Raises:
        VersionRequired: there is no If-Match.
        BadHeader: it is no list of ETags.
        StaleVersion: the row has another version by now.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise VersionRequired
    if header.strip() == "*" or str(row.version) in {tag.split(".", 1)[0] for tag in _tags(header)}:
        return row.version
    raise StaleVersion


def _tags(header: str) -> list[str]:
    found, at = [], 0
    if not header.strip():
        raise BadHeader("If-Match is empty.")
    while at < min(len(header), LONGEST):
        tag = _TAG.match(header, at)
        if tag is None:
            raise BadHeader("If-Match is no list of ETags in quotation marks.")
        if not tag[1]:  # a weak tag matches nothing here
            found.append(tag[2])
        at = tag.end()
    return found


def _etag(response: Response) -> str:
    if isinstance(response, Listed):
        return f'W/"{_digest(response.said)}"'
    digest = _digest(response.content)
    version = response.data.get("version") if isinstance(response.data, Mapping) else None
    return f'"{version}.{digest}"' if version else f'"{digest}"'


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:20]


def _not_modified(response: Response) -> HttpResponse:
    answer = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy"):
        if name in response.headers:
            answer[name] = response[name]
    return answer
