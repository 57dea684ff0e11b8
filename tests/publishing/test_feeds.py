"""What machines read parses with the readers that they use, and says nothing of what is not published."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from factcheck.publishing.services import withdraw_review
from tests.factories import NOW, make_article, make_correction, make_published
from tests.people import People

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LATER = NOW + timedelta(days=1)
FEEDS = (
    "/feeds/claimreview.json",
    "/feeds/claimreview.csv",
    "/feeds/atom.xml",
    "/feeds/feed.json",
    "/sitemaps/1.xml",
    "/sitemap.xml",
)


def read(path: str) -> bytes:
    answer: Any = Client().get(path)
    assert answer.status_code == 200
    return bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def rows_of(feed: Any) -> list[dict[str, str]]:
    """As others read Data Commons' feed: `item` may be null, or hold nulls."""
    found = [review for element in feed["dataFeedElement"] for review in element["item"] or [] if review]
    return [
        {
            "reviewer": review["author"]["name"],
            "claim": review["claimReviewed"],
            "rating": review["reviewRating"]["alternateName"],
            "speaker": review["itemReviewed"]["author"]["name"],
            "url": review["url"],
        }
        for review in found
    ]


def test_the_data_feed_reads_as_data_commons_does(people: People) -> None:
    publication, other = make_published(people), make_published(people, "May")

    feed = json.loads(read("/feeds/claimreview.json"))

    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    assert rows_of(feed) == [
        {
            "reviewer": "City desk",
            "claim": f"The bridge was inspected in {month}",
            "rating": "True",
            "speaker": "Ilse Varga",
            "url": f"http://127.0.0.1:8000{row.get_absolute_url()}",
        }
        for month, row in (("January", publication), ("May", other))
    ]


def test_an_empty_feed_is_a_feed(db: None) -> None:
    assert json.loads(read("/feeds/claimreview.json"))["dataFeedElement"] == []
    assert json.loads(read("/feeds/feed.json"))["items"] == []
    assert ET.fromstring(read("/feeds/atom.xml")).findall(f"{ATOM}entry") == []
    assert ET.fromstring(read("/sitemaps/1.xml")).findall(f"{SITEMAP}url") == []


def test_atom_and_json_feed_keep_their_ids_through_corrections(people: People) -> None:
    publication = make_published(people)
    ids = set()
    for _ in range(2):
        entry = ET.fromstring(read("/feeds/atom.xml")).find(f"{ATOM}entry")
        assert entry is not None
        ids.add((entry.findtext(f"{ATOM}id"), json.loads(read("/feeds/feed.json"))["items"][0]["id"]))
        last = entry.findtext(f"{ATOM}updated")
        if publication.version == 1:
            make_correction(publication, people, "A second log was found.", LATER)
            publication.refresh_from_db()

    assert ids == {(publication.pk.urn, publication.pk.urn)}
    assert last == LATER.isoformat()


def test_the_sitemap_names_every_live_page(people: People) -> None:
    publication = make_published(people)

    index, part = ET.fromstring(read("/sitemap.xml")), ET.fromstring(read("/sitemaps/1.xml"))

    assert [node.text for node in index.iter(f"{SITEMAP}loc")] == ["http://127.0.0.1:8000/sitemaps/1.xml"]
    assert [node.text for node in part.iter(f"{SITEMAP}loc")] == [
        f"http://127.0.0.1:8000{publication.get_absolute_url()}"
    ]
    assert b"Sitemap: http://127.0.0.1:8000/sitemap.xml" in read("/robots.txt")
    assert Client().get("/sitemaps/0.xml").status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_sent_again_only_when_it_changed(people: People, path: str) -> None:
    publication = make_published(people)
    etag = Client().get(path).headers["ETag"]
    asker = Client(headers={"if-none-match": etag})

    make_article(people.other_desk, people.cleo)  # of no interest to readers
    assert asker.get(path).status_code == 304
    withdraw_review(publication, "In doubt.", publication.version, people.lea, LATER)
    if path != "/sitemap.xml":
        assert asker.get(path).status_code == 200
        assert publication.slug.encode() not in read(path)


@pytest.mark.parametrize("path", ["/feeds/claimreview.json", "/feeds/atom.xml", "/feeds/feed.json"])
def test_a_feed_that_has_another_name_is_sent_again(people: People, settings: Settings, path: str) -> None:
    make_published(people)
    asker = Client(headers={"if-none-match": Client().get(path).headers["ETag"]})
    settings.PUBLISHER = "Orla Herald"

    assert asker.get(path).status_code == 200
    assert b"Orla Herald" in read(path)


def test_a_document_is_given_in_both_profiles(people: People) -> None:
    publication = make_published(people)
    path = f"{publication.get_absolute_url()}claimreview.json"

    assert read(path) == bytes(publication.live.rich)
    assert read(f"{path}?profile=strict") == bytes(publication.live.strict)
    assert Client().get(f"{path}?profile=other").status_code == 404


def test_hostile_words_break_no_feed(people: People) -> None:
    hostile = "January ]]></summary><script>&\"'"
    make_published(people, hostile)

    entry = ET.fromstring(read("/feeds/atom.xml")).find(f"{ATOM}entry")

    assert entry is not None
    assert str(entry.findtext(f"{ATOM}title")).endswith(hostile)
    assert json.loads(read("/feeds/claimreview.json"))


def test_the_table_has_flat_names(people: People) -> None:
    make_published(people)

    raw = read("/feeds/claimreview.csv")

    assert raw.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert row["claimReviewed"] == "The bridge was inspected in January"
    assert (row["author.name"], row["itemReviewed.author.name"]) == ("City desk", "Ilse Varga")
    assert row["reviewRating.alternateName"] == "True"
