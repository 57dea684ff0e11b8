"""The pictures beside links: PNG from our own host, in which rating and claim can be read."""

import re
import struct
import zlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.publishing.drawing import lines_of, width_of, writable
from factcheck.publishing.pictures import CLASH, EDGE, GRAY, LINES, OK, PAPER, ROOM, draw
from factcheck.publishing.services import withdraw_review
from tests.factories import NOW, make_correction, make_published
from tests.people import People

HOST = "http://127.0.0.1:8000"
LONG = "The ministry will pay for the bridge over the Orla and for the road to it, whatever the council decides "
Pixels = list[list[tuple[int, ...]]]


def seen(png: bytes) -> Pixels:
    """The colors of a picture with a palette, row by row."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    parts, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        parts[name], at = body, at + 12 + length
    width, height, *kind = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert kind == [8, 3, 0, 0, 0]
    colors = [tuple(parts[b"PLTE"][at : at + 3]) for at in range(0, len(parts[b"PLTE"]), 3)]
    rows = zlib.decompress(parts[b"IDAT"])
    assert len(rows) == height * (width + 1)
    return [[colors[pixel] for pixel in rows[at + 1 : at + 1 + width]] for at in range(0, len(rows), width + 1)]


def inked(pixels: Pixels, top: int, bottom: int) -> int:
    """How much of these rows, right of the edge, is not paper."""
    return sum(color != PAPER for row in pixels[top:bottom] for color in row[EDGE:])


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
    pixels = seen(answer.content)
    assert (said_by(page, "og:image:width"), said_by(page, "og:image:height")) == (
        str(len(pixels[0])),
        str(len(pixels)),
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
        pixels = seen(draw("Rated", tone, "The bridge was inspected", "Ilse Varga", "City desk"))
        assert color is None or pixels[80][EDGE + 2] == color
    short, long = (seen(draw("Rated", "true", claim, "Ilse Varga", "City desk")) for claim in ("Grain", LONG * 3))

    assert 0 < inked(short, 246, 316) < inked(long, 246, 316)
    assert inked(short, 316, 560) == 0 < inked(long, 460, 526)
    assert inked(short, 560, 610) > 0  # who checked it
    assert GRAY in short[213]


def test_words_in_a_script_without_letters_are_left_out(people: People) -> None:
    assert writable("Łódź, Київ, Αθήνα: 5 €\u202e 🚧") == "Łódź, Київ, Αθήνα: 5 €"
    assert writable("Cafe\u0301") == "Café"
    assert writable("تم فحص الجسر") == ""

    pixels = seen(draw("صحيح", "true", "تم فحص الجسر في يناير", "", "City desk"))

    assert inked(pixels, 76, 170) == 0
    assert inked(pixels, 246, 316) > 0  # the newsroom's name in their place


def test_lines_end_where_there_is_no_more_room() -> None:
    whole, cut, one = lines_of(LONG.strip(), ROOM, 9), lines_of(LONG * 3, ROOM, LINES), lines_of("x" * 200, ROOM, LINES)

    assert " ".join(whole) == LONG.strip()
    assert (len(cut), cut[-1][-1], len(one), one[0][-1]) == (LINES, "…", 1, "…")
    assert all(width_of(line) <= ROOM for line in [*whole, *cut, *one])
