"""The pages of work in teams: what each shows and to whom, what a refusal keeps, and that more rows ask no more."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import ArticleCheck, Assessment, Assignment, BlindReview, Claim, Purpose, Rating, Verdict
from factcheck.claims.services.assessments import ask_assessments, give_assessment, write_assessment
from factcheck.claims.services.assignments import take_next_assessment, take_next_pair
from factcheck.claims.services.claims import assign_claim
from factcheck.claims.services.verdicts import VerdictText
from factcheck.corpus.models import ConflictPair
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import Desk, Notice, NoticeKind, Role, User
from factcheck.newsroom.notices import notify
from factcheck.workbench.csv_tables import csv_of
from factcheck.workbench.screens.work import waiting_count
from tests.factories import NOW, make_bridge_pair, make_claim, make_scale
from tests.people import People, make_person
from tests.workbench.conftest import SignedIn

MONTHS = ("January", "March", "April", "May", "June", "July")


@pytest.fixture
def rita(people: People) -> User:
    """Another reviewer."""
    return make_person("Rita", people.desk, Role.REVIEWER)


@pytest.fixture
def ratings(people: People) -> list[Rating]:
    return make_scale(people.desk)


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


# --- Work ---


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

    following = Assignment.objects.get(person=people.ben).pair
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


def test_what_waits_is_counted_for_a_badge(people: People, rita: User, ratings: list[Rating]) -> None:
    (pair,) = make_pairs(people, 1)
    assert waiting_count(people.lea) == waiting_count(people.ben) == 0

    make_blind(make_claim(pair, people.ben), people.lea, (people.ben, ratings[0]), (rita, ratings[1]))
    take_next_pair(people.ben, NOW)

    assert (waiting_count(people.lea), waiting_count(people.ben)) == (1, 1)


# --- Blind assessment and adjudication ---


def test_a_refused_assessment_keeps_what_was_written(
    people: People, signed_in: SignedIn, ratings: list[Rating]
) -> None:
    (pair,) = make_pairs(people, 1)
    claim = make_blind(make_claim(pair, people.ben), people.lea)
    take_next_assessment(people.ben, NOW)
    ben = signed_in(people.ben)
    written = {"version": 1, "rating": ratings[0].pk, "summary": "x" * 601, "reasoning": "Kept & sound."}

    long = post(ben, "assessment", claim.pk, **written, then="give")
    saved = post(ben, "assessment", claim.pk, **written | {"summary": "Short."}, then="save")
    stale = post(ben, "assessment", claim.pk, **written | {"summary": "Other."}, then="save")
    bare = post(ben, "assessment", claim.pk, version=2, rating="", summary="", reasoning="Only this.", then="give")

    assert (long.status_code, "Kept &amp; sound." in long.content.decode()) == (422, True)
    assert saved.status_code == 302
    assert (stale.status_code, "Saved in another window" in stale.content.decode()) == (409, True)
    assert "Other." in stale.content.decode()
    assert (bare.status_code, "add a rating" in bare.content.decode()) == (422, True)


def test_no_page_shows_an_assessment_before_all_are_given(
    people: People, signed_in: SignedIn, rita: User, ratings: list[Rating]
) -> None:
    (pair,) = make_pairs(people, 1)
    claim = make_blind(make_claim(pair, people.ben), people.lea, (people.ben, ratings[0]))
    take_next_assessment(rita, NOW)
    addresses = [
        *("/", "/work/", "/adjudication/", "/agreement/", "/agreement/agreement.csv", "/notices/"),
        *(claim.get_absolute_url(), f"{claim.get_absolute_url()}assessment/"),
        f"{claim.get_absolute_url()}adjudication/",
    ]

    for person in (rita, people.lea, people.ada, people.amir):
        client = signed_in(person)
        for address in addresses:
            page = client.get(address, follow=True).content.decode()
            assert "Ben’s sentence." not in page, (person, address)
            assert "Ben’s reasons." not in page, (person, address)
    assert "1 of 2 given" in page_of(signed_in(rita), "assessment", claim.pk)


@pytest.fixture
def split(people: People, rita: User, ratings: list[Rating]) -> Claim:
    """A claim on which Ben and Rita disagree."""
    (pair,) = make_pairs(people, 1)
    return make_blind(make_claim(pair, people.ben), people.lea, (people.ben, ratings[0]), (rita, ratings[2]))


def test_one_key_takes_one_assessment_whole(
    people: People, signed_in: SignedIn, split: Claim, rita: User, ratings: list[Rating]
) -> None:
    lea = signed_in(people.lea)
    page = page_of(lea, "adjudication", split.pk)
    assert 'name="take" value="b" data-key="b"' in page
    assert "they differ" in page
    version = BlindReview.objects.get().version

    post(lea, "adjudication", split.pk, version=version, take="b")

    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.summary, verdict.reasoning) == (ratings[2], "Rita’s sentence.", "Rita’s reasons.")
    assert verdict.author_ids() == {people.lea.pk, rita.pk}
    assert "Undo" in page_of(lea, "adjudications")
    post(lea, "adjudication-reopen", split.pk)
    assert BlindReview.objects.get().adjudicated_at is None


def test_parts_are_taken_from_each_and_own_words_added(
    people: People, signed_in: SignedIn, split: Claim, ratings: list[Rating]
) -> None:
    lea, version = signed_in(people.lea), BlindReview.objects.get().version
    choice = {"version": version, "rating_from": "own", "summary_from": "a", "reasoning_from": "own"}

    incomplete = post(lea, "adjudication", split.pk, **choice, own_reasoning="My own & kept.")
    assert (incomplete.status_code, "My own &amp; kept." in incomplete.content.decode()) == (422, True)
    post(lea, "adjudication", split.pk, **choice, own_rating=str(ratings[1].pk), own_reasoning="My own.")

    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.summary, verdict.reasoning) == (ratings[1], "Ben’s sentence.", "My own.")
    assert verdict.author_ids() == {people.lea.pk, people.ben.pk}


def test_where_ratings_differ_somebody_has_to_choose(people: People, signed_in: SignedIn, split: Claim) -> None:
    version = BlindReview.objects.get().version

    answer = post(
        signed_in(people.lea), "adjudication", split.pk, version=version, summary_from="a", reasoning_from="a"
    )

    assert (answer.status_code, "Choose whose this is" in answer.content.decode()) == (422, True)
    assert not Verdict.objects.exists()


def test_an_agreed_rating_is_shown_once_and_makes_nobody_an_author(
    people: People, signed_in: SignedIn, rita: User, ratings: list[Rating]
) -> None:
    (pair,) = make_pairs(people, 1)
    claim = make_blind(make_claim(pair, people.ben), people.lea, (people.ben, ratings[0]), (rita, ratings[0]))
    lea = signed_in(people.lea)
    page = page_of(lea, "adjudication", claim.pk)
    assert page.count('name="rating_from"') == 2  # all of them, or another
    version = BlindReview.objects.get().version
    parts = {"rating_from": "a", "summary_from": "b", "reasoning_from": "b"}

    post(lea, "adjudication", claim.pk, version=version, **parts)

    assert Verdict.objects.get().author_ids() == {people.lea.pk, rita.pk}


def test_claims_without_a_disagreement_are_skipped(
    people: People, signed_in: SignedIn, rita: User, ratings: list[Rating]
) -> None:
    pairs = make_pairs(people, 3)
    given = ((ratings[0], ratings[0]), (ratings[0], ratings[1]), (ratings[2], ratings[0]))
    claims = [
        make_blind(make_claim(pair, people.ben), people.lea, (people.ben, one), (rita, other))
        for pair, (one, other) in zip(pairs, given, strict=True)
    ]
    lea = signed_in(people.lea)

    first = lea.get(reverse("workbench:adjudication-next")).headers["Location"]
    second = lea.get(f"{reverse('workbench:adjudication-next')}?after={claims[1].pk}").headers["Location"]
    last = lea.get(f"{reverse('workbench:adjudication-next')}?after={claims[2].pk}").headers["Location"]

    assert first == reverse("workbench:adjudication", args=[claims[1].pk])
    assert second == reverse("workbench:adjudication", args=[claims[2].pk])
    assert last == reverse("workbench:adjudications")
    listed = page_of(lea, "adjudications")
    assert listed.index(str(claims[2].pk)) < listed.index(str(claims[0].pk))


# --- Agreement ---


def test_agreement_is_told_by_rating_people_and_month_with_a_picture_and_its_table(
    people: People, signed_in: SignedIn, split: Claim
) -> None:
    page = page_of(signed_in(people.ben), "agreement")
    answer = signed_in(people.ben).get(reverse("workbench:agreement-csv"))
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert "Ben · Rita" in page
    assert "<svg" in page
    assert "The same as a table" in page
    assert lines[0].startswith("by,of,claims,agreement,cohens_kappa")
    assert lines[1].startswith("all,,1,0.0,")
    assert [line.split(",")[0] for line in lines[2:]] == ["rating", "rating", "rating", "people", "month"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_no_word_of_a_table_is_taken_for_a_formula() -> None:
    words = ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "|cmd", "Ben"]

    lines = csv_of([[word, -0.25] for word in words]).splitlines()

    assert [line.split(",")[0].strip('"')[0] for line in lines] == ["'"] * 7 + ["B"]
    assert all(line.endswith(",-0.25") for line in lines)


def test_other_desks_are_not_in_the_figures(people: People, signed_in: SignedIn, split: Claim) -> None:
    page = page_of(signed_in(people.cleo), "agreement")

    assert "Ben" not in page
    assert "Once reviewers have assessed" in page


# --- Notices ---


@pytest.fixture
def told(people: People) -> Notice:
    """Ada mentioned Ben on a claim."""
    (pair,) = make_pairs(people, 1)
    claim = make_claim(pair, people.lea)
    with record_change(actor=people.ada, now=timezone.now() - timedelta(minutes=5)) as change:
        notify(change, people.ben, NoticeKind.MENTION, claim, desk_id=people.desk.pk, place="#comment-1")
    return Notice.objects.get()


def test_opening_a_notice_marks_it_read_and_leads_there(people: People, signed_in: SignedIn, told: Notice) -> None:
    ben = signed_in(people.ben)
    assert "1 unread" in page_of(ben, "notices")

    answer = post(ben, "notice-open", notice=str(told.pk))

    assert answer.headers["Location"] == f"{Claim.objects.get().get_absolute_url()}#comment-1"
    assert "unread" not in page_of(ben, "notices").replace("unread notices", "")


def test_anothers_notice_does_not_exist(people: People, signed_in: SignedIn, told: Notice) -> None:
    assert post(signed_in(people.lea), "notice-open", notice=str(told.pk)).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_all_are_read_that_the_page_showed(people: People, signed_in: SignedIn, told: Notice) -> None:
    ben = signed_in(people.ben)
    until = ben.get(reverse("workbench:notices")).context["screen"].until

    assert post(ben, "notices-read", until=until).status_code == 302
    assert not Notice.objects.unread().exists()


def test_a_digest_is_chosen_on_the_account_page_and_moving_it_asks_for_the_password(
    people: People, signed_in: SignedIn
) -> None:
    ben = signed_in(people.ben)

    moved = post(ben, "digest", email="ben@example.org", wants="on", password="wrong")
    nowhere = post(ben, "digest", wants="on")
    chosen = post(ben, "digest", email="ben@example.org", wants="on", password="ben")
    kept = post(ben, "digest", email="ben@example.org")

    assert (moved.status_code, "not your password" in moved.content.decode()) == (422, True)
    assert "ben@example.org" in moved.content.decode()
    assert (nowhere.status_code, "Give the address" in nowhere.content.decode()) == (422, True)
    assert chosen.status_code == kept.status_code == 302
    people.ben.refresh_from_db()
    assert (people.ben.email, people.ben.wants_digest) == ("ben@example.org", False)


# --- Rules ---


def test_rules_out_of_bounds_are_said_beside_what_was_typed(people: People, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)
    rules = {"desk": str(people.desk.pk), "version": 1, "pair_minutes": 0, "claim_hours": 12}
    rules |= {"article_hours": 12, "assessors": 2}

    refused = post(lea, "desk-rules", **rules)
    saved = post(lea, "desk-rules", **rules | {"pair_minutes": 15})
    stale = post(lea, "desk-rules", **rules | {"pair_minutes": 20})
    foreign = post(lea, "desk-rules", **rules | {"desk": str(people.other_desk.pk), "version": 2})

    assert (refused.status_code, "from 1 to 1,440" in refused.content.decode()) == (422, True)
    assert 'value="12"' in refused.content.decode()
    assert (saved.status_code, stale.status_code, foreign.status_code) == (302, 409, 422)
    assert Desk.objects.get(pk=people.desk.pk).pair_minutes == 15
    assert Desk.objects.get(pk=people.other_desk.pk).claim_hours == 24


# --- Budgets ---


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def fill(people: People, rita: User, ratings: list[Rating], first: int) -> None:
    """Two pairs: of one a claim that is adjudicated soon, of the other one in hand; a mention, and a pair in hand."""
    blind, plain = make_pairs(people, 2, first)
    make_blind(make_claim(blind, people.ben), people.lea, (people.ben, ratings[0]), (rita, ratings[first % 3]))
    assign_claim(make_claim(plain, people.ben), people.ada, people.lea, NOW)
    claim = make_claim(make_bridge_pair(people.desk, people.ada, "Friday", MONTHS[first]), people.ben)
    with record_change(actor=people.ada, now=NOW) as change:
        notify(change, people.lea, NoticeKind.MENTION, claim, desk_id=people.desk.pk)


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
