"""The pictures beside links: PNG from our own host, in which rating and claim can be read."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from factcheck.publishing.drawing import letters, lines_of, writable
from factcheck.publishing.pictures import CLASH, EDGE, GRAY, LARGE, LINES, OK, PAPER, ROOM, draw
from factcheck.publishing.services import withdraw_review
from tests.factories import NOW, make_correction, make_published
from tests.people import People

HOST = "http://127.0.0.1:8000"
LONG = "The ministry will pay for the bridge over the Orla and for the road to it, whatever the council decides "


def seen(png: bytes) -> Image.Image:
    """The picture that these bytes are."""
    return Image.open(BytesIO(png), formats=["PNG"]).convert("RGB")


def inked(picture: Image.Image, top: int, bottom: int) -> int:
    """How much of these rows, right of the edge, is not paper."""
    band = picture.crop((EDGE, top, picture.width, bottom))
    return sum(count for count, color in band.getcolors(band.width * band.height) or [] if color != PAPER)


def said_by(page: str, name: str) -> str:
    (found,) = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', page)
    return str(found)


def test_a_review_has_a_picture_of_our_own_host(people: People) -> None:
    publication = make_published(people)
    page = Client().get(publication.get_absolute_url()).content.decode()

    address = said_by(page, "og:image")
    answer = Client().get(address.removeprefix(HOST))

    assert address == f"{HOST}{publication.get_absolute_url()}revisions/1/picture.png"
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["Cache-Control"].startswith("public")
    picture = seen(answer.content)
    assert (said_by(page, "og:image:width"), said_by(page, "og:image:height")) == (
        str(picture.width),
        str(picture.height),
    )
    assert said_by(page, "og:image:alt") == "True: “The bridge was inspected in January”"
    assert said_by(page, "twitter:card") == "summary_large_image"
    card, small = (
        Client().get(f"/oembed?url={said_by(page, 'og:url')}{room}").json() for room in ("", "&maxwidth=400")
    )
    assert (card["thumbnail_url"], card["thumbnail_width"], card["thumbnail_height"]) == (address, 1200, 630)
    assert [name for name in small if name.startswith("thumbnail")] == []
    assert [item["image"] for item in Client().get("/feeds/feed.json").json()["items"]] == [address]
    squeezed = Client(headers={"accept-encoding": "gzip"}).get(address.removeprefix(HOST))
    assert (squeezed.headers["ETag"], "Content-Encoding" in squeezed.headers) == (answer.headers["ETag"], False)
    again = Client(headers={"if-none-match": answer.headers["ETag"]}).get(address.removeprefix(HOST))
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["index", "conflict", "speaker"])
def test_every_public_page_says_what_it_is_to_other_sites(people: People, name: str) -> None:
    publication = make_published(people)
    keys = {"index": [], "conflict": [publication.pair_id], "speaker": [publication.speaker_id]}[name]
    path = reverse(f"publishing:{name}", args=keys)

    page = Client().get(path).content.decode()

    assert said_by(page, "og:url") == HOST + path
    assert said_by(page, "og:title")
    picture = said_by(page, "og:image").removeprefix(HOST)
    assert inked(seen(Client().get(picture).content), 240, 330) > 100


def test_a_correction_has_a_picture_of_its_own_and_a_withdrawn_review_none(people: People) -> None:
    publication = make_published(people)
    make_correction(publication, people, "A second log was found.", NOW + timedelta(days=1))
    path = publication.get_absolute_url()

    assert said_by(Client().get(path).content.decode(), "og:image").endswith("/revisions/2/picture.png")
    assert Client().get(f"{path}revisions/1/picture.png").status_code == 200
    assert Client().get(f"{path}revisions/3/picture.png").status_code == 404
    publication.refresh_from_db()
    withdraw_review(publication, "In doubt.", publication.version, people.lea, NOW + timedelta(days=2))
    assert Client().get(f"{path}revisions/2/picture.png").status_code == 410


def test_a_rating_stands_in_its_color_and_a_claim_in_its_words() -> None:
    for tone, color in (("true", OK), ("false", CLASH), ("", None)):
        picture = seen(draw("Rated", tone, "The bridge was inspected", "Ilse Varga", "City desk"))
        assert color is None or picture.getpixel((EDGE + 2, 80)) == color
    short, long = (seen(draw("Rated", "true", claim, "Ilse Varga", "City desk")) for claim in ("Grain", LONG * 3))

    assert 0 < inked(short, 246, 316) < inked(long, 246, 316)
    assert inked(short, 316, 560) == 0 < inked(long, 460, 526)
    assert inked(short, 560, 610) > 0  # who checked it
    assert GRAY in {color for _, color in short.crop((EDGE, 200, ROOM, 226)).getcolors(1 << 20) or []}


def test_words_in_a_script_without_letters_are_left_out(people: People) -> None:
    assert writable("Łódź, Київ, Αθήνα: 5 €\u202e 🚧") == "Łódź, Київ, Αθήνα: 5 €"
    assert writable("Cafe\u0301") == "Café"
    assert writable("تم فحص الجسر") == ""

    picture = seen(draw("صحيح", "true", "تم فحص الجسر في يناير", "", "City desk"))

    assert inked(picture, 76, 170) == 0
    assert inked(picture, 246, 316) > 0  # the newsroom's name in their place


def test_lines_end_where_there_is_no_more_room() -> None:
    font = letters(LARGE)
    whole, cut, one = (
        lines_of(words, font, ROOM, most) for words, most in ((LONG.strip(), 9), (LONG * 3, LINES), ("x" * 200, LINES))
    )

    assert " ".join(whole) == LONG.strip()
    assert (len(cut), cut[-1][-1], len(one), one[0][-1]) == (LINES, "…", 1, "…")
    assert all(font.getlength(line) <= ROOM for line in [*whole, *cut, *one])
