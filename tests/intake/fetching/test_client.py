import gzip
import zlib
from functools import partial

import pytest

from factcheck.intake.fetching.client import Answered, Fetched, read_kind
from factcheck.intake.fetching.errors import (
    BadStatus,
    BrokenAnswer,
    FetchRefused,
    ForbiddenAddress,
    NoAnswer,
    TooLarge,
    TooManyRedirects,
    UnfitEncoding,
    UnfitKind,
)
from tests.intake.fetching.serving import HTML, Play, Served, drip, page, serving

BODY = b"<p>The mayor said the bridge will open in May.</p>"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
pack = partial(gzip.compress, mtime=0)  # the same bytes, and so the same names of cases, in every process
BOMB = pack(bytes(20_000_000))


def fetch(play: "Play | bytes | dict[str, bytes]", path: str = "/", seconds: float = 5) -> tuple[Fetched, Served]:
    with serving(play) as served:
        return served.client(seconds).fetch(served.url(path)), served


def test_a_page_comes_as_it_was_sent() -> None:
    fetched, served = fetch(page(BODY, 'ETag: "7"', "Last-Modified: Mon, 02 Mar 2026 10:00:00 GMT"), "/a?b=1")

    assert (fetched.body, fetched.kind, fetched.charset) == (BODY, "text/html", "utf-8")
    assert (fetched.etag, fetched.modified) == ('"7"', "Mon, 02 Mar 2026 10:00:00 GMT")
    assert served.asked[0].startswith(b"GET /a?b=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"User-Agent: Factcheck/" in served.asked[0]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", pack(BODY)),
        ("x-gzip", pack(BODY[:9]) + pack(BODY[9:])),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
        ("identity", BODY),
    ],
)
def test_one_packing_is_undone(encoding: str, packed: bytes) -> None:
    assert fetch(page(packed, f"Content-Encoding: {encoding}"))[0].body == BODY


def test_no_cookie_and_no_proxy_of_the_surroundings_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serving(page(BODY, "Set-Cookie: seen=1")) as served:
        served.client().fetch(served.url())
        served.client().fetch(served.url())

    assert not any(b"cookie" in asked.lower() for asked in served.asked)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_followed(status: str) -> None:
    fetched, served = fetch({"/": page(b"", "Location: /there", status=status), "/there": page(BODY)})

    assert fetched.url == served.url("/there")
    assert fetched.body == BODY


@pytest.mark.parametrize(
    "start",
    [
        page(b"<meta http-equiv='refresh' content='0;url=/there'>"),
        page(b"<META content=\"1; URL='/there'\" HTTP-EQUIV=refresh>"),
        page(b"", "Refresh: 0; url=/there"),
    ],
)
def test_a_page_that_sends_its_readers_on_is_followed(start: bytes) -> None:
    assert fetch({"/": start, "/there": page(BODY)})[0].body == BODY


def test_a_page_that_reloads_itself_later_is_read() -> None:
    body = b'<meta http-equiv="refresh" content="300; url=/elsewhere">' + BODY

    assert fetch(page(body))[0].body == body


def test_six_redirects_are_one_too_many() -> None:
    hops = {f"/{hop}": page(b"", f"Location: /{hop + 1}", status="302 Found") for hop in range(9)}

    assert fetch({**hops, "/5": page(BODY)}, "/0")[0].body == BODY
    with pytest.raises(TooManyRedirects):
        fetch(hops, "/0")


def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    with pytest.raises(ForbiddenAddress):
        fetch(page(b"", "Location: http://127.0.0.2/", status="302 Found"))


def test_what_did_not_change_is_not_sent_again() -> None:
    with serving(b"HTTP/1.1 304 Not Modified\r\n\r\n") as served:
        fetched = served.client().fetch(served.url(), {"If-None-Match": '"7"'})

    assert fetched.is_unchanged
    assert b'If-None-Match: "7"' in served.asked[0]


