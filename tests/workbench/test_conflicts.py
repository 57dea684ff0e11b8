"""The queue of conflicts: its order, the way back, what a script gets, and what is hidden and why."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.corpus.models import ConflictPair, Decision, PairStatus, Statement
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.workbench.screens.conflict import conflict_for, next_in_queue
from factcheck.workbench.templatetags.desk_format import hedge
from tests.factories import NOW, make_bridge_pair
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.test_pages import queries_of

MONTHS = ("January", "March", "May", "June", "July")


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


@pytest.fixture
def pairs(people: People) -> list[ConflictPair]:
    """Five that wait, in the order of the queue: two share a score."""
    made = [make_bridge_pair(people.desk, people.ada, month, month) for month in MONTHS]
    for pair, score in zip(made, (0.5, 0.9, 0.7, 0.7, 0.6), strict=True):
        ConflictPair.objects.filter(pk=pair.pk).update(score=score)
    return [ConflictPair.objects.with_sides().get(pk=made[place].pk) for place in (1, 2, 3, 4, 0)]


def decide(client: Client, pair: ConflictPair, said: str = "compatible", **headers: str) -> object:
    fields = {"decision": said, "version": pair.version}
    return client.post(reverse("workbench:conflict-decide", args=[pair.pk]), fields, headers=headers)


def test_the_queue_goes_best_first_and_each_page_knows_its_neighbours(
    people: People, pairs: list[ConflictPair]
) -> None:
    screens = [conflict_for(pair, people.ben) for pair in pairs]

    assert [screen.place for screen in screens] == [1, 2, 3, 4, 5]
    assert {screen.waiting for screen in screens} == {5}
    assert [screen.following for screen in screens] == [*pairs[1:], None]
    assert [screen.previous for screen in screens] == [None, *pairs[:-1]]


def test_after_the_last_the_queue_begins_again(people: People, pairs: list[ConflictPair]) -> None:
    assert next_in_queue(people.ben) == pairs[0]
    assert [next_in_queue(people.ben, after=pair) for pair in pairs] == [*pairs[1:], pairs[0]]


def test_a_script_gets_the_way_back_alone(ben: Client, pairs: list[ConflictPair]) -> None:
    answer = decide(ben, pairs[0], **{"x-queue": "1"})

    page = answer.content.decode()  # type: ignore[attr-defined]  # an answer
    assert answer.status_code == 200  # type: ignore[attr-defined]  # an answer
    assert "<html" not in page
    assert reverse("workbench:conflict-reopen", args=[pairs[0].pk]) in page
    assert 'name="version" value="2"' in page


def test_a_script_whose_session_has_ended_is_sent_to_sign_in(pairs: list[ConflictPair]) -> None:
    answer = decide(Client(), pairs[0], **{"x-queue": "1"})

    pairs[0].refresh_from_db()
    assert answer.headers["Location"].startswith("/sign-in/?next=")  # type: ignore[attr-defined]  # an answer
    assert pairs[0].status == PairStatus.SUGGESTED


def test_one_key_takes_back_one_decision_after_the_other(ben: Client, pairs: list[ConflictPair]) -> None:
    for pair in pairs[:3]:
        decide(ben, pair)

    taken_back = []
    while undo := ben.get("/").context["acts"].done:
        ben.post(undo.address, undo.fields)
        taken_back.append(undo.action)

    assert taken_back == [reverse("workbench:conflict-reopen", args=[pair.pk]) for pair in reversed(pairs[:3])]
    assert ConflictPair.objects.awaiting_editor().count() == 5


def test_what_was_dismissed_is_listed_with_its_reason_and_brought_back(
    people: People, ben: Client, pairs: list[ConflictPair]
) -> None:
    decide_conflict(pairs[0], Decision.SUPERSEDED, 1, people.lea, now=NOW)
    page = ben.get(reverse("workbench:conflicts-hidden")).content.decode()

    answer = ben.post(
        reverse("workbench:conflict-reopen", args=[pairs[0].pk]), {"version": 2, "back": "hidden"}, follow=True
    )

    pairs[0].refresh_from_db()
    assert "Superseded" in page
    assert "Lea" in page
    assert "Bring back" in page
    assert pairs[0].status == PairStatus.SUGGESTED
    assert "waits for a decision again" in answer.content.decode()
    assert "Nothing is hidden" in answer.content.decode()


def test_the_hidden_list_offers_a_reporter_nothing_to_bring_back(
    people: People, signed_in: SignedIn, pairs: list[ConflictPair]
) -> None:
    decide_conflict(pairs[0], Decision.SUPERSEDED, 1, people.lea, now=NOW)

    page = signed_in(people.ada).get(reverse("workbench:conflicts-hidden")).content.decode()

    assert "Ilse Varga" in page
    assert "Bring back" not in page
    assert "Ilse Varga" not in signed_in(people.cleo).get(reverse("workbench:conflicts-hidden")).content.decode()


def test_the_page_says_how_such_suggestions_fared(people: People, ben: Client, pairs: list[ConflictPair]) -> None:
    decide_conflict(pairs[1], Decision.CONFLICT, 1, people.lea, now=NOW)
    decide_conflict(pairs[2], Decision.COMPATIBLE, 1, people.lea, now=NOW)

    assert "1 of 2 like it were confirmed" in ben.get(pairs[0].get_absolute_url()).content.decode()


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["conflict", "conflicts-hidden"])
def test_a_longer_queue_asks_no_more_queries(people: People, ben: Client, pairs: list[ConflictPair], name: str) -> None:
    path = reverse(f"workbench:{name}", args=[pairs[0].pk] if name == "conflict" else [])
    decide_conflict(pairs[1], Decision.COMPATIBLE, 1, people.lea, now=NOW)
    before = queries_of(ben, path)

    for month in ("August", "October", "November"):
        pair = make_bridge_pair(people.desk, people.ada, month, month)
        decide_conflict(pair, Decision.COMPATIBLE, 1, people.lea, now=NOW)

    assert queries_of(ben, path) <= before


def test_whoever_comes_second_is_told_who_was_first_and_led_back(
    people: People, ben: Client, pairs: list[ConflictPair]
) -> None:
    decide_conflict(pairs[0], Decision.SUPERSEDED, 1, people.lea, now=NOW)
    path, there = reverse("workbench:conflict-decide", args=[pairs[0].pk]), pairs[0].get_absolute_url()

    for referer, leads_back in ((f"http://testserver{there}?a=1#x", True), (f"http://elsewhere.example{there}", False)):
        answer = ben.post(path, {"decision": "conflict", "version": 1}, headers={"Referer": referer})
        page = answer.content.decode()
        assert (answer.status_code, "Lea has decided this pair already: Superseded" in page) == (409, True)
        assert (f'href="{there}?a=1"' in page) is leads_back


@pytest.mark.parametrize(
    ("content", "is_hedged", "said"),
    [
        ("Putin purportedly agreed", True, "purportedly"),
        ("it may fail", True, "hedged"),
        ("it allegedly fell", False, ""),
    ],
)
def test_how_far_a_report_goes_is_said_in_its_own_word(content: str, is_hedged: bool, said: str) -> None:
    assert hedge(Statement(content=content, hedged=is_hedged)) == said
