from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.claims.errors import AlreadyChecked, AlreadyInHand, NotChecked, NotInHand, UnfitAssignee
from factcheck.claims.models import ArticleCheck, Assignment, Claim, ClaimState
from factcheck.claims.services.assignments import (
    RETURN,
    assign_work,
    reassign_work,
    release_work,
    take_following_pair,
    take_next_article,
    take_next_claim,
    take_next_pair,
    take_work,
)
from factcheck.claims.services.checks import check_article, uncheck_article
from factcheck.claims.services.claims import assign_claim, take_claim
from factcheck.claims.services.verdicts import VerdictText, start_verdict, write_verdict
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.jobs.runner import run_job
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Notice, Role, User
from factcheck.newsroom.models.act import KEPT_FOR
from tests.factories import NOW, make_article, make_bridge_pair, make_claim, make_submitted, run_open_jobs
from tests.people import People, make_person

A_WHILE_AGO = timedelta(minutes=1)


@pytest.fixture
def pairs(people: People) -> list[ConflictPair]:
    return [make_bridge_pair(people.desk, people.ada, "Monday", month) for month in ("January", "March", "June")]


@pytest.fixture
def rita(people: People) -> User:
    """Another reviewer."""
    return make_person("Rita", people.desk, Role.REVIEWER)


def let_lapse(person: User) -> None:
    """Let the time of what a person has run out."""
    assert Assignment.objects.of(person).update(until=timezone.now() - A_WHILE_AGO)


def return_what_was_left() -> None:
    """The routine, as the timetable brings it."""
    queue_routine("return what was left", timezone.now())
    run_job(Job.objects.get(kind=RETURN).pk)


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("at", "id").values_list("kind", flat=True))


def acts(verb: str) -> int:
    return AuditEntry.objects.filter(verb=verb).count()


# --- Taking the next ---


def test_a_pair_and_an_article_are_taken_out_of_their_turn_by_one_alone(
    people: People, rita: User, pairs: list[ConflictPair]
) -> None:
    for piece in (pairs[2], pairs[2].a.article):
        take_work(piece, people.ben, NOW)
        assert Assignment.objects.on(piece).get().until is not None
        with pytest.raises(AlreadyInHand, match="Ben has this"):
            take_work(piece, rita, NOW)
    decide_conflict(pairs[1], Decision.COMPATIBLE, pairs[1].version, people.lea, now=NOW)
    with pytest.raises(AlreadyInHand, match="not wait any more"):
        take_work(pairs[1], people.ben, NOW)
    with pytest.raises(NotAllowed):
        take_work(pairs[0], people.ada, NOW)


def test_nobody_gets_the_pair_that_a_colleague_has(people: People, pairs: list[ConflictPair], rita: User) -> None:
    first, second = take_next_pair(people.ben, NOW), take_next_pair(rita, NOW)

    assert first
    assert second
    assert first != second
    assert take_next_pair(people.lea, NOW) not in (first, second, None)
    assert take_next_pair(make_person("Late", people.desk, Role.REVIEWER), NOW) is None


def test_taking_twice_gives_what_is_in_hand(people: People, pairs: list[ConflictPair]) -> None:
    assert take_next_pair(people.ben, NOW) == take_next_pair(people.ben, NOW)
    assert Assignment.objects.count() == 1


def test_a_pair_can_be_left_for_the_next(people: People, pairs: list[ConflictPair]) -> None:
    first = take_next_pair(people.ben, NOW)

    second = take_next_pair(people.ben, NOW, leave=first)

    assert first != second
    assert [row.pair for row in Assignment.objects.all()] == [second]


def test_after_a_decision_the_next_is_in_hand(people: People, pairs: list[ConflictPair]) -> None:
    pair = take_next_pair(people.ben, NOW)
    assert pair
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)

    following = take_following_pair(pair, people.ben, NOW)

    assert following not in (None, pair)
    assert [row.pair for row in Assignment.objects.unfinished()] == [following]


def test_who_decides_without_the_queue_is_given_nothing(people: People, pairs: list[ConflictPair]) -> None:
    assert take_following_pair(pairs[0], people.ben, NOW) is None
    assert not Assignment.objects.exists()


def test_reporters_take_claims_but_no_conflicts(people: People, pairs: list[ConflictPair]) -> None:
    make_claim(pairs[0], people.ben)

    with pytest.raises(NotAllowed):
        take_next_pair(people.ada, NOW)
    claim = take_next_claim(people.ada, NOW)

    assert claim
    assert (claim.state, claim.assignments.get().person) == (ClaimState.IN_WORK, people.ada)


