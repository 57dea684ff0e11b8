"""The one place where a refusal becomes a status and a problem document (RFC 9457).

Every code stands in `STATUSES`, and in the table of this room's README.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import BadRequest, ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions
from rest_framework.response import Response

from factcheck.ledger.absence import is_database_away
from factcheck.ledger.errors import KeyInUse, Refusal
from factcheck.publishing.findings import Finding

PROBLEM = "application/problem+json"
TRY_AGAIN_IN = "5"  # seconds, while the database is away

STATUSES: Mapping[str, int] = {
    # the request itself
    "malformed": 400,
    "invalid_fields": 400,
    "unknown_parameter": 400,
    "bad_header": 400,
    "not_authenticated": 401,
    "authentication_failed": 401,
    "not_allowed": 403,
    "permission_denied": 403,
    "missing_scope": 403,
    "session_only": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "too_large": 413,
    "unsupported_media_type": 415,
    "version_required": 428,
    "throttled": 429,
    # the thing is not where this starts from
    "stale_version": 412,
    "feed_already_here": 409,
    "wrong_feed_state": 409,
    "article_already_here": 409,
    "claim_already_open": 409,
    "export_gone": 410,
    "export_not_ready": 409,
    "already_in_hand": 409,
    "already_published": 409,
    "already_withdrawn": 409,
    "article_in_review": 409,
    "changed_since_preview": 409,
    "claim_hangs_on_it": 409,
    "comment_too_old": 409,
    "correction_under_way": 409,
    "idempotency_key_in_use": 409,
    "job_not_cancellable": 409,
    "job_not_retryable": 409,
    "not_published": 409,
    "nothing_to_undo": 409,
    "pair_already_decided": 409,
    "pair_not_decided": 409,
    "place_taken": 409,
    "statement_removed": 409,
    "verdict_already_approved": 409,
    "too_many_webhooks": 409,
    "webhook_is_off": 409,
    "webhook_is_on": 409,
    "nothing_to_settle": 409,
    "nothing_to_watch": 422,
    "wrong_claim_state": 409,
    "wrong_import_state": 409,
    "verdict_not_approved": 409,
    "wrong_comment_state": 409,
    "wrong_verdict_state": 409,
    "second_person_needed": 403,
    # what was sent is understood and does not do
    "cannot_merge": 422,
    "idempotency_key_reused": 422,
    "reason_missing": 422,
    "review_not_sound": 422,
    "span_mismatch": 422,
    "unfit_article": 422,
    "unfit_claim": 422,
    "unfit_comment": 422,
    "unfit_evidence": 422,
    "unfit_export": 422,
    "unfit_feed": 422,
    "unfit_import": 422,
    "unfit_inquiry": 422,
    "unfit_retrieval": 422,
    "unfit_link": 422,
    "unfit_span": 422,
    "unfit_speaker": 422,
    "unfit_verdict": 422,
    "unfit_webhook": 422,
    "unknown_outlet": 422,
    "verdict_incomplete": 422,
    "words_not_found": 422,
    "wrong_date": 422,
    # ours
    "refused": 409,
    "server_error": 500,
    "unavailable": 503,
}

TITLES: Mapping[int, str] = {
    400: "This request cannot be read",
    401: "Who are you?",
    403: "You may not do this",
    404: "Nothing here",
    405: "This address does not do that",
    409: "This cannot be done now",
    410: "Not here any more",
    412: "Somebody else was first",
    413: "Too large",
    415: "Not JSON",
    422: "This does not do",
    428: "Say which version you saw",
    429: "Too many requests",
    500: "Our fault",
    503: "Away for a moment",
}


class BadHeader(Refusal):
    """A header of this request cannot be read."""

    code = "bad_header"


class VersionRequired(Refusal):
    """Send If-Match with the ETag of what you saw, so that nobody's work is overwritten."""

    code = "version_required"


class UnknownParameter(Refusal):
    """This address has no such parameter."""

    code = "unknown_parameter"


class MissingScope(Refusal):
    """This token has not the scope for this."""

    code = "missing_scope"


class SessionOnly(Refusal):
    """No token does this: a person who is signed in has to."""

    code = "session_only"


class TooLarge(Refusal):
    """This request is too large."""

    code = "too_large"


class Malformed(Refusal):
    """The body is not JSON that we read."""

    code = "malformed"


def problem(code: str, detail: str, **more: Any) -> dict[str, Any]:
    """A problem document."""
    status = STATUSES[code]
    shown = {"type": f"urn:factcheck:problem:{code}", "title": TITLES[status], "status": status}
    return {**shown, "detail": detail, "code": code, **more}


