"""What the tests of work in teams have in common: pairs, claims that are assessed blind, and ways to ask for pages."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.claims.models import Claim, Rating
from factcheck.claims.services.assessments import ask_assessments, give_assessment, write_assessment
from factcheck.claims.services.assignments import take_next_assessment
from factcheck.claims.services.verdicts import VerdictText
from factcheck.corpus.models import ConflictPair
from factcheck.newsroom.models import User
from tests.factories import NOW, make_bridge_pair
from tests.people import People

MONTHS = ("January", "March", "April", "May", "June", "July")


def make_pairs(people: People, count: int, first: int = 0) -> list[ConflictPair]:
    return [make_bridge_pair(people.desk, people.ada, "Monday", month) for month in MONTHS[first : first + count]]


def make_blind(claim: Claim, lead: User, *given: tuple[User, Rating]) -> Claim:
    """A claim that two assess blind, with what was given so far."""
    ask_assessments(claim, 2, lead, NOW)
    for person, rating in given:
        assert take_next_assessment(person, NOW) == claim
        said = VerdictText(rating, f"{person}’s sentence.", f"{person}’s reasons.")
        assessment = write_assessment(claim, said, 1, person, NOW)
        give_assessment(claim, assessment.version, person, NOW)
    return claim


def page_of(client: Client, name: str, *args: Any, status: int = 200) -> str:
    answer = client.get(reverse(f"workbench:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, name: str, *args: Any, **fields: Any) -> Any:
    return client.post(reverse(f"workbench:{name}", args=args), fields)


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
