"""Other people's reviews come in from any shape, once each; what is wrong in a file is said row by row."""

import json
from typing import Any

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
from tests.people import People


def review(number: int = 1, **more: Any) -> dict[str, Any]:
    """A ClaimReview as others publish them."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://www.checks.example/{number}",
        "claimReviewed": f"The bridge was inspected {number} times.",
        "author": {"@type": "Organization", "name": "Orla Checks"},
        "datePublished": "2026-02-01",
        "reviewRating": {"alternateName": "Mostly false", "ratingValue": "2", "bestRating": 5, "worstRating": 1},
        "itemReviewed": {"author": {"@type": "Person", "name": "Ilse Varga"}, "datePublished": "2026-01-30"},
        "inLanguage": "en",
        **more,
    }


def told(content: Any) -> bytes:
    return json.dumps(content).encode()


def bring(people: People, content: bytes, name: str = "reviews.json") -> ReviewImport:
    """Import a file and do the work."""
    brought = import_reviews_at_once(name, content, people.desk, people.lea, now=NOW)
    run_open_jobs()
    brought.refresh_from_db()
    return brought


def counts(brought: ReviewImport) -> tuple[int, int, int, int]:
    return brought.added, brought.changed, brought.unchanged, brought.refused


TABLE = (
    "claim_text,claim_author_name,claim_date,review_date,review_url,review_rating,reviewer_name\n"
    "The bridge was inspected 1 times.,Ilse Varga,2026-01-30,2026-02-01,"
    "https://www.checks.example/1,Mostly false,Orla Checks\n"
)
DUKES = (
    "url,claimReviewed,author.name,datePublished,reviewRating.alternateName,itemReviewed.author.name,"
    "itemReviewed.datePublished,itemReviewed.appearance.1.url\n"
    "https://www.checks.example/1,The bridge was inspected 1 times.,Orla Checks,2026-02-01,Mostly false,Ilse Varga,"
    "2026-01-30,https://orla.example/a\n"
)
GOOGLES = {
    "text": "The bridge was inspected 1 times.",
    "claimant": "Ilse Varga",
    "claimDate": "2026-01-30T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Orla Checks", "site": "checks.example"},
            "url": "https://www.checks.example/1",
            "reviewDate": "2026-02-01T00:00:00Z",
            "textualRating": "Mostly false",
            "languageCode": "en",
        }
    ],
}
SHAPES = {
    "one.json": told(review()),
    "list.json": told([review()]),
    "graph.json": told({"@graph": [{"@type": "WebPage"}, review()]}),
    "feed.json": told({"@type": "DataFeed", "dataFeedElement": [{"item": None}, {"item": [None, review()]}]}),
    "google.json": told({"claims": [GOOGLES]}),
    "lines.jsonl": told(review()) + b"\n\n" + told({"item": [review()]}),
    "table.csv": TABLE.encode("utf-16"),
    "dukes.csv": DUKES.encode("utf-8-sig"),
    "semicolons.csv": TABLE.replace(",", ";").encode(),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_says_the_same_review(people: People, name: str) -> None:
    brought = bring(people, SHAPES[name], name)

    found = ImportedReview.objects.get()
    assert (brought.state, brought.refused) == (ImportState.IMPORTED, 0)
    assert (found.claim_text, found.claimant) == ("The bridge was inspected 1 times.", "Ilse Varga")
    assert (found.rating_text, found.publisher_name, found.publisher_site) == (
        "Mostly false",
        "Orla Checks",
        "checks.example",
    )
    assert (str(found.claim_date), str(found.review_date)) == ("2026-01-30", "2026-02-01")
    assert found.seq


def test_a_check_says_what_an_import_would_do_and_changes_nothing(people: People) -> None:
    bring(people, told([review(1), review(2)]))
    mended = review(2, reviewRating={"alternateName": "False"})
    file = told([review(1), mended, review(3), review(3), {"@type": "ClaimReview"}])
    brought = hand_in_reviews("more.json", file, people.desk, people.lea, now=NOW)
    run_open_jobs()
    brought.refresh_from_db()

    assert (brought.state, counts(brought)) == (ImportState.CHECKED, (1, 1, 2, 1))
    assert ImportedReview.objects.count() == 2
    start_import(brought, people.lea, NOW)
    run_open_jobs()
    brought.refresh_from_db()
    assert (brought.state, counts(brought)) == (ImportState.IMPORTED, (1, 1, 2, 1))
    assert ImportedReview.objects.get(url__endswith="/2").rating_text == "False"


def test_the_same_file_again_changes_nothing(people: People) -> None:
    file = told([review(number) for number in range(1, 251)])
    bring(people, file)
    before = list(ImportedReview.objects.order_by("pk").values())

    again = bring(people, file)

    assert counts(again) == (0, 0, 250, 0)
    assert list(ImportedReview.objects.order_by("pk").values()) == before


def test_an_older_file_does_not_undo_a_newer_one(people: People) -> None:
    bring(people, told(review(datePublished="2026-02-09", reviewRating={"alternateName": "True"})))

    assert counts(bring(people, told(review()))) == (0, 0, 1, 0)
    assert ImportedReview.objects.get().rating_text == "True"


def test_one_page_in_two_spellings_is_one_review_and_two_claims_are_two(people: People) -> None:
    bring(people, told([review(), review(url="http://checks.example/1/?utm_source=x"), review(claimReviewed="Other.")]))

    assert ImportedReview.objects.count() == 2


ODD = [
    ({"url": "javascript:alert(1)"}, "url", True),
    ({"url": None}, "url", True),
    ({"claimReviewed": " "}, "claimReviewed", True),
    ({"claimReviewed": "x" * 10_001}, "claimReviewed", True),
    ({"reviewRating": {}}, "reviewRating", True),
    ({"datePublished": "soon"}, "datePublished", False),
    ({"inLanguage": "the language"}, "inLanguage", False),
    ({"reviewRating": {"alternateName": "False", "ratingValue": "1e999"}}, "reviewRating.ratingValue", False),
    ({"headline": "x" * 501}, "headline", False),
    ({"extra": "x" * 70_000}, "row", True),
]


def test_what_is_wrong_is_said_for_each_row_and_the_others_come_in(people: People) -> None:
    rows = [review(number, **more) for number, (more, _, _) in enumerate(ODD, 1)]
    brought = bring(people, told([*rows, review(99)]))

    said = list(brought.problems.values_list("number", "field", "refuses"))
    assert said == [(number, field, refuses) for number, (_, field, refuses) in enumerate(ODD, 1)]
    assert all(problem.problem.strip() and problem.remedy.strip() for problem in brought.problems.all())
    assert counts(brought) == (1 + sum(not refuses for *_, refuses in ODD), 0, 0, sum(r for *_, r in ODD))


def test_a_cell_that_an_export_made_harmless_comes_back_as_it_was(people: People) -> None:
    bring(people, (DUKES.replace("The bridge", "'=The bridge")).encode(), "dukes.csv")

    assert ImportedReview.objects.get().claim_text.startswith("=The bridge")


HOSTILE = {
    "deep.json": b"[" * 200_000,
    "cut.json": told([review()])[:-9],
    "nul.json": b'{"@type": "ClaimReview", "url": "\\u0000"}',
    "numbers.json": b"[" + b"9" * 10_000 + b"]",
    "nan.jsonl": b'{"@type": "ClaimReview", "x": NaN}',
    "odd.csv": b'claim_text,url\n"' + b"a" * (2 * 1024 * 1024),
    "other.csv": b"a,b\n1,2\n",
    "nothing.json": b"{}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_words(people: People, name: str) -> None:
    brought = bring(people, HOSTILE[name], name)

    job = job_of(brought)
    said = [problem.problem for problem in brought.problems.all()]
    assert (job.state == JobState.FAILED and "unexpectedly" not in job.reason) or said
    assert ImportedReview.objects.count() == 0


@pytest.mark.parametrize(("name", "content"), [("a.json", b""), ("a.exe", b"{}"), ("a.csv", b"PK\x03\x04rest")])
def test_what_holds_no_reviews_is_refused_at_once(people: People, name: str, content: bytes) -> None:
    with pytest.raises(UnfitImport):
        hand_in_reviews(name, content, people.desk, people.lea, now=NOW)


def test_taken_back_reviews_are_gone_and_told_and_come_back(people: People) -> None:
    brought = bring(people, told([review(1), review(2)]))
    before = {row.pk: row.seq or 0 for row in ImportedReview.objects.all()}

    take_back_import(brought, people.lea, NOW)
    run_open_jobs()

    assert not ImportedReview.objects.standing().exists()
    assert all((row.seq or 0) > before[row.pk] for row in ImportedReview.objects.all())
    assert counts(bring(people, told([review(1), review(2)]))) == (2, 0, 0, 0)
    assert {row.pk for row in ImportedReview.objects.standing()} == set(before)
    with pytest.raises(WrongImportState):
        start_import(brought, people.lea, NOW)


def test_imports_are_the_leads_and_audited(people: People) -> None:
    for person in (people.ada, people.ben, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            hand_in_reviews("a.json", told(review()), people.desk, person, now=NOW)

    bring(people, told(review()))
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["hand_in_reviews", "import_reviews"]
