"""The schema, and the page on which to try it: from this host alone, with no script in the page."""

import hashlib
import json
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from factcheck.api.errors import not_found, plain_answer
from factcheck.publishing.answers import has_already

OPENAPI = "application/vnd.oai.openapi+json"


@cache
def _schema() -> tuple[bytes, str]:
    """The schema and its ETag, worked out once in a process."""
    found = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # spectacular's own
    body = json.dumps(found).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'


@login_not_required
@require_safe
def show_schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1; it holds nothing that the documentation does not."""
    body, etag = _schema()
    headers = {"ETag": etag, "Cache-Control": "public, no-cache"}
    if has_already(request, etag):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(body, content_type=OPENAPI, headers=headers)


@login_not_required
@require_safe
def show_documentation(request: HttpRequest) -> HttpResponse:
    """Swagger's page."""
    return render(request, "api/documentation.html")


@csrf_exempt
@login_not_required
def show_nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address of ours."""
    if not request.path.startswith("/api/v1/") and request.path not in ("/api/", "/api/v1"):
        return plain_answer("not_found", "The interface is at /api/v1/, its schema at /api/schema.")
    return not_found(request, Exception())
