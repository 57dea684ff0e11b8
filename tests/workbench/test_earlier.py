"""The box of a claim's page: has this been checked, and one of the finds taken over as a source."""

from collections.abc import Iterator

import pytest

from factcheck.claims.models import ImportedReview
from factcheck.claims.services.importing import import_reviews_at_once
from factcheck.publishing.earlier import forget_memory
from tests.factories import NOW, make_bridge_pair, make_claim, run_open_jobs
from tests.intake.reviews.made import review, told
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """Every test begins as a process does."""
    forget_memory()
    yield
    forget_memory()


def test_what_was_checked_elsewhere_is_shown_and_taken_over_as_a_source(people: People, signed_in: SignedIn) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    content = told([review(1, claimReviewed=f"{claim.text} <b>")])
    import_reviews_at_once("reviews.json", content, people.desk, people.lea, now=NOW)
    run_open_jobs()
    found, ben = ImportedReview.objects.get(), signed_in(people.ben)

    page = ben.get(claim.get_absolute_url()).content.decode()
    box = ben.get(f"{claim.get_absolute_url()}earlier/", headers={"HX-Request": "true"}).content.decode()
    taken = ben.get(claim.get_absolute_url(), {"cite": str(found.pk)}).content.decode()
    other = ben.get(claim.get_absolute_url(), {"cite": "nonsense"}).content.decode()

    assert f'hx-get="{claim.get_absolute_url()}earlier/"' in page
    assert "Mostly false" in box
    assert "mean much the same" in box
    assert "&lt;b&gt;" in box
    assert "<html" not in box
    assert f"?cite={found.pk}#evidence_title" in box
    assert 'value="https://www.checks.example/1"' in taken
    assert "checks.example" not in other


def test_whoever_may_not_write_the_verdict_is_offered_no_source(people: People, signed_in: SignedIn) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    import_reviews_at_once(
        "reviews.json", told([review(1, claimReviewed=claim.text)]), people.desk, people.lea, now=NOW
    )
    run_open_jobs()

    page = signed_in(people.ada).get(f"{claim.get_absolute_url()}earlier/").content.decode()

    assert "Mostly false" in page
    assert "?cite=" not in page
