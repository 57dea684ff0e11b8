"""The box on the inbox, and the page of what was found: with scripts and without."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.corpus.models import Inquiry
from factcheck.ledger.models import Job
from tests.factories import BRIDGE, make_analyzed_article, run_open_jobs
from tests.people import People
from tests.workbench.conftest import SignedIn

ASK = "/elsewhere/"
DENIAL = "The bridge was not inspected in January."
HTMX = {"HX-Request": "true"}


def form(people: People, **more: str) -> dict[str, str]:
    return {"desk": str(people.desk.pk), "text": DENIAL, "speaker": "Karl Holm", "said_on": "", **more}


def test_without_scripts_one_is_led_to_a_page_that_loads_anew_until_it_is_answered(
    people: People, signed_in: SignedIn
) -> None:
    make_analyzed_article(people.desk, people.ada)
    ada = signed_in(people.ada)

    sent = ada.post(ASK, form(people))
    waiting = ada.get(sent.headers["Location"]).content.decode()
    run_open_jobs()
    answered = ada.get(sent.headers["Location"]).content.decode()

    assert sent.status_code == 302
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "refresh" not in answered
    assert "inspected in January" in answered
    assert "Karl Holm: “The bridge was not" in answered
    assert 'class="chip clash"' in answered


def test_in_the_box_the_answer_comes_in_its_place(people: People, signed_in: SignedIn) -> None:
    make_analyzed_article(people.desk, people.ada)
    ada = signed_in(people.ada)

    asked = ada.post(ASK, form(people), headers=HTMX).content.decode()
    run_open_jobs()
    answered = ada.get(Inquiry.objects.get().get_absolute_url(), headers=HTMX).content.decode()

    assert "<html" not in asked + answered
    assert 'hx-trigger="every 1s"' in asked
    assert "hx-trigger" not in answered
    assert "inspected in January" in answered


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "x" * 3000}, {"said_on": "1400-01-01"}, {"said_on": "soon"}])
def test_what_does_not_do_is_said_and_what_was_typed_is_kept(
    people: People, signed_in: SignedIn, wrong: dict[str, str]
) -> None:
    ada = signed_in(people.ada)

    page = ada.post(ASK, form(people, **wrong))
    part = ada.post(ASK, form(people, **wrong), headers=HTMX)

    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert "Karl Holm" in page.content.decode()
    assert part.status_code == 200
    assert 'role="alert"' in part.content.decode()
    assert Inquiry.objects.count() == Job.objects.count() == 0


def test_who_may_not_ask_sees_no_box(people: People, signed_in: SignedIn) -> None:
    assert "Where does this stand elsewhere?" in signed_in(people.ada).get("/").content.decode()
    assert "Where does this stand elsewhere?" not in signed_in(people.amir).get("/").content.decode()
    assert signed_in(people.amir).post(ASK, form(people)).status_code == 403


def test_another_desk_cannot_be_chosen(people: People, signed_in: SignedIn) -> None:
    answer = signed_in(people.ada).post(ASK, form(people, desk=str(people.other_desk.pk)))

    assert answer.status_code == 422
    assert Inquiry.objects.count() == 0


def test_what_is_found_asks_no_more_queries_the_more_it_is(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)

    def queries() -> int:
        Inquiry.objects.all().delete()
        ada.post(ASK, form(people))
        run_open_jobs()
        with CaptureQueriesContext(connection) as asked:
            assert ada.get(Inquiry.objects.get().get_absolute_url()).status_code == 200
        return len(asked)

    make_analyzed_article(people.desk, people.ada)
    before = queries()
    for day in ("Monday", "Tuesday", "Friday"):
        make_analyzed_article(people.desk, people.ada, BRIDGE.replace("Sunday", day))

    assert queries() <= before
