"""Decisions correct the scores: proposed with what it would do, adopted by people, and then pairs are scored by it."""

from datetime import timedelta

import pytest

from factcheck.corpus.errors import CalibrationInUse, CalibrationNotInUse, NothingNewToLearn, TooFewDecisions
from factcheck.corpus.models import CalibrationVersion, ConflictPair, Decision, PairStatus
from factcheck.corpus.services.calibrating import (
    FEWEST,
    adopt_calibration,
    ask_calibration,
    propose_calibration,
    set_aside_calibration,
)
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.corpus.services.jobs import cancel_work
from factcheck.corpus.services.pairing import store_pairs
from factcheck.corpus.services.scoring import BAR
from factcheck.corpus.services.trust import count_trust, wilson_interval
from factcheck.engine import ConflictKind
from factcheck.engine import ConflictPair as Found
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Desk, Role, User
from tests.factories import NOW, make_article, make_said, run_open_jobs
from tests.people import People, make_person
from tests.replaying import replayed

TEXT = "Quarry by the Orla\n\n{words}"
SAID, DENIED = "Shaft {} is open", "Shaft {} is shut"


@replayed
def add_pairs(desk: Desk, person: User, signs: list[dict[str, float]], score: float = 0.6) -> list[ConflictPair]:
    """As many suggested pairs as signs are given, each of its own words."""
    first = ConflictPair.objects.count()
    numbers = range(first, first + len(signs))
    sentences = [(name, words.format(number)) for number in numbers for name, words in (("A", SAID), ("B", DENIED))]
    article = make_article(desk, person, TEXT.format(words=" ".join(f"{words}. x" for _, words in sentences)))
    rows = {row.content: row for row in make_said(article, *sentences)}
    found = [
        Found(
            str(rows[SAID.format(number)].pk),
            str(rows[DENIED.format(number)].pk),
            ConflictKind.DENIAL,
            score,
            "A says this, B that",
            signals,
        )
        for number, signals in zip(numbers, signs, strict=True)
    ]
    with record_change(actor=None, now=NOW) as change:
        stored = {str(row.a_id): row for row in store_pairs(change, article, found)}
    Job.objects.all().delete()
    return [stored[pair.a] for pair in found]


@replayed
def decide(pairs: list[ConflictPair], decision: Decision, person: User) -> None:
    for pair in pairs:
        decide_conflict(pair, decision, pair.version, person, now=NOW)


@pytest.fixture
def decided(people: People) -> list[ConflictPair]:
    """Twenty pairs with one sign, all dismissed, and five with another, all confirmed."""
    weak = add_pairs(people.desk, people.ada, [{"overlap": 1.0}] * FEWEST)
    strong = add_pairs(people.desk, people.ada, [{"denies": 1.0}] * 5)
    decide(weak, Decision.COMPATIBLE, people.ben)
    decide(strong, Decision.CONFLICT, people.ben)
    return [*weak, *strong]


@pytest.fixture
def proposal(people: People, decided: list[ConflictPair]) -> CalibrationVersion:
    return propose_calibration(people.desk, people.amir, NOW)


def test_a_proposal_says_what_it_would_do_and_changes_nothing(people: People, decided: list[ConflictPair]) -> None:
    (weak,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])
    (held,) = add_pairs(people.desk, people.ada, [{"denies": 1.0}], score=BAR - 0.01)

    proposal = propose_calibration(people.desk, people.amir, NOW)

    assert (proposal.number, proposal.confirmed, proposal.decided) == (1, 5, 25)
    assert {name: proposal.shadow[name] for name in ("open", "fall")} == {"open": 1, "fall": 1}
    assert proposal.shadow["moved"][0]["pair"] in (str(weak.pk), str(held.pk))
    weak.refresh_from_db()
    assert (weak.score, weak.status, weak.calibration) == (0.6, PairStatus.SUGGESTED, None)
    assert AuditEntry.objects.filter(verb="propose_calibration").count() == 1


def test_adopting_scores_what_waits_anew_and_what_comes(people: People, proposal: CalibrationVersion) -> None:
    (before,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])

    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()
    (after,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])

    before.refresh_from_db()
    assert before.score == after.score < BAR
    assert before.engine_score == after.engine_score == 0.6
    assert before.calibration == after.calibration == proposal
    assert before.status == after.status == PairStatus.HELD


