"""Answers in Google's shape: what was asked for, and whatever is refused or goes wrong below `/v1alpha1/`."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from factcheck.api.errors import TRY_AGAIN_IN
from factcheck.ledger.absence import is_database_away

STATUSES: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
Answer = dict[str, Any]


class Refused(Exception):
    """What Google would refuse; its status and words."""

    def __init__(self, message: str, status: int = 400, field: str = "") -> None:
        super().__init__(message)
        self.message, self.status, self.field = message, status, field


def json_answer(answer: Any, *, pretty: bool = True, status: int = 200) -> HttpResponse:
    """An answer that any page may read."""
    body = json.dumps(answer, ensure_ascii=False, indent=2 if pretty else None)
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
    return HttpResponse(f"{body}\n", content_type="application/json; charset=UTF-8", status=status, headers=headers)


def refusal_answer(refusal: Refused) -> HttpResponse:
    """Why not, as Google says it."""
    error: Answer = {"code": refusal.status, "message": refusal.message, "status": STATUSES[refusal.status]}
    if refusal.field:
        violations = [{"field": refusal.field, "description": refusal.message}]
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}]
    response = json_answer({"error": error}, status=refusal.status)
    if refusal.status == 405:  # noqa: PLR2004 -- HTTP's number
        response["Allow"] = "GET, HEAD"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Damaged before any view saw it."""
    return refusal_answer(Refused("This request cannot be read."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault, or the database is away."""
    if is_database_away(sys.exc_info()[1]):
        answer = refusal_answer(Refused("The database is away. Send the request again.", 503))
        answer["Retry-After"] = TRY_AGAIN_IN
        return answer
    return refusal_answer(Refused("This is our fault. The log says why.", 500))
