"""Acts that a key takes back, each from a state that is not the one in which such a thing comes into the world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse

from factcheck.claims.models import (
    Assignment,
    Claim,
    Evidence,
    Verdict,
)
from factcheck.claims.services.assignments import assign_work, take_next_pair, take_work
from factcheck.claims.services.claims import close_claim
from factcheck.claims.services.replies import NewReply, record_reply
from factcheck.claims.services.tags import tag_piece
from factcheck.claims.services.verdicts import approve_verdict, send_back_verdict, submit_verdict
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.engine import ConflictKind
from factcheck.newsroom.models import Desk, User
from tests.factories import (
    NOW,
    make_bridge_pair,
    make_claim,
    make_draft,
    make_submitted,
)
from tests.people import People

BEFORE = NOW - timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person does: who, where, with which fields; `but` are columns that tell of the last save."""

    who: User
    address: str
    fields: dict[str, Any]
    but: frozenset[str] = frozenset()


Made = Callable[[People], Deed]


def act(who: User, page: str, *args: Any, but: tuple[str, ...] = (), **fields: Any) -> Deed:
    return Deed(who, reverse(f"workbench:{page}", args=args), fields, frozenset(but))


def parked(people: People) -> ConflictPair:
    """A pair that Ben has parked, as another kind than the engine thinks; and so is its copy, by Lea."""
    pair, copy = (make_bridge_pair(people.desk, people.ada, day) for day in ("Sunday", "Monday"))
    kind = ConflictKind.CONTRADICTION
    decide_conflict(pair, Decision.UNCLEAR, pair.version, people.ben, now=BEFORE, kind=kind)
    decide_conflict(copy, Decision.UNCLEAR, copy.version, people.lea, now=BEFORE)
    return pair


def deciding_a_parked_pair(people: People) -> Deed:
    pair = parked(people)
    fields: dict[str, Any] = {"decision": "conflict", "kind": "reversal", "version": pair.version}
    return act(people.lea, "conflict-decide", pair.pk, **fields)


def dismissing_a_parked_pair_with_its_copy(people: People) -> Deed:
    pair = parked(people)
    return act(people.lea, "conflict-decide", pair.pk, decision="compatible", version=pair.version)


def parking_a_parked_pair(people: People) -> Deed:
    pair = parked(people)
    return act(people.lea, "conflict-decide", pair.pk, decision="needs_clarification", version=pair.version)


def deciding_a_pair_in_hand(people: People) -> Deed:
    make_bridge_pair(people.desk, people.ada, month="March")
    pair = take_next_pair(people.ben, BEFORE)
    assert pair is not None
    return act(people.ben, "conflict-decide", pair.pk, decision="superseded", version=pair.version)


def deciding_a_pair_that_a_lead_gave(people: People) -> Deed:
    pair = make_bridge_pair(people.desk, people.ada)
    assign_work(pair, people.ben, people.lea, BEFORE)
    return act(people.ben, "conflict-decide", pair.pk, decision="conflict", version=pair.version)


def reopening_what_a_colleague_dismissed_over_a_parking(people: People) -> Deed:
    pair = parked(people)
    decide_conflict(pair, Decision.SAME_CLAIM, pair.version, people.ben, now=NOW)
    return act(people.lea, "conflict-reopen", pair.pk, version=pair.version)


def reopening_a_copy_that_another_covers(people: People) -> Deed:
    pair, copy = (make_bridge_pair(people.desk, people.ada, day) for day in ("Sunday", "Monday"))
    decide_conflict(pair, Decision.SAME_CLAIM, pair.version, people.ben, now=NOW)
    copy.refresh_from_db()
    return act(people.lea, "conflict-reopen", copy.pk, version=copy.version)


def reopening_a_parked_pair(people: People) -> Deed:
    pair = parked(people)
    return act(people.lea, "conflict-reopen", pair.pk, version=pair.version)


def decided(people: People) -> Claim:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    verdict = make_submitted(claim, people.ben)
    approve_verdict(verdict, verdict.version, people.lea, BEFORE)
    claim.refresh_from_db()
    return claim


def closing_a_decided_claim(people: People) -> Deed:
    claim = decided(people)
    return act(people.lea, "claim-close", claim.pk, version=claim.version)


def reopening_a_decided_claim(people: People) -> Deed:
    claim = decided(people)
    return act(people.lea, "claim-reopen", claim.pk, version=claim.version)


def reopening_a_claim_that_was_closed(people: People) -> Deed:
    claim = decided(people)
    close_claim(claim, claim.version, people.ben, BEFORE)
    return act(people.lea, "claim-reopen", claim.pk, version=claim.version)


def rewording_a_claim(people: People) -> Deed:
    claim = decided(people)
    return act(people.ben, "claim-reword", claim.pk, version=claim.version, text="It was not.")


def sent_back(people: People) -> Verdict:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    verdict = make_submitted(claim, people.ben)
    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, BEFORE)
    return verdict


def submitting_what_was_sent_back(people: People) -> Deed:
    verdict = sent_back(people)
    return act(people.ben, "verdict-submit", verdict.pk, version=verdict.version)


