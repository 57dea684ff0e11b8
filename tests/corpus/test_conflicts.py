import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from factcheck.corpus.errors import PairAlreadyDecided, PairNotDecided
from factcheck.corpus.models import ConflictPair, Decision, PairStatus, Statement
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.conflicts import decide_conflict, put_back_decision, reopen_conflict
from factcheck.corpus.services.pairing import settle_pairs
from factcheck.engine import ConflictKind
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.ledger.models import AuditEntry, AuditPayload
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, make_bridge_pair, make_pair
from tests.people import People, make_people

STATES = [
    (Decision.CONFLICT, PairStatus.CONFIRMED),
    (Decision.COMPATIBLE, PairStatus.DISMISSED),
    (Decision.DIFFERENT, PairStatus.DISMISSED),
    (Decision.SUPERSEDED, PairStatus.DISMISSED),
    (Decision.SAME_CLAIM, PairStatus.DISMISSED),
    (Decision.UNCLEAR, PairStatus.PARKED),
]


@pytest.mark.parametrize(("decision", "status"), STATES)
def test_a_decision_moves_the_pair_and_can_be_taken_back(
    people: People, decision: Decision, status: PairStatus
) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    decide_conflict(pair, decision, pair.version, people.ben, now=NOW)
    assert (pair.status, pair.decision, pair.decided_by, pair.version) == (status, decision, people.ben, 2)

    reopen_conflict(pair, pair.version, people.ben, NOW)
    assert (pair.status, pair.decision, pair.decided_by) == (PairStatus.SUGGESTED, "", None)
    assert list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))[-2:] == [
        "decide_conflict",
        "reopen_conflict",
    ]


def test_the_kind_can_be_mended_and_comes_back_with_undo(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW, kind=ConflictKind.CONTRADICTION)
    assert (pair.kind, pair.suggested_kind) == ("contradiction", "denial")

    reopen_conflict(pair, pair.version, people.ben, NOW)
    assert pair.kind == "denial"


