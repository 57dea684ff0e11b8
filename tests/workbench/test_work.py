"""The page of work, assigning, checking; and that more rows ask no more queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import ArticleCheck, Assessment, Assignment, Purpose, Rating
from factcheck.claims.services.assignments import assign_work, take_next_pair
from factcheck.claims.services.claims import assign_claim
from factcheck.corpus.models import ConflictPair
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import notify
from tests.factories import NOW, make_bridge_pair, make_claim
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.teams import MONTHS, make_blind, make_pairs, page_of, post, queries_of


def test_the_next_conflict_is_taken_and_leads_to_its_page(people: People, signed_in: SignedIn, rita: User) -> None:
    first, second = make_pairs(people, 2)

    bens = post(signed_in(people.ben), "work-next-pair")
    ritas = post(signed_in(rita), "work-next-pair")

    assert {bens.headers["Location"], ritas.headers["Location"]} == {
        first.get_absolute_url(),
        second.get_absolute_url(),
    }
    nothing = signed_in(people.lea).post(reverse("workbench:work-next-pair"), follow=True)
    assert "Nothing is left there" in nothing.content.decode()


def test_deciding_what_one_took_brings_the_next_into_ones_hands(
    people: People, signed_in: SignedIn, rita: User
) -> None:
    make_pairs(people, 3)
    ben = signed_in(people.ben)
    post(ben, "work-next-pair")
    take_next_pair(rita, NOW)
    pair = Assignment.objects.get(person=people.ben).pair
    assert pair

    answer = post(ben, "conflict-decide", pair.pk, version=pair.version, decision="conflict")

    following = Assignment.objects.unfinished().get(person=people.ben).pair
    assert following
    assert following not in (pair, Assignment.objects.get(person=rita).pair)
    assert answer.headers["Location"] == following.get_absolute_url()


def test_the_queue_shows_nobody_what_a_colleague_has(people: People, signed_in: SignedIn, rita: User) -> None:
    first, second = make_pairs(people, 2)
    held = take_next_pair(rita, NOW)

    answer = signed_in(people.ben).get(reverse("workbench:conflict-next"))

    assert answer.headers["Location"] == (second if held == first else first).get_absolute_url()


def test_work_shows_ones_own_the_teams_and_to_leads_what_nobody_has(
    people: People, signed_in: SignedIn, rita: User
) -> None:
    pairs = make_pairs(people, 3)
    claims = [make_claim(pair, people.ben) for pair in pairs]
    assign_claim(claims[0], people.ada, people.lea, NOW)
    take_next_pair(people.ben, NOW)

    ada, lea = page_of(signed_in(people.ada), "work"), page_of(signed_in(people.lea), "work")

    assert "given by Lea" in ada
    assert "Claims that nobody works on" not in ada
    assert "Claims that nobody works on" in lea
    assert lea.count("Reassign") == 2
    assert "Reassign" not in ada


def test_a_piece_is_given_back_and_reassigned_from_the_page(people: People, signed_in: SignedIn, rita: User) -> None:
    make_pairs(people, 1)
    take_next_pair(people.ben, NOW)
    held = Assignment.objects.get()
    which = {"assignment": str(held.public_id), "held_by": str(people.ben.pk)}

    assert post(signed_in(people.lea), "work-reassign", **which, person=str(rita.pk)).status_code == 302
    stale = post(signed_in(people.lea), "work-reassign", **which, person=str(people.lea.pk))
    assert (stale.status_code, "Ben no longer has this" in stale.content.decode()) == (409, True)
    assert post(signed_in(people.ben), "work-release", **which | {"held_by": str(rita.pk)}).status_code == 403
    assert post(signed_in(rita), "work-release", **which | {"held_by": str(rita.pk)}).status_code == 302
    assert not Assignment.objects.exists()


def test_another_desks_work_does_not_exist(people: People, signed_in: SignedIn) -> None:
    make_pairs(people, 1)
    take_next_pair(people.ben, NOW)
    held = Assignment.objects.get()
    which = {"held_by": str(people.ben.pk), "person": str(people.cleo.pk)}
    cleo = signed_in(people.cleo)

    for assignment in (held.public_id, uuid4()):
        assert post(cleo, "work-reassign", assignment=str(assignment), **which).status_code == 404
    assert "Ben" not in page_of(cleo, "work")
    lea = post(
        signed_in(people.lea),
        "work-reassign",
        assignment=str(held.public_id),
        held_by=str(people.ben.pk),
        person=str(people.cleo.pk),
    )
    assert lea.status_code == 404


def test_assigning_says_how_much_each_has_and_refuses_what_is_taken(
    people: People, signed_in: SignedIn, rita: User
) -> None:
    (pair,) = make_pairs(people, 1)
    lea = signed_in(people.lea)
    assert "0 pieces in hand" in page_of(lea, "pair-assign", pair.pk)
    assert post(lea, "pair-assign", pair.pk, person=str(people.ben.pk)).status_code == 302

    again = post(lea, "pair-assign", pair.pk, person=str(rita.pk))
    unknown = post(lea, "pair-assign", pair.pk, person=str(people.cleo.pk))

    assert (again.status_code, "Ben has this in hand" in again.content.decode()) == (409, True)
    assert unknown.status_code == 422
    assert Assignment.objects.get().person == people.ben


def test_an_article_is_checked_on_its_page_and_the_check_taken_back(people: People, signed_in: SignedIn) -> None:
    (pair,) = make_pairs(people, 1)
    ben, article = signed_in(people.ben), pair.a.article
    assert "Mark as checked" in ben.get(article.get_absolute_url()).content.decode()

    post(ben, "article-check", article.pk)
    assert "checked by Ben" in ben.get(article.get_absolute_url()).content.decode()
    post(ben, "article-uncheck", article.pk)

    assert not ArticleCheck.objects.exists()
    assert "Mark as checked" not in signed_in(people.ada).get(article.get_absolute_url()).content.decode()


# --- Budgets ---


def fill(people: People, rita: User, ratings: list[Rating], first: int) -> None:
    """Two pairs: of one a claim that is adjudicated soon, of the other one in hand; a mention, and a pair in hand."""
    blind, plain = make_pairs(people, 2, first)
    make_blind(make_claim(blind, people.ben), people.lea, (people.ben, ratings[0]), (rita, ratings[first % 3]))
    assign_claim(make_claim(plain, people.ben), people.ada, people.lea, NOW)
    claim = make_claim(make_bridge_pair(people.desk, people.ada, "Friday", MONTHS[first]), people.ben)
    with record_change(actor=people.ada, now=NOW) as change:
        notify(change, people.lea, NoticeKind.MENTION, claim, desk_id=people.desk.pk)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["work", "notices", "adjudications", "agreement"])
def test_more_rows_ask_no_more_queries(
    people: People, signed_in: SignedIn, rita: User, ratings: list[Rating], name: str
) -> None:
    lea, path = signed_in(people.lea), reverse(f"workbench:{name}")
    fill(people, rita, ratings, 0)
    take_next_pair(people.ben, NOW)
    before = queries_of(lea, path)

    fill(people, rita, ratings, 2)
    fill(people, rita, ratings, 4)
    take_next_pair(rita, NOW)

    assert queries_of(lea, path) <= before
    assert Assessment.objects.count() == 6
    assert not Assignment.objects.filter(purpose=Purpose.ASSESS, until__isnull=False).exists()


def test_a_queue_says_since_when_its_oldest_piece_waits(people: People, signed_in: SignedIn) -> None:
    make_bridge_pair(people.desk, people.ada)
    ConflictPair.objects.update(suggested_at=timezone.now() - timedelta(days=3))

    screen = signed_in(people.ben).get("/work/")

    waiting = {queue.name: queue.waiting for queue in screen.context["screen"].queues}
    assert waiting == {"pair": 1, "claim": 0, "article": 1, "assessment": 0}
    assert "the oldest 3 days ago" in screen.content.decode().replace("\xa0", " ")


def test_what_one_looks_at_is_taken_with_a_key_and_given_back_with_another(people: People, signed_in: SignedIn) -> None:
    pair, ben = make_bridge_pair(people.desk, people.ada), signed_in(people.ben)
    assert 'data-key="a"' in ben.get(pair.get_absolute_url()).content.decode()

    ben.post(reverse("workbench:pair-take", args=[pair.pk]))
    page = ben.get(pair.get_absolute_url())
    assert 'data-key="a"' not in page.content.decode()
    undo = page.context["acts"].done
    assert undo.did == "Taken"

    ben.post(undo.address, undo.fields)
    assert not Assignment.objects.exists()


def test_what_was_given_to_another_goes_back_with_a_key(people: People, signed_in: SignedIn, rita: User) -> None:
    assign_work(make_bridge_pair(people.desk, people.ada), people.ben, people.lea, NOW)
    held, lea = Assignment.objects.get(), signed_in(people.lea)
    post(lea, "work-reassign", assignment=held.public_id, held_by=people.ben.pk, person=rita.pk)
    assert Assignment.objects.get().person == rita

    undo = lea.get("/work/").context["acts"].done
    lea.post(undo.address, undo.fields)

    assert Assignment.objects.get().person == people.ben
