"""Other people's reviews come in once each; looked at first, told anew, taken back."""

import pytest

from factcheck.claims.errors import UnfitImport, WrongImportState
from factcheck.claims.models import ImportedReview, ImportState, ReviewImport
from factcheck.claims.services.importing import (
    hand_in_reviews,
    import_reviews_at_once,
    job_of,
    start_import,
    take_back_import,
)
from factcheck.ledger.models import AuditEntry, JobState
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, run_open_jobs
from tests.intake.reviews.made import HOSTILE, review, told
from tests.people import People


def bring(people: People, content: bytes, name: str = "reviews.json") -> ReviewImport:
    """Import a file and do the work."""
    brought = import_reviews_at_once(name, content, people.desk, people.lea, now=NOW)
    run_open_jobs()
    brought.refresh_from_db()
    return brought


def counts(brought: ReviewImport) -> tuple[int, int, int, int]:
    return brought.added, brought.changed, brought.unchanged, brought.refused


def test_a_check_says_what_an_import_would_do_and_changes_nothing(people: People) -> None:
    bring(people, told([review(1), review(2)]))
    mended = review(2, reviewRating={"alternateName": "False"})
    file = told([review(1), mended, review(3), review(3), {"@type": "ClaimReview"}])
    brought = hand_in_reviews("more.json", file, people.desk, people.lea, now=NOW)
    run_open_jobs()
    brought.refresh_from_db()

    assert (brought.state, counts(brought)) == (ImportState.CHECKED, (1, 1, 2, 1))
    assert ImportedReview.objects.count() == 2
    assert {problem.number for problem in brought.problems.all()} == {5}
    start_import(brought, people.lea, NOW)
    run_open_jobs()
    brought.refresh_from_db()
    assert (brought.state, counts(brought)) == (ImportState.IMPORTED, (1, 1, 2, 1))
    assert ImportedReview.objects.get(url__endswith="/2").rating_text == "False"


def test_the_same_rows_again_change_nothing_and_older_ones_undo_nothing(people: People) -> None:
    file = told([*(review(number) for number in range(1, 251)), review(1, url="http://checks.example/1/?utm_source=x")])
    assert counts(bring(people, file)) == (250, 1, 0, 0)  # the last row is another address of the first
    before = list(ImportedReview.objects.order_by("pk").values())

    older = review(2, datePublished="2026-01-01", reviewRating={"alternateName": "True"})
    again = bring(people, told([review(number) for number in range(2, 251)] + [older]))

    assert counts(again) == (0, 0, 250, 0)
    assert list(ImportedReview.objects.order_by("pk").values()) == before


def test_taken_back_reviews_are_gone_and_told_and_come_back(people: People) -> None:
    brought = bring(people, told([review(1), review(2), review(1, claimReviewed="Another claim.")]))
    before = {row.pk: row.seq or 0 for row in ImportedReview.objects.all()}

    take_back_import(brought, people.lea, NOW)
    run_open_jobs()

    assert len(before) == 3  # two claims on one page are two reviews
    assert not ImportedReview.objects.standing().exists()
    assert all((row.seq or 0) > before[row.pk] for row in ImportedReview.objects.all())
    assert counts(bring(people, told([review(1), review(2)]))) == (2, 0, 0, 0)
    assert {row.pk for row in ImportedReview.objects.standing()} < set(before)
    with pytest.raises(WrongImportState):
        start_import(brought, people.lea, NOW)


def test_imports_are_the_leads_and_audited(people: People) -> None:
    for person in (people.ada, people.ben, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            hand_in_reviews("a.json", told(review()), people.desk, person, now=NOW)

    bring(people, told(review()))
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["hand_in_reviews", "import_reviews"]


@pytest.mark.parametrize(("name", "content"), [("a.json", b""), ("a.exe", b"{}"), ("a.csv", b"PK\x03\x04rest")])
def test_what_holds_no_reviews_is_refused_at_once(people: People, name: str, content: bytes) -> None:
    with pytest.raises(UnfitImport):
        hand_in_reviews(name, content, people.desk, people.lea, now=NOW)


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_words(people: People, name: str) -> None:
    brought = bring(people, HOSTILE[name], name)

    job = job_of(brought)
    refused = job.state == JobState.FAILED and "unexpectedly" not in job.reason
    assert refused or brought.problems.filter(refuses=True).exists()
    assert ImportedReview.objects.count() == 0
