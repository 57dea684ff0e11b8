"""A program asks whether a text has been checked, and is answered at once."""

from collections.abc import Iterator

import pytest

from factcheck.api.matches import ASKED, FOUND
from factcheck.newsroom.models import Scope
from factcheck.publishing.earlier import forget_memory
from tests.api.conftest import Asks, Programs
from tests.factories import make_bridge_pair, make_claim, make_published, run_open_jobs
from tests.people import People

MATCH = "/api/v1/match"


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """Every test begins as a process does."""
    forget_memory()
    yield
    forget_memory()


def test_a_program_is_answered_at_once_with_scores_words_and_why(people: People, program: Programs) -> None:
    publication = make_published(people)
    run_open_jobs()

    answer = program(people.lea, people.desk, Scope.DESK).send("post", MATCH, {"text": "Was the bridge inspected?"})

    (match,) = answer.json()["matches"]
    assert (answer.status_code, match["kind"], match["claim"]) == (200, "published", str(publication.claim_id))
    assert match["url"].endswith(publication.get_absolute_url())
    assert match["score"] > 0.5
    assert "bridge" in match["words"]
    assert "“bridge”" in match["why"]
    assert set(match) == set(FOUND["matches"][0])


def test_the_example_can_be_sent_and_limits_hold(people: People, asks: Asks) -> None:
    make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    run_open_jobs()
    ben = asks(people.ben)

    assert ben.send("post", MATCH, ASKED).status_code == 200
    assert len(ben.send("post", MATCH, {"text": "The bridge", "limit": 1}).json()["matches"]) == 1
    assert ben.send("post", MATCH, {"text": "The bridge", "limit": 21}).status_code == 400
    assert ben.send("post", MATCH, {"text": " "}).json()["code"] == "unfit_inquiry"
    assert asks(people.cleo).send("post", MATCH, ASKED).json() == {"matches": []}


def test_a_token_needs_the_scope_of_the_desk(people: People, program: Programs) -> None:
    answer = program(people.lea, people.desk, Scope.READ).send("post", MATCH, ASKED)

    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