def test_the_oldest_claim_comes_first_and_none_that_somebody_has(
    people: People, pairs: list[ConflictPair], rita: User
) -> None:
    claims = [make_claim(pair, people.ben) for pair in pairs]
    assign_claim(claims[0], people.ada, people.lea, NOW)

    assert [take_next_claim(people.ben, NOW), take_next_claim(rita, NOW)] == claims[1:]
    assert take_next_claim(people.lea, NOW) is None


def test_a_claim_whose_verdict_waits_for_a_second_person_is_not_handed_out(
    people: People, pairs: list[ConflictPair]
) -> None:
    make_submitted(make_claim(pairs[0], people.ben), people.ben)

    assert take_next_claim(people.lea, NOW) is None


def test_what_a_person_may_not_read_is_not_handed_to_them(people: People, pairs: list[ConflictPair]) -> None:
    for pair in pairs:
        article = pair.a.article
        restrict_article(article, [], article.version, people.lea, NOW)

    assert take_next_pair(people.ben, NOW) is None
    assert take_next_article(people.ben, NOW) is None
    assert take_next_pair(people.cleo, NOW) is None


# --- What lies untouched goes back ---


def test_a_lapsed_piece_goes_to_whoever_comes_first_and_its_holder_is_told(
    people: People, pairs: list[ConflictPair], rita: User
) -> None:
    pair = take_next_pair(people.ben, NOW)
    let_lapse(people.ben)

    assert take_next_pair(rita, NOW) == pair
    assert [row.person for row in Assignment.objects.all()] == [rita]
    assert told(people.ben) == ["returned"]


def test_the_routine_returns_what_was_left_and_nothing_else(people: People, pairs: list[ConflictPair]) -> None:
    claim = make_claim(pairs[0], people.ben)
    take_next_pair(people.ben, NOW)
    take_claim(claim, people.ada, NOW)
    let_lapse(people.ada)

    return_what_was_left()

    claim.refresh_from_db()
    assert [row.person for row in Assignment.objects.all()] == [people.ben]
    assert claim.state == ClaimState.OPEN
    assert (told(people.ada), acts("return_work")) == (["returned"], 1)


def test_the_routine_leaves_a_verdict_that_waits_with_its_author(people: People, pairs: list[ConflictPair]) -> None:
    claim = make_claim(pairs[0], people.ben)
    take_claim(claim, people.ben, NOW)
    make_submitted(claim, people.ben)
    let_lapse(people.ben)

    return_what_was_left()

    assert claim.assignments.get().person == people.ben


def test_writing_keeps_a_claim_in_hand(people: People, pairs: list[ConflictPair]) -> None:
    claim = make_claim(pairs[0], people.ben)
    take_claim(claim, people.ada, NOW)
    let_lapse(people.ada)

    verdict = start_verdict(claim, people.ada, NOW)
    write_verdict(verdict, VerdictText(summary="Begun."), verdict.version, people.ada, NOW)

    assert Assignment.objects.live().filter(claim=claim).get().person == people.ada


def test_what_a_lead_assigns_stays(people: People, pairs: list[ConflictPair]) -> None:
    claim = make_claim(pairs[0], people.ben)
    assign_claim(claim, people.ada, people.lea, NOW)
    assign_work(pairs[1], people.ben, people.lea, NOW)

    assert not Assignment.objects.exclude(until=None).exists()
    assert told(people.ada) == told(people.ben) == ["assigned"]


def test_how_long_a_piece_may_lie_is_the_desks_rule(people: People, pairs: list[ConflictPair]) -> None:
    people.desk.pair_minutes = 5
    people.desk.save()

    take_next_pair(people.ben, NOW)

    until = Assignment.objects.get().until
    assert until
    assert timedelta(minutes=4) < until - timezone.now() < timedelta(minutes=6)


# --- Given by hand, given to another, given back ---


def test_only_leads_assign_and_only_to_who_may_do_and_read_it(people: People, pairs: list[ConflictPair]) -> None:
    with pytest.raises(NotAllowed):
        assign_work(pairs[0], people.ben, people.ben, NOW)
    for unfit in (people.ada, people.amir, people.cleo):
        with pytest.raises(UnfitAssignee, match=unfit.name):
            assign_work(pairs[0], unfit, people.lea, NOW)
    article = pairs[0].a.article
    restrict_article(article, [], article.version, people.lea, NOW)
    with pytest.raises(UnfitAssignee):
        assign_work(pairs[0], people.ben, people.lea, NOW)


