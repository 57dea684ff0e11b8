"""The history of a claim: each audit entry a sentence, saves in a row one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may

Body = dict[str, Any]


def _approved(body: Body) -> str:
    return _("approved the verdict (%(given)s of %(needed)s)") % {"given": 1, "needed": 1, **body}


def _submitted(body: Body) -> str:
    if not body.get("guidelines"):
        return _("submitted the verdict for approval")
    return _("submitted the verdict for approval, by guidelines version %(guidelines)s") % body


def _assigned(body: Body) -> str:
    if body.get("is_own"):
        return _("took this claim")
    return _("assigned this claim to %(name)s") % {"name": body.get("name") or _("a colleague")}


SENTENCES: Mapping[str, Callable[[Body], str]] = {
    "open_claim": lambda body: _("opened this claim from a conflict"),
    "reword_claim": lambda body: _("reworded the claim, which read “%s”") % body.get("before", ""),
    "assign_claim": _assigned,
    "close_claim": lambda body: _("closed the claim"),
    "reopen_claim": lambda body: _("reopened the claim"),
    "start_verdict": lambda body: _("started a verdict"),
    "attach_evidence": lambda body: _("attached evidence: %s") % body.get("title", ""),
    "remove_evidence": lambda body: _("took evidence out: %s") % body.get("before", {}).get("title", ""),
    "record_reply": lambda body: _("recorded a right of reply: %s") % body.get("who", ""),
    "remove_reply": lambda body: _("took a right of reply out: %s") % body.get("before", {}).get("who", ""),
    "submit_verdict": _submitted,
    "approve_verdict": _approved,
    "send_back_verdict": lambda body: _("sent the verdict back: %s") % body.get("note", ""),
    "add_comment": lambda body: _("commented"),
    "edit_comment": lambda body: _("changed a comment"),
    "delete_comment": lambda body: _("took a comment back"),
    "resolve_comment": lambda body: _("resolved a comment"),
    "reopen_comment": lambda body: _("reopened a comment"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act, or several saves in a row: who, what, when last."""

    who: str
    what: str
    at: datetime


def history_of(claim: Claim, person: User) -> Sequence[Line]:
    """What happened to a claim, its verdicts and its discussion, newest first; empty for who may not read it."""
    if not may(person, Action.READ_HISTORY, claim):
        return []
    verdicts, comments = claim.verdicts.values_list("pk", flat=True), claim.comments.values_list("pk", flat=True)
    entries = AuditEntry.objects.filter(subject_id__in=[claim.pk, *verdicts, *comments])
    rows = _named(list(entries.select_related("actor", "payload").order_by("-sequence")))
    return list(_lines(rows))


def _lines(rows: Iterable[AuditEntry]) -> Iterable[Line]:
    """A line for each act; for saves that one person made in a row, one together."""
    for (actor_id, verb), acts in groupby(rows, key=lambda row: (row.actor_id, row.verb)):
        if verb == "write_verdict" and actor_id:
            yield _saved(list(acts))
        else:
            yield from map(_line, acts)


def _line(entry: AuditEntry) -> Line:
    return Line(_who(entry), _words(entry), entry.at)


def _words(entry: AuditEntry) -> str:
    plain, body = entry.verb.replace("_", " "), _body(entry)
    if body is None:
        return _("%s (details erased)") % plain
    say = SENTENCES.get(entry.verb)
    return say(body) if say else plain


def _saved(entries: Sequence[AuditEntry]) -> Line:
    """The sentence of saves in a row, newest first."""
    times = len(entries)
    words = ngettext("saved the verdict", "saved the verdict %(times)s times", times) % {"times": times}
    newest, oldest = _body(entries[0]) or {}, _body(entries[-1]) or {}
    before, after = oldest.get("before", {}).get("rating", ""), newest.get("after", {}).get("rating", "")
    if after and after != before:
        words = _("%(words)s, now rated %(rating)s") % {"words": words, "rating": after}
    return Line(_who(entries[0]), words, entries[0].at)


def _named(rows: list[AuditEntry]) -> list[AuditEntry]:
    """Give the entries of assignments the name of who got the claim; the entry itself keeps the id alone."""
    ids = {body["to"] for row in rows if row.verb == "assign_claim" and (body := _body(row)) and "to" in body}
    names = {str(person.pk): str(person) for person in User.objects.filter(pk__in=ids)} if ids else {}
    for row in rows:
        if row.verb == "assign_claim" and (body := _body(row)):
            body["name"] = names.get(body.get("to", ""), "")
            body["is_own"] = body.get("to") == str(row.actor_id)
    return rows


def _who(entry: AuditEntry) -> str:
    return str(entry.actor) if entry.actor else _("The workbench")


def _body(entry: AuditEntry) -> Body | None:
    payload = getattr(entry, "payload", None)
    return payload.body if payload is not None else None
