"""Right of reply: whom we asked and what they said; and who is writing just now."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from factcheck.claims.errors import UnfitReply, WrongVerdictState
from factcheck.claims.models import Claim, Outcome, Presence, Reply
from factcheck.claims.models.presence import LEASE
from factcheck.claims.services.presence import note_presence
from factcheck.claims.services.replies import NewReply, record_reply, remove_reply
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, make_bridge_pair, make_claim, make_draft, make_submitted
from tests.people import People


@pytest.fixture
def claim(people: People) -> Claim:
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)


def test_somebody_is_asked_and_later_answers(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    asked = NewReply("  Mayor   Ilse Varga ", asked_on=date(2026, 3, 1))
    record_reply(verdict, asked, verdict.version, people.ben, NOW)

    answered = NewReply("Mayor Ilse Varga", Outcome.ANSWERED, date(2026, 3, 1), "I stand by it.")
    record_reply(verdict, answered, verdict.version, people.ben, NOW)

    reply = Reply.objects.get()
    assert (reply.who, reply.outcome, reply.answer) == ("Mayor Ilse Varga", "answered", "I stand by it.")
    assert AuditEntry.objects.filter(verb="record_reply").count() == 2


def test_an_entry_taken_out_stays_in_the_audit(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    record_reply(verdict, NewReply("The mayor"), verdict.version, people.ben, NOW)

    remove_reply(verdict.replies.get(), verdict.version, people.ben, NOW)

    assert not Reply.objects.exists()
    assert AuditEntry.objects.get(verb="remove_reply").payload.body["before"]["who"] == "The mayor"


UNFIT = [
    (NewReply(" "), "who was asked"),
    (NewReply("x" * 301), "name has 301"),
    (NewReply("x", Outcome.ANSWERED), "what they answered"),
    (NewReply("x", answer="y" * 5_001), "answer has 5,001"),
    (NewReply("x", asked_on=date(2026, 3, 3)), "lies in the future"),
]


@pytest.mark.parametrize(("new", "says"), UNFIT, ids=[says for _, says in UNFIT])
def test_an_entry_names_somebody_and_says_what_came_of_it(
    people: People, claim: Claim, new: NewReply, says: str
) -> None:
    verdict = make_draft(claim, people.ben)

    with pytest.raises(UnfitReply, match=says):
        record_reply(verdict, new, verdict.version, people.ben, NOW)


def test_the_database_refuses_an_answer_without_words(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    record_reply(verdict, NewReply("The mayor"), verdict.version, people.ben, NOW)

    with pytest.raises(IntegrityError, match="reply_answered_in_words"), transaction.atomic():
        Reply.objects.update(outcome=Outcome.ANSWERED)


def test_entries_are_part_of_the_draft(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    with pytest.raises(StaleVersion):
        record_reply(verdict, NewReply("The mayor"), verdict.version - 1, people.ben, NOW)
    with pytest.raises(NotAllowed):
        record_reply(verdict, NewReply("The mayor"), verdict.version, people.ada, NOW)

    submitted = make_submitted(claim, people.ben)
    with pytest.raises(WrongVerdictState):
        record_reply(submitted, NewReply("The mayor"), submitted.version, people.ben, NOW)


def test_whoever_writes_is_seen_by_the_others_until_the_lease_ends(people: People, claim: Claim) -> None:
    note_presence(claim, people.ben, NOW)
    note_presence(claim, people.ben, NOW + timedelta(seconds=10))

    assert [row.person for row in claim.presences.beside(people.lea, NOW + LEASE)] == [people.ben]
    assert not claim.presences.beside(people.ben, NOW)
    assert not claim.presences.beside(people.lea, NOW + LEASE + timedelta(seconds=10))
    assert Presence.objects.count() == 1


def test_nobody_is_seen_to_write_who_may_not(people: People, claim: Claim) -> None:
    with pytest.raises(NotAllowed):
        note_presence(claim, people.ada, NOW)
