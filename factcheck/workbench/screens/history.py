"""The history of a claim: each audit entry a sentence, saves in a row one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.claims.models import Claim
from factcheck.ledger.models import AuditEntry, AuditPayload
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may

Body = dict[str, Any]
Run = list[AuditEntry]
SAVING = "write_verdict"


def _approved(body: Body) -> str:
    return _("approved the verdict (%(given)s of %(needed)s)") % {"given": 1, "needed": 1, **body}


def _submitted(body: Body) -> str:
    if not body.get("guidelines"):
        return _("submitted the verdict for approval")
    return _("submitted the verdict for approval, by guidelines version %(guidelines)s") % body


def _assigned(body: Body) -> str:
    if body.get("purpose") == "assess":
        return _("took this claim to assess it blind")
    return _("assigned this claim to %(name)s") % {"name": body.get("name") or _("a colleague")}


SENTENCES: Mapping[str, Callable[[Body], str]] = {
    "open_claim": lambda body: _("opened this claim from a conflict"),
    "reword_claim": lambda body: _("reworded the claim, which read “%s”") % body.get("before", ""),
    "assign_claim": _assigned,
    "reassign_work": lambda body: _("gave it to somebody else"),
    "take_back_reassignment": lambda body: _("gave it back to whom it was taken from"),
    "release_work": lambda body: _("put it back into the queue"),
    "return_work": lambda body: _("put it back into the queue, as it lay untouched"),
    "ask_assessments": lambda body: _("asked %(wanted)s people for blind assessments") % {"wanted": body.get("wanted")},
    "withdraw_assessments": lambda body: _("asked for blind assessments no more"),
    "adjudicate": lambda body: _("made the verdict draft of the blind assessments"),
    "reopen_adjudication": lambda body: _("took the adjudication back"),
    "flag_claim": lambda body: _("flagged the claim, as its source changed"),
    "settle_changes": lambda body: _("looked at what its source changed"),
    "take_back_settling": lambda body: _("let what its source changed wait again"),
    "close_claim": lambda body: _("closed the claim"),
    "reopen_claim": lambda body: _("reopened the claim"),
    "take_back_closing": lambda body: _("took the closing of the claim back"),
    "take_back_reopening": lambda body: _("took the reopening of the claim back"),
    "start_verdict": lambda body: _("started a verdict"),
    "attach_evidence": lambda body: _("attached evidence: %s") % body.get("title", ""),
    "remove_evidence": lambda body: _("took evidence out: %s") % body.get("before", {}).get("title", ""),
    "record_reply": lambda body: _("recorded a right of reply: %s") % body.get("who", ""),
    "remove_reply": lambda body: _("took a right of reply out: %s") % body.get("before", {}).get("who", ""),
    "submit_verdict": _submitted,
    "approve_verdict": _approved,
    "send_back_verdict": lambda body: _("sent the verdict back: %s") % body.get("note", ""),
    "take_back_submission": lambda body: _("took the verdict back, to go on writing"),
    "take_back_approval": lambda body: _("took their approval back"),
    "take_back_send_back": lambda body: _("let the verdict wait for approval after all"),
    "tag": lambda body: _("tagged it “%s”") % body.get("tag", ""),
    "untag": lambda body: _("took the tag “%s” off") % body.get("tag", ""),
    "add_comment": lambda body: _("commented"),
    "edit_comment": lambda body: _("changed a comment"),
    "take_back_edit": lambda body: _("let a comment read as it did before"),
    "delete_comment": lambda body: _("took a comment back"),
    "restore_comment": lambda body: _("put a comment back that they had taken back"),
    "resolve_comment": lambda body: _("resolved a comment"),
    "reopen_comment": lambda body: _("reopened a comment"),
    "publish_review": lambda body: _("published the verdict"),
    "start_correction": lambda body: _("started a correction of the published verdict"),
    "correct_review": lambda body: _("corrected the published verdict: %s") % body.get("reason", ""),
    "withdraw_review": lambda body: _("withdrew the published verdict: %s") % body.get("reason", ""),
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
    runs = list(_runs(entries.select_related("actor").order_by("-sequence")))
    bodies, ratings = _bodies_of(runs), _ratings_of(runs)
    return [_saved(run, ratings) if _is_saving(run) else _line(run[0], bodies) for run in runs]


def _runs(entries: Iterable[AuditEntry]) -> Iterable[Run]:
    """Each act by itself, but saves that one person made in a row together."""
    for (_actor, verb), acts in groupby(entries, key=lambda entry: (entry.actor_id, entry.verb)):
        if verb == SAVING:
            yield list(acts)
        else:
            yield from ([entry] for entry in acts)


def _is_saving(run: Run) -> bool:
    return run[0].verb == SAVING


def _bodies_of(runs: Sequence[Run]) -> Mapping[int, Body]:
    """What the acts say, but for saves: they hold whole texts, and may be hundreds."""
    payloads = AuditPayload.objects.in_bulk([run[0].sequence for run in runs if not _is_saving(run)])
    bodies = {sequence: payload.body for sequence, payload in payloads.items()}
    given = [body for run in runs if run[0].verb == "assign_claim" and (body := bodies.get(run[0].sequence))]
    names = {str(person.pk): str(person) for person in User.objects.filter(pk__in=[body["to"] for body in given])}
    for body in given:
        body["name"] = names.get(body["to"], "")
    return bodies


def _ratings_of(runs: Sequence[Run]) -> Mapping[int, tuple[str, str]]:
    """The rating before and after the first and the last of saves in a row."""
    ends = {entry.sequence for run in runs if _is_saving(run) for entry in (run[0], run[-1])}
    rows = AuditPayload.objects.filter(pk__in=ends).values_list("pk", "body__before__rating", "body__after__rating")
    return {sequence: (before or "", after or "") for sequence, before, after in rows}


def _line(entry: AuditEntry, bodies: Mapping[int, Body]) -> Line:
    plain, body = entry.verb.replace("_", " "), bodies.get(entry.sequence)
    if body is None:
        return Line(_who(entry), _("%s (details erased)") % plain, entry.at)
    if entry.verb == "assign_claim" and body.get("to") == str(entry.actor_id):
        return Line(_who(entry), _("took this claim"), entry.at)
    say = SENTENCES.get(entry.verb)
    return Line(_who(entry), say(body) if say else plain, entry.at)


def _saved(run: Run, ratings: Mapping[int, tuple[str, str]]) -> Line:
    """The sentence of saves in a row, newest first."""
    newest, oldest = run[0], run[-1]
    words = ngettext("saved the verdict", "saved the verdict %(times)s times", len(run)) % {"times": len(run)}
    before, after = ratings.get(oldest.sequence, ("", ""))[0], ratings.get(newest.sequence, ("", ""))[1]
    if after and after != before:
        words = _("%(words)s, now rated %(rating)s") % {"words": words, "rating": after}
    return Line(_who(newest), words, newest.at)


def _who(entry: AuditEntry) -> str:
    return str(entry.actor) if entry.actor else _("The workbench")