def test_a_parked_pair_can_be_decided(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    decide_conflict(pair, Decision.UNCLEAR, pair.version, people.ben, now=NOW)

    decide_conflict(pair, Decision.CONFLICT, pair.version, people.lea, now=NOW)

    assert pair.status == PairStatus.CONFIRMED


def test_deciding_twice_is_refused_and_says_who_did(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)

    with pytest.raises(PairAlreadyDecided, match="Ben has decided this pair already: Compatible"):
        decide_conflict(pair, Decision.CONFLICT, pair.version, people.lea, now=NOW)


def test_a_decision_on_a_pair_that_changed_meanwhile_is_refused(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    with pytest.raises(StaleVersion):
        decide_conflict(pair, Decision.CONFLICT, pair.version + 1, people.ben, now=NOW)


def test_nothing_to_take_back_is_said(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    with pytest.raises(PairNotDecided):
        reopen_conflict(pair, pair.version, people.ben, NOW)


def test_reporters_admins_and_other_desks_do_not_decide(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    for person in (people.ada, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            decide_conflict(pair, Decision.CONFLICT, pair.version, person, now=NOW)


def test_a_dismissal_covers_the_same_words_in_another_article_and_later_ones(people: People) -> None:
    first = make_bridge_pair(people.desk, people.ada)
    second = make_bridge_pair(people.desk, people.ada, "Monday")

    decide_conflict(first, Decision.COMPATIBLE, first.version, people.ben, now=NOW)
    third = make_bridge_pair(people.desk, people.ada, "Tuesday")

    second.refresh_from_db()
    assert second.status == third.status == PairStatus.DISMISSED
    assert second.covered_by == third.covered_by == first


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
def test_copies_that_are_dismissed_by_two_at_once_are_dismissed_once_each() -> None:
    people = make_people()
    for month in ("March", "May", "June"):
        copies = [make_bridge_pair(people.desk, people.ada, day, month) for day in ("Friday", "Monday")]
        start = threading.Barrier(2)

        def dismiss(pair: ConflictPair, start: threading.Barrier = start) -> type[Exception] | None:
            start.wait()
            try:
                decide_conflict(pair, Decision.COMPATIBLE, 1, people.ben, now=NOW)
            except Refusal as refusal:
                return type(refusal)
            finally:
                connections.close_all()
            return None

        with ThreadPoolExecutor(2) as pool:
            refused = list(pool.map(dismiss, copies))

        stored = ConflictPair.objects.filter(pk__in=[pair.pk for pair in copies])
        assert {pair.status for pair in stored} == {PairStatus.DISMISSED}
        assert set(refused) <= {None, StaleVersion}
        assert [pair.covered_by_id is None for pair in stored].count(True) == refused.count(None)


def test_taking_the_dismissal_back_brings_the_copies_back(people: People) -> None:
    first = make_bridge_pair(people.desk, people.ada)
    second = make_bridge_pair(people.desk, people.ada, "Monday")
    decide_conflict(first, Decision.COMPATIBLE, first.version, people.ben, now=NOW)

    reopen_conflict(first, first.version, people.ben, NOW)

    second.refresh_from_db()
    assert (second.status, second.covered_by) == (PairStatus.SUGGESTED, None)


def test_a_pair_that_was_parked_is_parked_again_each_time_a_decision_is_taken_back(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    said = []
    for person, decision in ((people.ben, Decision.UNCLEAR), (people.lea, Decision.UNCLEAR), (people.ben, "conflict")):
        decide_conflict(pair, Decision(decision), pair.version, person, now=NOW)
        said.append((pair.status, pair.decided_by))

    found = []
    while pair.decision:
        found.append((pair.status, pair.decided_by))
        reopen_conflict(ConflictPair.objects.get(pk=pair.pk), pair.version, people.lea, NOW)
        pair.refresh_from_db()

    assert found == said[::-1]
    assert (pair.status, pair.replaced) == (PairStatus.SUGGESTED, None)


def test_a_pair_that_lost_a_side_meanwhile_waits_for_it_and_not_for_a_decision(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)
    Statement.objects.filter(pk=pair.b_id).update(gone_at=NOW)

    reopen_conflict(pair, pair.version, people.ben, NOW)
    assert pair.status == PairStatus.OBSOLETE

    put_back_decision(pair, pair.version, people.lea, NOW)
    assert (pair.status, pair.decided_by) == (PairStatus.CONFIRMED, people.ben)


def test_only_what_was_taken_back_last_is_put_back_and_as_long_as_the_history_knows_it(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    with pytest.raises(PairNotDecided, match="Decide it anew"):
        put_back_decision(pair, pair.version, people.ben, NOW)
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)
    with pytest.raises(PairAlreadyDecided):
        put_back_decision(pair, pair.version, people.ben, NOW)

    reopen_conflict(pair, pair.version, people.ben, NOW)
    AuditPayload.objects.all().delete()
    with pytest.raises(PairNotDecided):
        put_back_decision(pair, pair.version, people.ben, NOW)


def test_what_was_dismissed_by_words_over_a_parking_is_parked_again(people: People) -> None:
    copy = make_bridge_pair(people.desk, people.ada)
    decide_conflict(copy, Decision.UNCLEAR, copy.version, people.lea, now=NOW)
    ConflictPair.objects.filter(pk=copy.pk).update(status=PairStatus.OBSOLETE)
    pair = make_bridge_pair(people.desk, people.ada, "Monday")
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)
    with record_change(actor=None, now=NOW) as change:
        settle_pairs(change, copy.a.article)
    copy.refresh_from_db()
    assert (copy.status, copy.covered_by) == (PairStatus.DISMISSED, pair)

    reopen_conflict(pair, pair.version, people.ben, NOW)

    copy.refresh_from_db()
    assert (copy.status, copy.decided_by) == (PairStatus.PARKED, people.lea)


def test_a_dismissal_does_not_cover_another_desk(people: People) -> None:
    ours = make_bridge_pair(people.desk, people.ada)
    theirs = make_bridge_pair(people.other_desk, people.cleo)

    decide_conflict(ours, Decision.COMPATIBLE, ours.version, people.ben, now=NOW)

    theirs.refresh_from_db()
    assert theirs.status == PairStatus.SUGGESTED


def test_a_pair_is_stored_once_in_either_order(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    again = make_pair(pair.a.article, pair.a, pair.b)
    turned = ConflictPair.objects.get(pk=pair.pk)
    turned.pk, turned.seq, turned.a, turned.b = None, None, pair.b, pair.a
    with pytest.raises(IntegrityError), transaction.atomic():
        turned.save(force_insert=True)

    assert again.pk == pair.pk


def test_a_pair_is_seen_by_who_may_read_both_articles(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    assert ConflictPair.objects.readable_by(people.ben).exists()

    article = pair.a.article
    restrict_article(article, [], article.version, people.lea, NOW)

    assert not ConflictPair.objects.readable_by(people.ben).exists()
    assert ConflictPair.objects.readable_by(people.lea).exists()


def test_a_pair_asked_for_by_itself_is_seen_by_the_same_people(people: People) -> None:
    for month, named in (("March", people.ben), ("May", None), ("June", people.ada)):
        article = make_bridge_pair(people.desk, people.ada, month=month).a.article
        restrict_article(article, [named] if named else [], article.version, people.lea, NOW)
    across = make_bridge_pair(people.desk, people.ben, month="July")
    ConflictPair.objects.filter(pk=across.pk).update(
        b=Statement.objects.exclude(article=across.a.article).latest("seq")
    )

    for person in (people.ada, people.ben, people.lea, people.amir, people.cleo):
        one_by_one = ConflictPair.objects.readable_one_by_one(person)
        assert {*one_by_one} == {*ConflictPair.objects.readable_by(person)}


def test_the_fingerprint_knows_neither_order_nor_article(people: People) -> None:
    ours = make_bridge_pair(people.desk, people.ada)
    theirs = make_bridge_pair(people.other_desk, people.cleo)

    assert ours.fingerprint == theirs.fingerprint == ConflictPair.fingerprint_of(ours.b, ours.a)
