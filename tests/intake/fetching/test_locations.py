import pytest

from factcheck.intake.fetching.errors import UnfitAddress
from factcheck.intake.fetching.locations import follow, read_location, same_page_key, without_trackers


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://news.example/a", "https://news.example/a"),
        (" HTTPS://News.Example:443/a#top ", "https://news.example/a"),
        ("http://news.example:8080/?q=1", "http://news.example:8080/?q=1"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://１２７.0.0.1/", "https://127.0.0.1/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_is_read(url: str, read: str) -> None:
    assert str(read_location(url)) == read


@pytest.mark.parametrize(
    "url",
    [
        *("", "news", "//news.example", "ftp://news.example/", "file:///etc/passwd", "javascript:alert(1)", "data:,x"),
        *("http://", "http:///a", "http://a:b@news.example/", "http://news.example:99999/", "http://news .example/"),
        *("http://news.example\\@evil.example/", "http://[fe80::1%25lo]/", "http://[::1", "http://-a.example/"),
        *(
            "http://a..example/",
            "http://news.example/\n\r",
            "http://new\ts.example/",
            "http://" + "a" * 64 + ".example/",
        ),
        "https://news.example/" + "a" * 2000,
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    if url.endswith("\n\r"):
        url = url.replace("/\n\r", "/\n\rx")
    with pytest.raises(UnfitAddress):
        read_location(url)


def test_a_reference_leads_on_from_where_it_stands() -> None:
    assert str(follow(read_location("https://news.example/a/b"), "../c?d=1#e")) == "https://news.example/c?d=1"
    with pytest.raises(UnfitAddress):
        follow(read_location("https://news.example/"), "javascript:alert(1)")


@pytest.mark.parametrize(
    "other",
    [
        *("http://news.example/a/?id=3&b=2", "https://NEWS.example/a?b=2&id=3#top"),
        "https://www.news.example/a?utm_source=x&b=2&id=3&fbclid=1",
    ],
)
def test_spellings_of_one_page_are_the_same(other: str) -> None:
    assert same_page_key(other) == same_page_key("https://news.example/a?b=2&id=3")


def test_other_pages_are_told_apart() -> None:
    pages = ["https://a.example/x", "https://a.example/y", "https://a.example/x?id=1", "https://a.example/x?id=2"]

    assert len({same_page_key(page) for page in pages}) == 4


def test_trackers_are_left_out_of_what_is_kept() -> None:
    assert without_trackers("https://a.example/x?id=1&utm_medium=mail") == "https://a.example/x?id=1"
