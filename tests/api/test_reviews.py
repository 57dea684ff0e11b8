"""What is published, for programs: without a sign-in, with its revisions, and with what went."""

import json
from datetime import timedelta
from typing import Any

import pytest

from factcheck.ledger import fulltext
from factcheck.newsroom.models import Scope, User
from factcheck.publishing.services import withdraw_review
from tests.api.conftest import Asks, Caller, Programs
from tests.factories import NOW, make_correction, make_published
from tests.people import People

REVIEWS = "/api/v1/reviews"
LATER = NOW + timedelta(days=1)


def test_a_review_is_given_with_its_document(people: People) -> None:
    publication = make_published(people)

    found = Caller().see(f"{REVIEWS}/{publication.pk}")

    assert found["text"] == "The bridge was inspected in January"
    assert (found["rating"], found["tone"], found["speaker"]) == ("True", "true", "Ilse Varga")
    assert found["url"].endswith(publication.get_absolute_url())
    assert found["claim_review"] == json.loads(bytes(publication.live.rich))
    assert Caller().see(REVIEWS)["results"] == [found]


def test_everybody_may_read_what_is_published(people: People, asks: Asks, program: Programs) -> None:
    publication = make_published(people)
    root = User.objects.create_superuser("root", password="root", name="Root")
    callers = [Caller(), asks(root), *(asks(who) for who in (people.ada, people.amir, people.cleo))]
    callers += [program(people.lea, people.desk, scope) for scope in Scope]

    for caller in callers:
        for path in ("", f"/{publication.pk}", f"/{publication.pk}/revisions"):
            assert caller.see(REVIEWS + path)
        assert caller.send("POST", REVIEWS, {}).status_code in (401, 403, 405)


def test_revisions_tell_what_was_corrected_and_why(people: People) -> None:
    publication = make_published(people)
    make_correction(publication, people, "A second log was found.", LATER)

    rows = Caller().see(f"{REVIEWS}/{publication.pk}/revisions")["results"]

    assert [(row["number"], row["kind"], row["reason"]) for row in rows] == [
        (2, "corrected", "A second log was found."),
        (1, "published", ""),
    ]
    said = [row["claim_review"]["reviewRating"]["ratingExplanation"] for row in rows]
    assert said == ["Two logs show it.", "The log of the bridge shows it."]


def test_a_revision_is_given_with_what_it_changed(people: People) -> None:
    publication = make_published(people)
    make_correction(publication, people, "A second log was found.", LATER)
    address = f"{REVIEWS}/{publication.pk}/revisions"

    assert Caller().see(f"{address}/1")["kind"] == "published"
    changed = Caller().see(f"{address}/2/changes")
    assert (changed["since"], changed["number"], changed["reason"]) == (1, 2, "A second log was found.")
    assert [one["part"] for one in changed["differences"]] == ["In one sentence"]
    assert {piece["role"] for piece in changed["differences"][0]["pieces"]} == {"same", "new", "old"}
    assert Caller().see(f"{address}/2/changes?since=1") == changed
    statuses = {path: Caller().get(f"{address}/{path}").status_code for path in ("3", "1/changes", "2/changes?since=2")}
    assert statuses == {"3": 404, "1/changes": 404, "2/changes?since=2": 400}

    publication.refresh_from_db()
    withdraw_review(publication, "In doubt.", publication.version, people.lea, LATER)
    assert Caller().see(f"{address}/2/changes")["differences"] is None


def test_a_withdrawn_review_is_told_as_gone(people: People) -> None:
    publication = make_published(people)
    as_of = Caller().see(REVIEWS)["as_of"]
    withdraw_review(publication, "In doubt.", publication.version, people.lea, LATER)

    changed = Caller().see(f"{REVIEWS}?updated_since={as_of}")

    assert changed["results"] == []
    assert [row["id"] for row in changed["gone"]] == [str(publication.pk)]
    assert Caller().get(f"{REVIEWS}/{publication.pk}").status_code == 404
    rows = Caller().see(f"{REVIEWS}/{publication.pk}/revisions")["results"]
    assert [(row["kind"], row["claim_review"]) for row in rows] == [("withdrawn", None), ("published", None)]


def test_a_correction_comes_by_the_change_feed(people: People) -> None:
    publication = make_published(people)
    as_of = Caller().see(REVIEWS)["as_of"]
    make_correction(publication, people, "A second log was found.", LATER)

    changed = Caller().see(f"{REVIEWS}?updated_since={as_of}")

    assert [(row["id"], row["revision"]) for row in changed["results"]] == [(str(publication.pk), 2)]


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("q=bridge", True),
        ("q=flood", False),
        ("tone=true", True),
        ("tone=false", False),
        ("language=en", True),
        ("desk=city", True),
        ("desk=sports", False),
        ("published_after=2026-03-02T00:00:00Z", True),
        ("published_after=2026-03-03T00:00:00Z", False),
        ("published_before=2026-03-03T00:00:00Z", True),
        ("published_before=2026-03-02T00:00:00Z", False),
        ("rating=True", True),
        ("rating=Tru", False),
        ("speaker=01a226d0-5c6d-75b0-85ca-13f18978952e", False),
    ],
)
def test_reviews_are_found_by_words_and_filters(people: People, query: str, finds: bool) -> None:
    make_published(people)

    assert bool(Caller().see(f"{REVIEWS}?{query}")["results"]) is finds


def test_what_a_word_finds_is_read_page_by_page_beyond_the_newest(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "LOOKED_THROUGH", 1)
    first, second, third = (make_published(people, month) for month in ("January", "February", "March"))

    page = Caller().see(f"{REVIEWS}?q=bridge&limit=1")
    further = Caller().see(f"{REVIEWS}?q=bridge&limit=1&cursor={page['next']}")

    assert [row["id"] for row in page["results"] + further["results"]] == [str(third.pk), str(second.pk)]
    assert [row["id"] for row in Caller().see(f"{REVIEWS}?q=January&limit=1")["results"]] == [str(first.pk)]
    assert Caller().see(f"{REVIEWS}?q=bridge&limit=1&cursor={further['next']}")["next"] is None


def test_an_unknown_parameter_is_refused(db: None) -> None:
    assert Caller().get(f"{REVIEWS}?words=x").json()["code"] == "unknown_parameter"
    assert Caller().get(f"{REVIEWS}/01a226d0-5c6d-75b0-85ca-13f18978952e/revisions").status_code == 404


def test_what_still_stands_is_not_sent_again(people: People) -> None:
    make_published(people)
    answer = Caller().get(REVIEWS)

    assert Caller().get(REVIEWS, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.thorough
def test_more_reviews_ask_no_more_questions(people: People, django_assert_max_num_queries: Any) -> None:
    for month in ("January", "February", "March", "April", "May"):
        make_published(people, month)

    with django_assert_max_num_queries(3):
        assert len(Caller().see(REVIEWS)["results"]) == 5
