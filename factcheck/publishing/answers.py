"""What the public gets: the same bytes for everybody, kept by caches, asked for again only when they change."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.http import http_date, quote_etag

LONGEST = 2_000  # signs of If-None-Match that are read
SHORT, LONG = 60, 3_600  # seconds that a cache may keep what may change, and what rarely does
HTML = "text/html; charset=utf-8"
COMPRESSED = "-gzip"  # at the end of the ETag of a compressed answer


def publicly(
    request: HttpRequest,
    body: bytes | str,
    content_type: str = HTML,
    *,
    status: int = 200,
    seconds: int = SHORT,
    changed_at: datetime | None = None,
) -> HttpResponseBase:
    """Answer with these bytes; 304 where the asker has them. The ETag is their digest, so it is never wrong."""
    raw = body.encode() if isinstance(body, str) else body
    response = HttpResponse(raw, content_type=content_type, status=status)
    _mark(response, hashlib.sha256(raw).hexdigest()[:24], seconds, changed_at)
    if status != 200:  # noqa: PLR2004 -- HTTP's number
        return response
    return _conditional(request, response)


def streamed(
    request: HttpRequest, parts: Iterable[bytes], content_type: str, *, mark: str, changed_at: datetime | None
) -> HttpResponseBase:
    """Answer with a long body in parts; `mark` changes whenever any of it does."""
    response = StreamingHttpResponse(parts, content_type=content_type)
    _mark(response, mark, SHORT, changed_at)
    return _conditional(request, response)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    changed_at: datetime | None = None,
) -> HttpResponseBase:
    """Answer with a page that knows nothing of who asks: no session, no cookie, so that any cache may keep it."""
    html = render_to_string(template, dict(context))
    return publicly(request, html, status=status, changed_at=changed_at)


def _mark(response: HttpResponseBase, mark: str, seconds: int, changed_at: datetime | None) -> None:
    response["ETag"] = quote_etag(mark)
    response["Cache-Control"] = f"public, max-age={seconds}, stale-while-revalidate={seconds}"
    response["Access-Control-Allow-Origin"] = "*"  # what anybody may read, a page elsewhere may read
    if changed_at is not None:
        response["Last-Modified"] = http_date(int(changed_at.timestamp()))


def has_already(request: HttpRequest, etag: str) -> bool:
    """Whether whoever asks has the answer of this ETag, compressed or not."""
    sent = request.headers.get("If-None-Match", "")[:LONGEST]
    tags = (tag.strip().removeprefix("W/") for tag in sent.split(","))
    return sent.strip() == "*" or etag.removeprefix("W/") in {tag.replace(f'{COMPRESSED}"', '"') for tag in tags}


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Only by ETag: what stands on a page may change without its review, and Last-Modified says seconds only."""
    if not has_already(request, response["ETag"]):
        return response
    there = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Last-Modified", "Access-Control-Allow-Origin"):
        if name in response.headers:
            there[name] = response[name]
    return there