def test_a_pair_that_is_held_back_rises_when_another_calibration_says_so(
    people: People, proposal: CalibrationVersion
) -> None:
    (pair,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])
    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()
    strong = add_pairs(people.desk, people.ada, [{"overlap": 1.0}] * 60)
    decide(strong, Decision.CONFLICT, people.ben)

    second = propose_calibration(people.desk, people.amir, NOW)
    adopt_calibration(second, second.version, people.amir, NOW)
    run_open_jobs()

    pair.refresh_from_db()
    assert second.number == 2
    assert pair.status == PairStatus.SUGGESTED
    assert pair.score >= BAR


def test_decided_pairs_keep_their_score_and_dismissed_ones_never_come_back(
    people: People, decided: list[ConflictPair], proposal: CalibrationVersion
) -> None:
    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()

    for pair in decided:
        before = (pair.score, pair.status, pair.version)
        pair.refresh_from_db()
        assert (pair.score, pair.status, pair.version) == before


def test_few_decisions_or_none_since_the_last_teach_nothing(people: People) -> None:
    pairs = add_pairs(people.desk, people.ada, [{"overlap": 1.0}] * FEWEST)
    decide(pairs[1:], Decision.COMPATIBLE, people.ben)
    with pytest.raises(TooFewDecisions, match=f"{FEWEST - 1} pairs"):
        propose_calibration(people.desk, people.amir, NOW)

    decide(pairs[:1], Decision.COMPATIBLE, people.ben)
    propose_calibration(people.desk, people.amir, NOW)

    with pytest.raises(NothingNewToLearn):
        propose_calibration(people.desk, people.amir, NOW)


def test_admins_calibrate_and_nobody_else(people: People, proposal: CalibrationVersion) -> None:
    for person in (people.ada, people.ben, people.lea, people.cleo):
        for act in (propose_calibration, ask_calibration):
            with pytest.raises(NotAllowed):
                act(people.desk, person, NOW)
        for change in (adopt_calibration, set_aside_calibration):
            with pytest.raises(NotAllowed):
                change(proposal, proposal.version, person, NOW)


def test_of_two_who_adopt_one_is_told(people: People, proposal: CalibrationVersion) -> None:
    other = CalibrationVersion.objects.get(pk=proposal.pk)
    adopt_calibration(proposal, proposal.version, people.amir, NOW)

    with pytest.raises(CalibrationInUse):
        adopt_calibration(other, other.version, people.amir, NOW)
    second = propose_again(people, proposal)
    with pytest.raises(StaleVersion):
        adopt_calibration(second, second.version + 1, people.amir, NOW)


def propose_again(people: People, proposal: CalibrationVersion) -> CalibrationVersion:
    (pair,) = add_pairs(people.desk, people.ada, [{"denies": 1.0}], score=0.95)
    decide([pair], Decision.CONFLICT, people.ben)
    return propose_calibration(people.desk, people.amir, NOW)


def test_the_timetable_proposes_where_there_is_news_and_adopts_nothing(
    people: People, decided: list[ConflictPair]
) -> None:
    for week in range(2):
        Job.objects.all().delete()
        queue_routine("learn from decisions", NOW)
        run_open_jobs()
        assert Job.objects.get().state == "done", week

    (proposal,) = CalibrationVersion.objects.all()
    assert (proposal.proposed_by, proposal.adopted_at) == (None, None)


def test_a_proposal_that_a_person_asks_for_is_theirs_and_made_once(people: People, decided: list[ConflictPair]) -> None:
    first = ask_calibration(people.desk, people.amir, NOW)
    second = ask_calibration(people.desk, people.amir, NOW)
    run_open_jobs()

    (proposal,) = CalibrationVersion.objects.all()
    assert first == second
    assert (proposal.desk, proposal.proposed_by, proposal.adopted_at) == (people.desk, people.amir, None)
    assert AuditEntry.objects.filter(verb="ask_calibration").exists()
    with pytest.raises(NothingNewToLearn):
        ask_calibration(people.desk, people.amir, NOW)


