"""Has this been checked? What the asker may see is found, right after it is there, and after a restart as before."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from factcheck.claims.models import Claim, KnownClaim
from factcheck.claims.services.claims import reword_claim
from factcheck.claims.services.importing import import_reviews_at_once, take_back_import
from factcheck.claims.services.knowing import forget_known, read_claims
from factcheck.corpus.errors import UnfitInquiry
from factcheck.corpus.services.articles import restrict_article
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import User
from factcheck.publishing.earlier import LONGEST_TEXT, Earlier, find_earlier, forget_memory
from factcheck.publishing.explaining import explain
from tests.factories import NOW, make_bridge_pair, make_claim, make_published, run_open_jobs
from tests.intake.reviews.made import review, told
from tests.people import People

ASKED = "Did anybody inspect the bridge in January?"


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """Every test begins as a process does."""
    forget_memory()
    yield
    forget_memory()


def find(person: User, text: str = ASKED) -> list[Earlier]:
    return find_earlier(text, person)


def make_known(people: People) -> Claim:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    run_open_jobs()
    return claim


def test_an_opened_claim_is_found_in_other_words(people: People) -> None:
    claim = make_known(people)

    (found,) = find(people.ada)

    assert (found.kind, found.claim, found.text, found.url) == ("claim", claim, claim.text, "")
    assert found.is_likely
    assert "“bridge”" in found.why


def test_a_claim_in_new_words_is_found_by_them_alone(people: People) -> None:
    claim = make_known(people)
    find(people.ada)  # this process holds the old words
    reword_claim(claim, "A nurse will come to every school.", claim.version, people.ben, NOW)
    Claim.objects.filter(pk=claim.pk).update(checked=None)
    run_open_jobs()

    assert find(people.ada, "Each school will get a nurse")[0].claim == claim
    assert not any(found.is_likely for found in find(people.ada))


def test_a_restricted_article_hides_its_claim(people: People) -> None:
    article = make_known(people).checked.article  # type: ignore[union-attr]  # it was opened from a pair
    restrict_article(article, [], article.version, people.lea, NOW)

    assert find(people.ben) == []
    assert find(people.lea)


def test_another_desk_finds_what_is_published_and_no_more(people: People) -> None:
    publication = make_published(people)
    make_claim(make_bridge_pair(people.desk, people.ada, "Monday", "March"), people.ben)
    run_open_jobs()

    found = find(people.cleo)

    assert [(row.kind, row.claim, row.publication) for row in found] == [("published", None, publication)]
    assert found[0].rating == publication.rating_label
    assert {row.claim for row in find(people.ben)} == set(Claim.objects.all())


def test_an_imported_review_is_found_until_it_is_taken_back(people: People) -> None:
    content = told([review(1, claimReviewed="Nobody inspected the Orla bridge in January.")])
    brought = import_reviews_at_once("reviews.json", content, people.desk, people.lea, now=NOW)
    run_open_jobs()

    (found,) = find(people.ada)
    assert (found.kind, found.publisher, found.rating) == ("imported", "Orla Checks", "Mostly false")
    assert found.url == "https://www.checks.example/1"
    assert find(people.cleo) == []

    brought.refresh_from_db()
    take_back_import(brought, people.lea, NOW + timedelta(hours=1))
    run_open_jobs()
    assert find(people.ada) == []


def test_it_is_the_same_after_a_restart_and_when_all_is_read_again(people: People) -> None:
    make_known(people)
    before = find(people.ada)

    forget_memory()
    assert find(people.ada) == before

    forget_known()
    assert list(read_claims(lambda: NOW)) == [1]
    forget_memory()
    assert find(people.ada) == before


def test_reading_again_what_has_not_changed_changes_nothing(people: People) -> None:
    make_known(people)
    before = KnownClaim.objects.values().get()

    assert list(read_claims(lambda: NOW)) == []
    assert KnownClaim.objects.values().get() == before


def test_what_cannot_be_asked(people: People) -> None:
    for text in ("", " \n", "a" * (LONGEST_TEXT + 1)):
        with pytest.raises(UnfitInquiry):
            find(people.ada, text)
    with pytest.raises(NotAllowed):
        find(people.amir)


WHY = [
    ((), None, "They share common words alone."),
    (("Orla",), None, "Both have “Orla”; what the claim means is not read yet."),
    (("Orla", "bridge", "shut"), 0.84, "Both have “Orla”, “bridge” and “shut”, and mean much the same (0.84 of 1)."),
    (("Orla",), 0.5, "Both have “Orla”, and are about the same matter (0.50 of 1)."),
    (("Orla",), 0.1, "Both have “Orla”, but mean little alike (0.10 of 1)."),
    ((), 0.7, "They share no telling word, but mean much the same (0.70 of 1)."),
    ((), 0.6, "They share no telling word, but are about the same matter (0.60 of 1)."),
    ((), 0.2, "They share no telling word, and mean little alike (0.20 of 1)."),
]


@pytest.mark.parametrize(("words", "meaning", "said"), WHY)
def test_why_is_said_in_a_sentence(words: tuple[str, ...], meaning: float | None, said: str) -> None:
    assert explain(words, meaning) == said


def test_why_is_said_in_the_language_of_whoever_reads() -> None:
    with translation.override("fr"):
        said = explain(("Orla", "pont"), 0.84)

    assert said.startswith("Les deux contiennent «\u00a0Orla\u00a0» et «\u00a0pont\u00a0»")
    assert "0,84" in said