def test_what_somebody_has_is_not_assigned_but_reassigned(
    people: People, pairs: list[ConflictPair], rita: User
) -> None:
    pair = take_next_pair(people.ben, NOW)
    assert pair
    with pytest.raises(AlreadyInHand, match="Ben has this in hand"):
        assign_work(pair, rita, people.lea, NOW)

    reassign_work(Assignment.objects.get(), rita, people.lea, NOW)

    assert Assignment.objects.get().person == rita
    assert (told(people.ben), told(rita)) == (["reassigned"], ["assigned"])


def test_a_stale_reassignment_is_refused(people: People, pairs: list[ConflictPair], rita: User) -> None:
    take_next_pair(people.ben, NOW)
    seen = Assignment.objects.get()
    reassign_work(Assignment.objects.get(), rita, people.lea, NOW)

    with pytest.raises(NotInHand, match="Ben no longer has this"):
        reassign_work(seen, people.lea, people.lea, NOW)

    assert Assignment.objects.get().person == rita


def test_a_claim_is_not_reassigned_to_who_has_it(people: People, pairs: list[ConflictPair]) -> None:
    claim = make_claim(pairs[0], people.ben)
    take_claim(claim, people.ben, NOW)
    take_claim(claim, people.ada, NOW)

    with pytest.raises(UnfitAssignee, match="Ada has this in hand already"):
        reassign_work(Assignment.objects.get(person=people.ben), people.ada, people.lea, NOW)


def test_one_gives_back_ones_own_and_leads_anybodys(people: People, pairs: list[ConflictPair], rita: User) -> None:
    take_next_pair(people.ben, NOW)
    bens = Assignment.objects.get()
    with pytest.raises(NotAllowed):
        release_work(bens, rita, NOW)

    release_work(bens, people.ben, NOW)
    with pytest.raises(NotInHand):
        release_work(bens, people.lea, NOW)

    assert not Assignment.objects.exists()
    assert told(people.ben) == []  # nobody is told of what they did


def test_a_claim_that_nobody_has_any_more_is_open(people: People, pairs: list[ConflictPair]) -> None:
    claim = make_claim(pairs[0], people.ben)
    take_claim(claim, people.ada, NOW)

    release_work(Assignment.objects.get(), people.lea, NOW)

    assert Claim.objects.get().state == ClaimState.OPEN
    assert told(people.ada) == ["returned"]


def test_a_pair_whose_decision_is_taken_back_is_in_hand_again_for_as_long_as_that_lasts(
    people: People, pairs: list[ConflictPair], rita: User
) -> None:
    pair = take_next_pair(people.ben, NOW)
    assert pair
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)
    take_following_pair(pair, people.ben, NOW)
    reopen_conflict(pair, pair.version, people.ben, NOW)

    assert take_next_pair(rita, NOW) != pair
    assert take_next_pair(people.ben, NOW) == pair
    Assignment.objects.on(pair).update(until=NOW - A_WHILE_AGO)
    assert take_next_pair(make_person("Rosa", people.desk, Role.REVIEWER), NOW) == pair


def test_the_hands_of_what_was_done_are_forgotten_once_no_key_takes_it_back(
    people: People, pairs: list[ConflictPair]
) -> None:
    pair = take_next_pair(people.ben, NOW)
    assert pair
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=timezone.now())
    return_what_was_left()
    assert Assignment.objects.on(pair).exists()

    ConflictPair.objects.update(decided_at=timezone.now() - KEPT_FOR)
    Job.objects.all().delete()
    return_what_was_left()
    assert not Assignment.objects.exists()


# --- Articles ---


def test_a_checked_article_leaves_the_queue_and_comes_back_when_the_check_is_taken_back(people: People) -> None:
    make_article(people.desk, people.ada)
    assert take_next_article(people.ben, NOW) is None  # not analyzed yet
    run_open_jobs()
    article = take_next_article(people.ben, NOW)
    assert article

    check_article(article, people.ben, NOW)
    assert not Assignment.objects.unfinished().exists()
    assert take_next_article(people.lea, NOW) is None
    with pytest.raises(AlreadyChecked):
        check_article(article, people.lea, NOW + A_WHILE_AGO)

    uncheck_article(article, people.lea, NOW)
    with pytest.raises(NotChecked):
        uncheck_article(article, people.lea, NOW)
    assert take_next_article(people.lea, NOW) is None  # it is in Ben's hands again
    let_lapse(people.ben)
    assert take_next_article(people.lea, NOW) == article


def test_reporters_check_no_articles(people: People) -> None:
    article = make_article(people.desk, people.ada)

    with pytest.raises(NotAllowed):
        check_article(article, people.ada, NOW)

    assert not ArticleCheck.objects.exists()