@pytest.mark.parametrize(
    ("status", "words"),
    [("404 Not Found", "no page"), ("403 Forbidden", "programs"), ("503 Away", "fault"), ("418 Teapot", "418")],
)
def test_a_server_that_says_no_is_put_into_words(status: str, words: str) -> None:
    with pytest.raises(BadStatus, match=words) as refusal:
        fetch(page(BODY, "Retry-After: 30", status=status))

    assert refusal.value.retry_after == 30


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("play", "refusal"),
    [
        # Slow, or silent: a byte now and then does not buy time.
        (drip(), BrokenAnswer),
        (drip(endless=b"H"), NoAnswer),
        (drip(b"HTTP/1.1 200 OK\r\n", endless=b"X-More: 1\r\n"), NoAnswer),
        (drip(HTML + b"X-Long: ", endless=b"x"), NoAnswer),
        (drip(HTML + b"Content-Length: 1000\r\n\r\n", endless=b"x"), NoAnswer),
        (drip(CHUNKED, endless=b"1\r\nx\r\n"), NoAnswer),
        (drip(CHUNKED + b"5\r\nx", endless=b""), BrokenAnswer),
        # Endless, as fast as it goes.
        (drip(CHUNKED, endless=b"10000\r\n" + bytes(65536) + b"\r\n", every=0), TooLarge),
        (drip(HTML + b"\r\n", endless=bytes(65536), every=0), TooLarge),
        (drip(b"HTTP/1.1 200 OK\r\n", endless=b"X-More: " + b"1" * 9000 + b"\r\n", every=0), BrokenAnswer),
        (drip(HTML + b"X-Long: ", endless=b"x" * 65536, every=0), BrokenAnswer),
        # Lying.
        (HTML + b"Content-Length: 99999999999\r\n\r\nshort", TooLarge),
        (HTML + b"Content-Length: 1000\r\n\r\nshort", BrokenAnswer),
        (HTML + b"Content-Length: -1\r\n\r\nshort", BrokenAnswer),
        (HTML + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort", BrokenAnswer),
        (HTML + b"Transfer-Encoding: gzip, chunked\r\n\r\n", BrokenAnswer),
        (b"\x00\x01\x02 not HTTP at all\r\n\r\n", BrokenAnswer),
        (b"", BrokenAnswer),
        (page(b"not packed at all", "Content-Encoding: gzip"), BrokenAnswer),
        (page(pack(BODY)[:-9], "Content-Encoding: gzip"), BrokenAnswer),
        # Bombs.
        (page(BOMB, "Content-Encoding: gzip"), TooLarge),
        (page(pack(BOMB), "Content-Encoding: gzip, gzip"), UnfitEncoding),
        (page(b"?", "Content-Encoding: br"), UnfitEncoding),
        (page(pack(bytes(2_000_000)), "Content-Encoding: gzip"), TooLarge),
        # Not for reading.
        (page(b"GIF89a", kind="image/gif"), UnfitKind),
        (page(b"PK", kind="application/zip"), UnfitKind),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", UnfitKind),
    ],
)
def test_a_server_that_misbehaves_is_left(play: "Play | bytes", refusal: type[FetchRefused]) -> None:
    with pytest.raises(refusal):
        fetch(play, seconds=0.6)


def test_every_refusal_says_what_to_do() -> None:
    for kind in (*FetchRefused.__subclasses__(), *ForbiddenAddress.__mro__[:2]):
        words = str(kind(404)) if kind is BadStatus else str(kind())
        assert words.endswith("."), kind


def test_the_kind_is_read_without_trust() -> None:
    assert read_kind('Text/HTML; charset="Windows-1252"; x') == ("text/html", "windows-1252")
    assert read_kind("") == ("", "")


def send(play: "Play | bytes", seconds: float = 5) -> tuple[Answered, Served]:
    with serving(play) as served:
        return served.client(seconds).send(
            served.url("/hook"), b'{"a":1}', {"Content-Type": "application/json"}
        ), served


def test_what_is_sent_is_these_very_bytes() -> None:
    answered, served = send(page(b"thanks", "Retry-After: 7"))

    assert (answered.status, answered.retry_after, answered.begins) == (200, "7", b"thanks")
    assert served.asked[0].startswith(b"POST /hook HTTP/1.1\r\n")
    assert served.asked[0].endswith(b'Content-Length: 7\r\n\r\n{"a":1}')


@pytest.mark.parametrize(
    ("play", "status"),
    [
        (page(b"", "Location: /elsewhere", status="307 Temporary Redirect"), 307),
        (page(b"x" * 9)[:-4], 200),  # it breaks off
        (drip(HTML + b"\r\n", every=0.001, endless=b"x" * 999), 200),  # it never ends
    ],
    ids=["it leads elsewhere", "it breaks off", "it never ends"],
)
def test_a_status_is_the_answer_whatever_becomes_of_the_rest(play: "Play | bytes", status: int) -> None:
    answered, served = send(play)

    assert (answered.status, len(served.asked), len(answered.begins) <= 2_000) == (status, 1, True)


@pytest.mark.parametrize(
    ("play", "refusal"),
    [
        (b"HTTP/1.1 20", BrokenAnswer),
        (b"", BrokenAnswer),
        (drip(b"HTTP/1.1 200 OK\r\n", endless=b"X: y\r\n"), NoAnswer),
    ],
    ids=["it breaks off in its first line", "it hangs up", "it never comes to the point"],
)
def test_no_status_is_no_answer(play: "Play | bytes", refusal: type[FetchRefused]) -> None:
    with pytest.raises(refusal):
        send(play, seconds=0.5)
