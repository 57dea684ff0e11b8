"""How long claims stay in each stage: read from what happened to them, in order."""

from datetime import timedelta

from factcheck.claims.stages import Move, Stage, stays_of, times_by_stage
from tests.factories import NOW, make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People


def moves(*verbs: str) -> list[Move]:
    """One an hour."""
    return [Move(verb, NOW + timedelta(hours=number)) for number, verb in enumerate(verbs)]


def stages(*verbs: str) -> list[tuple[Stage, int, bool]]:
    stays = stays_of(moves(*verbs), NOW + timedelta(hours=len(verbs)))
    return [(stay.stage, round(stay.length / timedelta(hours=1)), stay.is_over) for stay in stays]


def test_a_claim_goes_through_its_stages_and_back() -> None:
    worked = ("open_claim", "assign_claim", "assign_claim", "start_verdict", "submit_verdict", "send_back_verdict")

    assert stages(*worked, "submit_verdict", "approve_verdict", "publish_review") == [
        (Stage.WAITING, 1, True),
        (Stage.IN_WORK, 3, True),
        (Stage.APPROVAL, 1, True),
        (Stage.IN_WORK, 1, True),
        (Stage.APPROVAL, 1, True),
        (Stage.APPROVED, 1, True),
    ]


def test_a_claim_that_its_last_hands_give_back_waits_again_unless_a_verdict_was_begun() -> None:
    given_back = ("open_claim", "assign_claim", "assign_claim", "release_work", "return_work")

    assert stages(*given_back)[-1] == (Stage.WAITING, 1, False)
    assert stages("open_claim", "assign_claim", "start_verdict", "release_work")[-1] == (Stage.IN_WORK, 3, False)


def test_a_claim_that_was_closed_or_reopened_by_mistake_is_where_it_was() -> None:
    worked = ("open_claim", "start_verdict", "submit_verdict", "approve_verdict")

    assert stages(*worked, "close_claim", "take_back_closing")[-1] == (Stage.APPROVED, 1, False)
    assert stages(*worked, "reopen_claim", "take_back_reopening")[-1] == (Stage.APPROVED, 1, False)


def test_the_times_of_a_desk_are_read_from_its_history(people: People) -> None:
    make_scale(people.desk)
    make_submitted(make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben), people.ben)

    waiting, in_work, approval, approved = times_by_stage(people.lea, NOW + timedelta(days=1))

    assert (waiting.over, in_work.over, approval.now, approved.now) == (1, 1, 1, 0)
    assert approval.oldest is not None
    assert times_by_stage(people.cleo, NOW)[2].now == 0