def test_a_proposal_can_be_asked_for_again_after_one_that_was_cancelled(
    people: People, decided: list[ConflictPair]
) -> None:
    cancel_work(ask_calibration(people.desk, people.amir, NOW), people.desk, people.amir, NOW)

    ask_calibration(people.desk, people.amir, NOW)
    run_open_jobs()

    assert CalibrationVersion.objects.count() == 1


def test_few_decisions_are_told_before_anything_is_queued(people: People) -> None:
    with pytest.raises(TooFewDecisions, match="0 pairs"):
        ask_calibration(people.desk, people.amir, NOW)

    assert not Job.objects.exists()


def test_setting_a_calibration_aside_goes_back_to_the_engines_own_score_and_can_be_undone(
    people: People, proposal: CalibrationVersion
) -> None:
    (pair,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])
    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()

    set_aside_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()
    (new,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])

    pair.refresh_from_db()
    assert (pair.score, pair.status, pair.calibration) == (0.6, PairStatus.SUGGESTED, None)
    assert (new.score, new.status, new.calibration) == (0.6, PairStatus.SUGGESTED, None)
    assert AuditEntry.objects.filter(verb="set_aside_calibration", actor_id=people.amir.pk).count() == 1
    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()
    pair.refresh_from_db()
    assert (pair.status, pair.calibration) == (PairStatus.HELD, proposal)


def test_an_earlier_calibration_can_be_taken_back(people: People, proposal: CalibrationVersion) -> None:
    (pair,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])
    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    second = propose_again(people, proposal)
    adopt_calibration(second, second.version, people.amir, NOW + timedelta(hours=1))
    run_open_jobs()

    adopt_calibration(proposal, proposal.version, people.amir, NOW + timedelta(hours=2))
    run_open_jobs()

    pair.refresh_from_db()
    assert pair.calibration == proposal
    assert CalibrationVersion.objects.in_use_on(people.desk.pk) == proposal


def test_only_the_calibration_in_use_can_be_set_aside(people: People, proposal: CalibrationVersion) -> None:
    with pytest.raises(CalibrationNotInUse):
        set_aside_calibration(proposal, proposal.version, people.amir, NOW)

    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    with pytest.raises(StaleVersion):
        set_aside_calibration(proposal, proposal.version - 1, people.amir, NOW)


def test_another_desks_decisions_teach_nothing_here(people: People, decided: list[ConflictPair]) -> None:
    admin = make_person("Ola", people.other_desk, Role.ADMIN)

    with pytest.raises(TooFewDecisions, match="0 pairs"):
        propose_calibration(people.other_desk, admin, NOW)


def test_a_pair_of_a_version_before_has_one_score(people: People, proposal: CalibrationVersion) -> None:
    (pair,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])
    ConflictPair.objects.filter(pk=pair.pk).update(engine_score=None)

    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()

    pair.refresh_from_db()
    assert (pair.engine_score, pair.status) == (0.6, PairStatus.HELD)


def test_a_pair_held_back_is_dismissed_with_its_words_and_held_back_again(
    people: People, proposal: CalibrationVersion
) -> None:
    (pair,) = add_pairs(people.desk, people.ada, [{"overlap": 1.0}])
    adopt_calibration(proposal, proposal.version, people.amir, NOW)
    run_open_jobs()
    pair.refresh_from_db()

    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)

    assert pair.status == PairStatus.DISMISSED
    reopen_conflict(pair, pair.version, people.ben, NOW)
    assert pair.status == PairStatus.HELD


def test_the_share_confirmed_is_told_by_kind_and_version(people: People, decided: list[ConflictPair]) -> None:
    (row,) = count_trust([people.desk.pk])

    assert (row.kind, row.calibration, row.confirmed, row.decided, row.share) == ("denial", None, 5, 25, 0.2)
    assert row.interval == pytest.approx((0.0886, 0.3913), abs=1e-4)
    assert count_trust([people.other_desk.pk]) == []


@pytest.mark.parametrize(
    ("found", "of", "low", "high"), [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (5, 10, 0.2366, 0.7634)]
)
def test_the_interval_is_wilsons(found: int, of: int, low: float, high: float) -> None:
    assert wilson_interval(found, of) == pytest.approx((low, high), abs=1e-4)
