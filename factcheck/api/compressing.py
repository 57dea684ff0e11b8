"""Compress what programs and readers get; never what a signed-in browser gets.

A compressed answer tells by its length what stands in it (BREACH). So an answer is compressed that caches may keep for
everybody, or that a program gets by its token or without any; one to a browser that sends cookies is not. Nor is a
file that can be asked for in parts: parts of what was compressed are no parts of the file, and no download could go on.
A picture is small as it is.
"""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from factcheck.api.requests import is_api
from factcheck.publishing.answers import COMPRESSED


class CompressMiddleware(GZipMiddleware):
    """Django's, for the answers above. A compressed answer has an ETag of its own, and a strong one."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress an answer where that is worth it and harmless."""
        if not _may_be_compressed(request, response):
            return response
        etag = response.headers.get("ETag")
        answer = super().process_response(request, response)
        has_compressed = COMPRESSED in request.headers.get("If-None-Match", "") and response.status_code == 304  # noqa: PLR2004 -- HTTP's number
        if etag and (has_compressed or answer.headers.get("Content-Encoding") == "gzip"):
            answer.headers["ETag"] = f'{etag[:-1]}{COMPRESSED}"'
        return answer


def _may_be_compressed(request: HttpRequest, response: HttpResponseBase) -> bool:
    if "Accept-Ranges" in response.headers or response.headers.get("Content-Type", "").startswith("image/"):
        return False
    is_for_everybody = "public" in response.headers.get("Cache-Control", "")
    return is_for_everybody or (is_api(request) and not request.COOKIES)
