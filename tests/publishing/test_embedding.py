"""A review on somebody else's page: found by oEmbed, framed without a script."""

import re
from typing import Any

import pytest
from django.test import Client

from factcheck.publishing.services import withdraw_review
from tests.factories import NOW, make_published
from tests.people import People


def oembed(url: str, more: str = "") -> Any:
    return Client().get("/oembed", {"url": url, **dict(part.split("=") for part in more.split("&") if part)})


def test_oembed_gives_a_frame_for_a_reviews_address(people: People) -> None:
    publication = make_published(people)
    url = f"http://127.0.0.1:8000{publication.get_absolute_url()}"

    said = oembed(url, "maxwidth=400").json()

    assert (said["type"], said["version"], said["width"]) == ("rich", "1.0", 400)
    assert said["title"] == "True: The bridge was inspected in January"
    frame = re.search(r'src="([^"]+)"', said["html"])
    assert frame is not None
    assert frame[1] == f"{url}embed/"
    assert "<script" not in said["html"]


@pytest.mark.parametrize(
    "url", ["", "https://elsewhere.example/reviews/x/", "http://127.0.0.1:8000/reviews/", "http://[", "/reviews/x/"]
)
def test_oembed_knows_no_other_address(people: People, url: str) -> None:
    make_published(people)

    assert oembed(url).status_code == 404


def test_a_review_leads_to_its_frame_by_an_address_with_its_host(people: People) -> None:
    url = f"http://127.0.0.1:8000{make_published(people).get_absolute_url()}"
    page = Client().get(url.removeprefix("http://127.0.0.1:8000")).content.decode()

    found = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)

    assert found is not None
    assert found[1].startswith("http://127.0.0.1:8000/oembed?url=")
    answer: Any = Client().get(found[1].removeprefix("http://127.0.0.1:8000"))
    assert answer.json()["html"] == oembed(url).json()["html"] == oembed(url.rstrip("/")).json()["html"]


def test_oembed_speaks_json_only(people: People) -> None:
    url = f"http://127.0.0.1:8000{make_published(people).get_absolute_url()}"

    assert oembed(url, "format=xml").status_code == 501


def test_any_page_may_frame_the_card_and_no_other_page_of_ours(people: People) -> None:
    publication = make_published(people)

    card = Client().get(f"{publication.get_absolute_url()}embed/")
    page = Client().get(publication.get_absolute_url())

    policy = card.headers["Content-Security-Policy"].split("; ")
    assert [part for part in policy if part.startswith("frame-ancestors")] == ["frame-ancestors *"]
    assert "X-Frame-Options" not in card.headers
    assert "<script" not in card.content.decode()
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_card_of_a_withdrawn_review_says_so(people: People) -> None:
    publication = make_published(people)
    withdraw_review(publication, "In doubt.", publication.version, people.lea, NOW)

    card = Client().get(f"{publication.get_absolute_url()}embed/").content.decode()

    assert "We have withdrawn this verdict." in card
    assert "inspected" not in card.replace(publication.slug, "")
    assert oembed(f"http://127.0.0.1:8000{publication.get_absolute_url()}").status_code == 404
