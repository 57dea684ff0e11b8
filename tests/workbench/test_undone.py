"""Each act that a key takes back leaves every row as it was: not only its state, but whose it is, since when and why.

The acts, and what they begin from, stand in `deeds.py` and `further_deeds.py`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest
from django.db.models import AutoField, Model, QuerySet
from django.test import Client
from django.utils import timezone

from factcheck.claims.models import (
    Approval,
    ArticleCheck,
    Assignment,
    Claim,
    Comment,
    Evidence,
    Mention,
    Reply,
    SourceChange,
    Tagging,
    Verdict,
)
from factcheck.claims.services.claims import close_claim
from factcheck.claims.services.tags import tag_piece
from factcheck.corpus.models import Anchor, Article, ConflictPair, Decision, Feed, Outlet, Speaker, Statement
from factcheck.corpus.services.bulk import plan_bulk, start_bulk, undo_bulk
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.ledger.models import Job
from factcheck.newsroom.models import SavedView, ViewAlert
from factcheck.publishing.models import WebhookEndpoint
from tests.factories import NOW, make_bridge_pair, make_claim, run_open_jobs
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.deeds import BEFORE, DEEDS, SEVERAL, Deed, Made, decided, parked
from tests.workbench.further_deeds import FURTHER_DEEDS, of_a_feed

Rows = dict[str, list[dict[str, Any]]]
COUNTS: Final = {"version", "seq", "created_seq"}  # an act that is taken back is an act: these go on
WATCHED: Final[tuple[type[Model], ...]] = (
    *(ConflictPair, Claim, Verdict, Approval, Evidence, Reply, Tagging, Assignment, ArticleCheck, Comment, Mention),
    *(SourceChange, Article, Outlet, Speaker, Statement, Anchor, Feed, WebhookEndpoint, SavedView, ViewAlert),
)


@pytest.mark.parametrize("made", [*DEEDS, *FURTHER_DEEDS], ids=lambda made: made.__name__)
def test_what_is_taken_back_leaves_every_row_as_it_was_and_is_done_again(
    people: People, signed_in: SignedIn, made: Made
) -> None:
    done = made(people)
    before, browser, began = rows(done.but), signed_in(done.who), timezone.now()

    assert browser.post(done.address, done.fields).status_code in (204, 302)
    after = rows(done.but)
    press(browser, "done")
    assert after != before
    assert rows(done.but) == before

    if browser.get("/").context["acts"].taken_back:  # what went back into a queue is taken again by its own button
        press(browser, "taken_back")
        assert whenever(rows(done.but), began) == whenever(after, began)


@pytest.mark.parametrize("made", [*SEVERAL, of_a_feed], ids=lambda made: made.__name__)
def test_several_acts_on_one_thing_are_taken_back_one_by_one_to_where_they_began(
    people: People, signed_in: SignedIn, made: Callable[[People], list[Deed]]
) -> None:
    deeds = made(people)
    browser, seen, began = signed_in(deeds[0].who), [rows(frozenset())], timezone.now()
    for deed in deeds:
        assert browser.post(deed.address, deed.fields).status_code == 302
        seen.append(rows(frozenset()))

    for before in reversed(seen[:-1]):
        press(browser, "done")
        assert whenever(rows(frozenset()), began) == whenever(before, began)
    assert rows(frozenset()) == seen[0]
    for after in seen[1:]:
        press(browser, "taken_back")
        assert whenever(rows(frozenset()), began) == whenever(after, began)


BULK: Final = ("compatible", "needs_clarification", "reopen")


@pytest.mark.parametrize("verb", BULK)
def test_many_pairs_are_as_they_were_each(people: People, verb: str) -> None:
    parked(people)
    make_bridge_pair(people.desk, people.ada, month="May")
    dismissed = make_bridge_pair(people.desk, people.ada, month="June")
    decide_conflict(dismissed, Decision.SAME_CLAIM, dismissed.version, people.ben, now=BEFORE)

    before, done, undone = there_and_back(verb, ConflictPair.objects.all(), people)
    assert done != before
    assert undone == before


@pytest.mark.parametrize("verb", ["close_claim", "reopen_claim", "untag_claim"])
def test_many_claims_are_as_they_were_each(people: People, verb: str) -> None:
    tag_piece(decided(people), "Bridge", people.ben, BEFORE)
    closed = make_claim(make_bridge_pair(people.desk, people.ada, month="May"), people.ben)
    close_claim(closed, closed.version, people.ben, BEFORE)
    make_claim(make_bridge_pair(people.desk, people.ada, month="June"), people.ben, people.ben, people.lea)

    choice = "Bridge" if verb == "untag_claim" else ""
    before, done, undone = there_and_back(verb, Claim.objects.all(), people, choice)
    assert done != before
    assert undone == before


def there_and_back(verb: str, chosen: "QuerySet[Any]", people: People, choice: str = "") -> tuple[Rows, Rows, Rows]:
    """All rows before a run over these, after it, and after its undo."""
    before = rows(frozenset())
    run = start_bulk(plan_bulk(verb, chosen, people.lea, choice), people.lea, NOW)
    run_open_jobs()
    done = rows(frozenset())
    undo_bulk(Job.objects.get(pk=run.pk), people.lea, NOW)
    run_open_jobs()
    return before, done, rows(frozenset())


def press(browser: Client, key: str) -> None:
    act = getattr(browser.get("/").context["acts"], key)
    assert browser.post(act.address, act.fields).status_code == 302


def whenever(found: Rows, since: datetime) -> Rows:
    """The same, however soon after each other: what is done again is done a moment later."""

    def plain(value: object) -> object:
        return "now" if isinstance(value, datetime) and value >= since else value

    dated = {name: [{key: plain(value) for key, value in row.items()} for row in kept] for name, kept in found.items()}
    return {name: sorted(kept, key=repr) for name, kept in dated.items()}


def rows(but: frozenset[str]) -> Rows:
    """Everything that acts change, whole; where the database counts rows by itself, but for that number."""
    return {model.__name__: _rows_of(model._default_manager.all(), but) for model in WATCHED}


def _rows_of(found: "QuerySet[Any]", but: frozenset[str]) -> list[dict[str, Any]]:
    is_counted = isinstance(found.model._meta.pk, AutoField) or found.model in (Mention, Anchor)
    left = COUNTS | but | ({"id"} if is_counted else set())
    values = [{name: value for name, value in row.items() if name not in left} for row in found.values()]
    return sorted(values, key=repr)
