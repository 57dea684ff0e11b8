"""The public pages: everything a reader needs, nothing of the desk, the same bytes for everybody."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from factcheck.corpus.models import Speaker
from factcheck.publishing.counting import tally
from factcheck.publishing.gathering import address_of
from factcheck.publishing.invariants import check_publishing
from factcheck.publishing.models import Publication
from factcheck.publishing.services import withdraw_review
from tests.factories import (
    NOW,
    make_article,
    make_bridge_pair,
    make_correction,
    make_published,
    publish_other_side,
    publish_side,
)
from tests.people import People

LATER = NOW + timedelta(days=1)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


def read(path: str, **headers: str) -> str:
    answer = Client(headers=headers).get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_a_review_says_what_was_checked_what_we_say_and_how_we_know(people: People) -> None:
    publication = make_published(people)

    page = read(publication.get_absolute_url())

    for words in (
        "The bridge was inspected in January",
        "Ilse Varga",
        "The log of the bridge shows it.",
        "<em>one</em> inspection",
        "Inspection log",
        "https://example.org/log",
        "Orla Post",
        "Tomas Reyle",
        "Checked by City desk",
        "None so far.",
    ):
        assert words in page
    assert "Ada" not in page


def test_the_json_ld_in_the_page_is_the_document_byte_for_byte(people: People) -> None:
    publication = make_published(people)

    page = read(publication.get_absolute_url())

    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert [text.encode() for text in found] == [bytes(publication.live.rich)]
    assert json.loads(found[0])["@type"] == "ClaimReview"


def test_hostile_words_stay_words(people: People) -> None:
    hostile = "January</script><script>alert(1)</script>"
    publication = make_published(people, month=hostile)

    page = read(publication.get_absolute_url())

    assert "<script>alert" not in page
    assert escape(hostile) in page
    document = json.loads(bytes(publication.live.rich))
    assert document["claimReviewed"].endswith(hostile)


def test_open_graph_says_rating_and_claim(people: People) -> None:
    page = read(make_published(people).get_absolute_url())

    assert '<meta property="og:title" content="True: “The bridge was inspected in January”">' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/reviews/' in page


def test_corrections_stand_on_the_page_with_reason_and_difference(people: People) -> None:
    publication = make_published(people)
    make_correction(publication, people, "A second log was found.", LATER)

    page, changes = read(publication.get_absolute_url()), read(f"{publication.get_absolute_url()}changes/2/")
    first = read(f"{publication.get_absolute_url()}revisions/1/")

    assert "A second log was found." in page
    assert "Two logs show it." in page
    assert "<del>The</del>" in changes
    assert "<ins>Two</ins>" in changes
    assert "The log of the bridge shows it." in first
    assert "This is revision 1" in first
    assert "ld+json" not in first


def test_as_what_somebody_spoke_is_said_on_the_page_and_to_machines(people: People) -> None:
    publication = make_published(people)
    Speaker.objects.filter(name="Ilse Varga").update(role="Mayor of Orla")
    before = read(publication.get_absolute_url())

    make_correction(publication, people, "She is the mayor.", LATER)

    page, changes = read(publication.get_absolute_url()), read(f"{publication.get_absolute_url()}changes/2/")
    assert "Mayor of Orla" not in before
    assert "Ilse Varga</a>, Mayor of Orla" in page
    assert "<ins>, Mayor of Orla</ins>" in changes
    publication.refresh_from_db()
    author = json.loads(bytes(publication.live.rich))["itemReviewed"]["author"]
    assert author == {"@type": "Person", "name": "Ilse Varga", "jobTitle": "Mayor of Orla"}
    assert "jobTitle" not in json.loads(bytes(publication.live.strict))["itemReviewed"]["author"]


def test_what_an_article_says_by_itself_is_nobodys_claim(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    Speaker.objects.filter(name="Ilse Varga").update(name="narrator", kind="narrator")
    address = publish_side(pair, people).get_absolute_url()
    paths = [address, f"{address}embed/", "/reviews/", reverse("publishing:conflict", args=[pair.pk])]

    shown = {path: read(path) for path in paths}
    (claim,) = json.loads(read("/v1alpha1/claims:search?query=bridge"))["claims"]
    (row,) = json.loads(read("/api/v1/reviews"))["results"]

    assert [path for path, page in shown.items() if "narrator" in page] == []
    assert [path for path, page in shown.items() if "Reported by Orla Post" in page] == [*paths[:2], paths[3]]
    assert ("claimant" in claim, row["speaker"]) == (False, "")
    assert "author" not in row["claim_review"]["itemReviewed"]
    assert json.loads(read("/v1alpha1/claims:search?query=narrator")) == {}


def test_a_withdrawn_review_leaves_a_notice_and_nothing_else(people: People) -> None:
    publication = make_published(people)
    withdraw_review(publication, "The source was forged.", publication.version, people.lea, LATER)

    for path in ("", "revisions/1/", "changes/2/", "claimreview.json"):
        answer = Client().get(publication.get_absolute_url() + path)
        assert answer.status_code == 410, path
        assert "inspected" not in answer.content.decode().replace(publication.slug, "")
    assert "The source was forged." in Client().get(publication.get_absolute_url()).content.decode()
    assert publication.slug not in read("/reviews/")


def test_a_conflict_sets_both_statements_side_by_side(people: People) -> None:
    publication = make_published(people)

    page = read(reverse("publishing:conflict", args=[publication.pair_id]))

    assert page.index("Ilse Varga") < page.index("Tomas Reyle")
    assert "Not checked by us." in page
    assert publication.get_absolute_url() in page


def test_what_is_published_against_a_review_is_linked_at_once_and_in_its_document_from_the_next_revision_on(
    people: People,
) -> None:
    first = make_published(people)
    document = f"{first.get_absolute_url()}claimreview.json"
    before = Client().get(document)
    second = publish_other_side(first, people)
    links = [row["@id"] for row in (said_to_stand_beside(second), said_to_stand_beside(first)) if row]

    assert links == [address_of(first.slug)]
    assert second.get_absolute_url() in read(first.get_absolute_url())
    assert first.get_absolute_url() in read(second.get_absolute_url())
    found = json.loads(read(f"/api/v1/reviews?conflict={first.pair_id}"))["results"]
    assert {row["id"] for row in found} == {str(first.pk), str(second.pk)}
    after = Client().get(document)
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])

    make_correction(first, people, "A second log was found.", LATER)

    first.refresh_from_db()
    assert said_to_stand_beside(first)["@id"] == address_of(second.slug)


def said_to_stand_beside(publication: Publication) -> dict[str, str]:
    """The other review that a document names."""
    said: dict[str, str] = json.loads(bytes(publication.live.rich)).get("associatedReview", {})
    return said


def test_a_conflict_that_no_live_review_shows_is_not_there(people: People) -> None:
    publication = make_published(people)
    path = reverse("publishing:conflict", args=[publication.pair_id])
    withdraw_review(publication, "In doubt.", publication.version, people.lea, NOW)

    assert Client().get(path).status_code == 404


def test_a_speaker_is_shown_with_what_was_checked(people: People) -> None:
    publication = make_published(people)
    assert publication.speaker_id

    page = read(reverse("publishing:speaker", args=[publication.speaker_id]))

    assert "Ilse Varga" in page
    assert publication.get_absolute_url() in page
    denier = publication.live.review.denials[0].voice.id
    assert Client().get(reverse("publishing:speaker", args=[denier])).status_code == 404


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("q=january", True),
        ("q=inspect+bridges", True),
        ("q=varga", True),
        ("q=flood", False),
        ("q=%22", False),
        ("q=bridge+OR+flood", False),
        ("tone=true", True),
        ("tone=false", False),
        ("tone=nonsense", False),
        ("language=en", True),
        ("q=bridge&tone=true", True),
    ],
)
def test_the_index_is_searched_and_narrowed(people: People, query: str, finds: bool) -> None:
    publication = make_published(people)

    assert (publication.get_absolute_url() in read(f"/reviews/?{query}")) is finds


@pytest.mark.thorough
def test_the_index_goes_on_where_a_page_ends(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from factcheck.publishing import screens

    monkeypatch.setattr(screens, "PER_PAGE", 2)
    slugs = [make_published(people, month, NOW + timedelta(hours=n)).slug for n, month in enumerate(MONTHS[:5])]

    path, seen = "/reviews/?q=bridge", []
    while path:
        page = read(path)
        seen += re.findall(r'href="/reviews/([\w-]+)/"><span class="rated', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/reviews/{more[1].replace('&amp;', '&')}" if more else ""

    assert seen == slugs[::-1]


def test_what_is_found_by_words_keeps_its_place_through_corrections(people: People) -> None:
    first, second = (make_published(people, month, NOW + timedelta(hours=n)) for n, month in enumerate(MONTHS[:2]))
    withdraw_review(first, "In doubt.", first.version, people.lea, LATER)
    alone = read("/reviews/?q=bridge")

    make_correction(first, people, "A second log was found.", LATER)
    page, counted = read("/reviews/?q=bridge"), tally(Publication.objects.published(), most=1)

    assert first.slug not in alone
    assert page.index(second.slug) < page.index(first.slug)
    assert (counted.total, counted.is_cut) == (1, True)
    assert list(check_publishing()) == []


def test_whoever_is_not_signed_in_finds_the_index_at_the_root(people: People) -> None:
    publication, lea = make_published(people), Client()
    lea.force_login(people.lea)

    assert publication.get_absolute_url() in read("/")
    assert "Inbox" in lea.get("/").content.decode()
    assert "Cookie" in Client().get("/").headers["Vary"]


def test_caches_may_keep_public_pages_and_ask_whether_they_stand(people: People) -> None:
    publication = make_published(people)
    path = publication.get_absolute_url()

    answer = Client().get(path)
    again = Client(headers={"if-none-match": answer.headers["ETag"]}).get(path)

    assert answer.headers["Cache-Control"].startswith("public, max-age=60")
    assert set(answer.headers["Vary"].split(", ")) == {"Accept-Language", "Accept-Encoding"}
    assert not answer.cookies
    assert (again.status_code, again.content) == (304, b"")
    make_correction(publication, people, "A second log was found.", LATER)
    assert Client(headers={"if-none-match": answer.headers["ETag"]}).get(path).status_code == 200


def test_what_else_the_desk_does_changes_no_public_page(people: People) -> None:
    publication = make_published(people)
    addresses = ("conflict", publication.pair_id), ("speaker", publication.speaker_id), ("embed", publication.slug)
    paths = ["/reviews/", "/reviews/?q=bridge", publication.get_absolute_url()]
    paths += [reverse(f"publishing:{name}", args=[key]) for name, key in addresses]
    had = {path: Client().get(path).headers["ETag"] for path in paths}

    make_article(people.desk, people.ada, "Other\n\nText.")

    asked = {path: Client(headers={"if-none-match": tag}).get(path).status_code for path, tag in had.items()}
    assert asked == dict.fromkeys(paths, 304)


def test_readers_are_spoken_to_in_their_language_and_machines_in_english(people: People) -> None:
    publication = make_published(people)
    french = {"accept-language": "fr-CH, fr;q=0.9, en;q=0.5"}

    page = Client(headers=french).get(publication.get_absolute_url())
    words = page.content.decode()

    assert page.headers["Content-Language"] == "fr"
    assert set(page.headers["Vary"].split(", ")) == {"Accept-Language", "Accept-Encoding"}
    assert '<html lang="fr">' in words
    assert "Comment nous le savons" in words
    assert f'<h1 lang="{publication.language}" dir="auto">' in words  # the claim keeps its own language
    assert Client().get(publication.get_absolute_url()).headers["ETag"] != page.headers["ETag"]
    for path in ("/feeds/feed.json", "/feeds/atom.xml", f"{publication.get_absolute_url()}claimreview.json"):
        answers = [Client(headers=headers).get(path) for headers in (french, {})]
        assert answers[0].content == answers[1].content
        assert "Accept-Language" not in answers[0].headers.get("Vary", "")


def test_what_is_not_there_is_not_found(people: People) -> None:
    slug = make_published(people).slug

    for path in ("nothing/", f"{slug}/revisions/2/", f"{slug}/changes/1/", "speakers/x/", "?speaker=x"):
        assert Client().get(f"/reviews/{path}").status_code == 404


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/reviews/", "/reviews/?q=bridge", "/feeds/atom.xml", "/sitemaps/1.xml"])
def test_more_reviews_ask_no_more_questions(people: People, path: str) -> None:
    make_published(people, MONTHS[0])
    with CaptureQueriesContext(connection) as one:
        read(path)
    for month in MONTHS[1:5]:
        make_published(people, month)
    with CaptureQueriesContext(connection) as many:
        read(path)

    assert len(many) == len(one)
    assert Publication.objects.count() == 5
