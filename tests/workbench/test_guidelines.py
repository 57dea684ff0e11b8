"""The page of guidelines and scales: read by the desk, written by leads, in versions."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.claims.models import Guideline, Rating, RatingScale
from factcheck.claims.services.guidelines import revise_guidelines
from tests.factories import NOW, make_bridge_pair, make_claim, make_scale
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture
def lea(people: People, signed_in: SignedIn) -> Client:
    make_scale(people.desk)
    return signed_in(people.lea)


@pytest.fixture
def address(people: People) -> str:
    return reverse("workbench:guidelines", args=[people.desk.pk])


def steps(*rows: tuple[str, str]) -> dict[str, object]:
    scale = RatingScale.objects.order_by("-number")[0]
    fields: dict[str, object] = {"version": scale.version}
    for number, (label, definition) in enumerate(rows, start=1):
        fields |= {f"label_{number}": label, f"tone_{number}": "mixed", f"definition_{number}": definition}
    return fields


def test_a_lead_writes_versions_and_each_can_be_read(lea: Client, address: str) -> None:
    lea.post(address, {"number": 0, "text": "Two *sources*."})
    lea.post(address, {"number": 1, "text": "Three sources."})

    newest, first = lea.get(address).content.decode(), lea.get(f"{address}?version=1").content.decode()

    assert ("Guidelines, version 2" in newest, "Three sources." in newest) == (True, True)
    assert ("Guidelines, version 1" in first, "<em>sources</em>" in first, "earlier" in first) == (True, True, True)


@pytest.mark.parametrize("version", ["99", "-1", "x", "٣", "9" * 30, ""])
def test_a_version_that_is_none_shows_the_one_in_force(lea: Client, address: str, version: str) -> None:
    lea.post(address, {"number": 0, "text": "Two sources."})

    answer = lea.get(address, {"version": version})

    assert (answer.status_code, "Guidelines, version 1" in answer.content.decode()) == (200, True)


def test_the_desk_reads_and_does_not_write(people: People, signed_in: SignedIn, lea: Client, address: str) -> None:
    lea.post(address, {"number": 0, "text": "Two sources."})
    ben = signed_in(people.ben)

    assert "Write the next version" not in ben.get(address).content.decode()
    assert ben.post(address, {"number": 1, "text": "None."}).status_code == 403
    assert signed_in(people.cleo).get(address).status_code == 404


def test_a_refused_version_keeps_what_was_written(people: People, lea: Client, address: str) -> None:
    revise_guidelines(people.desk, "Two sources.", 0, people.lea, NOW)

    stale = lea.post(address, {"number": 0, "text": "My long work."})
    unfit = lea.post(address, {"number": 1, "text": "My [work](javascript:alert(1))."})

    assert (stale.status_code, "My long work." in stale.content.decode()) == (409, True)
    assert (unfit.status_code, "is no web address" in unfit.content.decode()) == (422, True)
    assert Guideline.objects.count() == 1


def test_a_lead_writes_the_next_version_of_a_scale(lea: Client, address: str) -> None:
    path = reverse("workbench:rating-scale", args=[RatingScale.objects.get().pk])

    lea.post(path, steps(("Right", "It is so."), ("", ""), ("Wrong", "It is not so.")))

    page = lea.get(address).content.decode()
    assert "version 2" in page
    assert [row.label for row in Rating.objects.filter(retired_at__isnull=True)] == ["Right", "Wrong"]


def test_a_refused_scale_keeps_what_was_written(lea: Client, address: str) -> None:
    path = reverse("workbench:rating-scale", args=[RatingScale.objects.get().pk])

    answer = lea.post(path, steps(("Right", "It is so."), ("Wrong", "")))

    page = answer.content.decode()
    assert (answer.status_code, "definition of “Wrong” is empty" in page) == (422, True)
    assert 'value="Right"' in page
    assert RatingScale.objects.count() == 1


def test_they_stand_beside_the_verdict_form(people: People, lea: Client, signed_in: SignedIn, address: str) -> None:
    lea.post(address, {"number": 0, "text": "Two *sources*."})
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)

    page = signed_in(people.ben).get(claim.get_absolute_url()).content.decode()

    for part in ("Definitions and guidelines, version 1", "Two <em>sources</em>", "It is unproven."):
        assert part in page
