"""Blind assessment, adjudication and agreement: what each page shows, to whom, and what a refusal keeps."""

import pytest
from django.urls import reverse

from factcheck.claims.models import BlindReview, Claim, Rating, Verdict
from factcheck.claims.services.assignments import take_next_assessment
from factcheck.newsroom.models import User
from factcheck.publishing.csv_tables import csv_of
from tests.factories import NOW, make_claim
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.teams import make_blind, make_pairs, page_of, post


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

    assert all(rating.definition in long.content.decode() for rating in ratings)
    assert "Guidelines of the desk, all versions" in long.content.decode()
    assert (long.status_code, "Kept &amp; sound." in long.content.decode()) == (422, True)
    assert saved.status_code == 302
    assert (stale.status_code, "Saved in another window" in stale.content.decode()) == (409, True)
    assert "Other." in stale.content.decode()
    assert (bare.status_code, "add a rating" in bare.content.decode()) == (422, True)


@pytest.mark.thorough
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