def approving_on_a_claim_that_nobody_took(people: People) -> Deed:
    verdict = sent_back(people)
    submit_verdict(verdict, verdict.version, people.ben, BEFORE)
    return act(people.lea, "verdict-approve", verdict.pk, version=verdict.version)


def sending_back_what_one_of_two_approved(people: People) -> Deed:
    Desk.objects.filter(pk=people.desk.pk).update(approvals_needed=2)
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.lea, people.ada, people.lea)
    verdict = make_submitted(claim, people.ada)
    approve_verdict(verdict, verdict.version, people.ben, BEFORE)
    return act(people.lea, "verdict-send-back", verdict.pk, version=verdict.version, note="Which?")


def taking_out(people: People, part: str) -> Deed:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ada, people.lea)
    verdict = make_draft(claim, people.ada)
    asked = NewReply("Ilse Varga", asked_on=BEFORE.date())
    record_reply(verdict, asked, verdict.version, people.ada, BEFORE)
    Evidence.objects.update(archived_url="https://archive.example/log", attached_at=BEFORE)
    row = verdict.evidence.get() if part == "evidence" else verdict.replies.get()
    button = {"evidence": "remove", "reply": "remove-reply"}[part]
    said = {"rating": verdict.rating_id, "summary": verdict.summary, "reasoning": verdict.reasoning}
    said |= {"bearing": "context", "reply_outcome": "asked", "version": verdict.version, "then": f"{button}:{row.pk}"}
    return act(people.lea, "verdict-write", claim.pk, but=("saved_at",), **said)


def taking_evidence_out(people: People) -> Deed:
    return taking_out(people, "evidence")


def taking_a_reply_out(people: People) -> Deed:
    return taking_out(people, "reply")


def taking_a_colleagues_tag_off(people: People) -> Deed:
    pair = make_bridge_pair(people.desk, people.ada)
    tag_piece(pair, "Bridge", people.lea, BEFORE)
    return act(people.ben, "pair-tag", pair.pk, name="bridge", act="take_off")


def putting_a_tag_on(people: People) -> Deed:
    pair = make_bridge_pair(people.desk, people.ada)
    tag_piece(pair, "Bridge", people.lea, BEFORE)
    return act(people.ben, "pair-tag", pair.pk, name="Friday", act="put_on")


def taking_a_pair(people: People) -> Deed:
    return act(people.ben, "pair-take", parked_back(people).pk)


def parked_back(people: People) -> ConflictPair:
    return make_bridge_pair(people.desk, people.ada)


def taking_a_claim(people: People) -> Deed:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    return act(people.ben, "claim-take", claim.pk)


def giving_what_one_took_to_another(people: People) -> Deed:
    pair = make_bridge_pair(people.desk, people.ada)
    take_work(pair, people.ben, BEFORE)
    held = Assignment.objects.on(pair).get()
    fields: dict[str, Any] = {"assignment": held.public_id, "held_by": people.ben.pk, "person": people.lea.pk}
    return act(people.lea, "work-reassign", **fields)


def of_a_pair(people: People) -> list[Deed]:
    """Ben brings back what Lea dismissed, and parks it."""
    pair = make_bridge_pair(people.desk, people.ada)
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.lea, now=BEFORE)
    parks = act(people.ben, "conflict-decide", pair.pk, decision="needs_clarification", version=pair.version + 1)
    return [act(people.ben, "conflict-reopen", pair.pk, version=pair.version), parks]


def of_a_tag(people: People) -> list[Deed]:
    """Ben takes Lea's tag off, and puts it on himself."""
    pair = make_bridge_pair(people.desk, people.ada)
    tag_piece(pair, "Bridge", people.lea, BEFORE)
    path = reverse("workbench:pair-tag", args=[pair.pk])
    return [Deed(people.ben, path, {"name": "Bridge", "act": verb}) for verb in ("take_off", "put_on", "take_off")]


def of_a_claim(people: People) -> list[Deed]:
    """Ben closes a decided claim, reopens it, and closes it again."""
    claim = decided(people)
    verbs = enumerate(("claim-close", "claim-reopen", "claim-close"), start=claim.version)
    return [act(people.ben, verb, claim.pk, version=version) for version, verb in verbs]


DEEDS: Final[tuple[Made, ...]] = (
    deciding_a_parked_pair,
    dismissing_a_parked_pair_with_its_copy,
    parking_a_parked_pair,
    deciding_a_pair_in_hand,
    deciding_a_pair_that_a_lead_gave,
    reopening_what_a_colleague_dismissed_over_a_parking,
    reopening_a_copy_that_another_covers,
    reopening_a_parked_pair,
    closing_a_decided_claim,
    reopening_a_decided_claim,
    reopening_a_claim_that_was_closed,
    rewording_a_claim,
    submitting_what_was_sent_back,
    approving_on_a_claim_that_nobody_took,
    sending_back_what_one_of_two_approved,
    taking_evidence_out,
    taking_a_reply_out,
    taking_a_colleagues_tag_off,
    putting_a_tag_on,
    taking_a_pair,
    taking_a_claim,
    giving_what_one_took_to_another,
)
SEVERAL: Final[tuple[Callable[[People], list[Deed]], ...]] = (of_a_pair, of_a_tag, of_a_claim)