THERE: Final = ("article_id", "claim_id", "feed_id")  # by which a refusal names what stands in the way


def describe(refusal: Refusal) -> dict[str, Any]:
    """The problem document of a refusal; it names what stands in the way."""
    code = refusal.code if refusal.code in STATUSES else "refused"
    there = {name: str(getattr(refusal, name)) for name in THERE if getattr(refusal, name, None)}
    found: Sequence[Finding] = getattr(refusal, "findings", ())
    errors = [{"field": finding.name, "message": finding.message} for finding in found]
    return problem(code, str(refusal), **there, **({"errors": errors} if errors else {}))


def describe_fields(error: exceptions.ValidationError) -> dict[str, Any]:
    """The problem document of wrong fields; it names each."""
    return problem("invalid_fields", "Some fields are wrong; each is named.", errors=list(_fields(error.detail)))


def answer_refusal(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn what a view raised into an answer; None for an error of ours, which Django logs and answers with 500."""
    found = _document(error)
    if found is None:
        return None
    response = Response(found, status=found["status"], content_type=PROBLEM)
    for name, value in _headers(error).items():
        response[name] = value
    return response


def _document(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, Refusal):
        return describe(error)
    if isinstance(error, exceptions.ValidationError):
        return describe_fields(error)
    if isinstance(error, exceptions.APIException):
        return _of_rest(error)
    if is_database_away(error):
        return problem("unavailable", "The database is away. What you sent was not accepted; send it again.")
    return next((problem(code, words) for kinds, code, words in _KINDS if isinstance(error, kinds)), None)


NOT_FOUND = "There is nothing at this address, or your desks do not include it."
_KINDS: Sequence[tuple[tuple[type[Exception], ...], str, str]] = (
    ((Http404, ObjectDoesNotExist), "not_found", NOT_FOUND),
    ((RequestDataTooBig,), "too_large", "This request is too large."),
    ((SuspiciousOperation, BadRequest), "malformed", "This request cannot be read."),
    ((MultiPartParserError, UnreadablePostError), "malformed", "This request cannot be read."),
)
_REST_CODES = {
    exceptions.NotFound: "not_found",
    exceptions.NotAuthenticated: "not_authenticated",
    exceptions.AuthenticationFailed: "authentication_failed",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "throttled",
    exceptions.PermissionDenied: "permission_denied",
}


def _of_rest(error: exceptions.APIException) -> dict[str, Any]:
    code = next((code for kind, code in _REST_CODES.items() if isinstance(error, kind)), "malformed")
    return problem(code, NOT_FOUND if code == "not_found" else str(error.detail))


def _fields(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    for here, inner in _parts(detail, path):
        if isinstance(inner, (Mapping, list)):
            yield from _fields(inner, here)
        else:
            yield {"field": here or "body", "message": str(inner)}


def _parts(detail: Any, path: str) -> Iterator[tuple[str, Any]]:
    """What stands in a field, a list of items or a list of messages, each with its path."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "body" if name == "non_field_errors" else str(name)
            yield f"{path}.{here}" if path else here, inner
        return
    messages = detail if isinstance(detail, list) else [detail]
    for place, inner in enumerate(messages):
        yield f"{path}[{place}]" if isinstance(inner, (Mapping, list)) else path, inner


def _headers(error: Exception) -> dict[str, str]:
    if is_database_away(error):
        return {"Retry-After": TRY_AGAIN_IN}
    headers = {"Retry-After": "1"} if isinstance(error, KeyInUse) else {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def plain_answer(code: str, detail: str) -> JsonResponse:
    """A problem outside any view: for Django's own handlers."""
    return JsonResponse(problem(code, detail), status=STATUSES[code], content_type=PROBLEM)


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """No such address."""
    return plain_answer("not_found", NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Damaged before any view saw it."""
    return plain_answer("malformed", "This request cannot be read.")


def forbidden(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Refused before any view saw it."""
    return plain_answer("permission_denied", "This is not allowed.")


def server_error(request: HttpRequest) -> JsonResponse:
    """Our fault, or the database is away."""
    if is_database_away(sys.exc_info()[1]):
        answer = plain_answer("unavailable", "The database is away. Send the request again.")
        answer["Retry-After"] = TRY_AGAIN_IN
        return answer
    return plain_answer("server_error", "This is our fault. The request was not carried out; the log says why.")
