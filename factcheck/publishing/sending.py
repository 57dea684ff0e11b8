"""Handing out a file so that a download that broke off goes on: ranges, and the file's hash as ETag."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date, quote_etag

BLOCK: Final = 256 * 1024
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def send_file(request: HttpRequest, path: Path, name: str, media_type: str, mark: str) -> HttpResponseBase:
    """Answer with a file, whole or the range that is asked for: 200, 206, 304 or 416."""
    size, tag = path.stat().st_size, quote_etag(mark)
    if tag in [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]:
        return _marked(HttpResponseNotModified(), tag)
    asked = _asked(request, size, tag)
    if asked == ():
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _marked(refused, tag)
    start, end = asked or (0, size)
    response = StreamingHttpResponse(_blocks(path, start, end), content_type=media_type, status=206 if asked else 200)
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Content-Length"] = str(end - start)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Last-Modified"] = http_date(path.stat().st_mtime)
    return _marked(response, tag)


def _marked(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"], response["Accept-Ranges"] = tag, "bytes"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | tuple[()] | None:
    """The range that is asked for, its end not included; None: the whole; empty: one that is not there.

    Several ranges at once, and what cannot be read, get the whole, as the standard allows.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or not (found[1] or found[2]) or request.headers.get("If-Range", tag) != tag:
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size) if length else ()
    start = int(found[1])
    end = min(int(found[2]) + 1, size) if found[2] else size
    return (start, end) if start < end else ()


def _blocks(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
