"""A pace per site that any number of workers keep together, and robots.txt asked for once and kept to."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from factcheck.corpus.models import Site
from factcheck.corpus.services.manners import honest, polite
from factcheck.intake.fetching.client import Client
from factcheck.intake.fetching.errors import AskedNotTo, NoAnswer, RobotsUnknown
from factcheck.intake.fetching.wire import Gate
from factcheck.ledger.errors import TooEarly
from tests.intake.fetching.serving import HTML, Served, drip, page, serving

PAGE = page(b"<p>The bridge will open.</p>")
RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"
pytestmark = pytest.mark.django_db


def paths(served: Served) -> list[bytes]:
    return [asked.split(b" ")[1] for asked in served.asked]


def free_in() -> float:
    """The seconds until the only site is free."""
    site, now = Site.objects.values_list("free_at", Now()).get()
    return float((site - now).total_seconds())


def test_robots_is_asked_for_once_and_kept_to() -> None:
    with serving({"/robots.txt": page(RULES, kind="text/plain"), "/a": PAGE, "/private/b": PAGE}) as served:
        client = polite(served.client())
        client.fetch(served.url("/a"), honest())
        with pytest.raises(AskedNotTo, match=r"robots\.txt"):
            client.fetch(served.url("/private/b"))

    assert paths(served) == [b"/robots.txt", b"/a"]
    assert b"Factcheck/0.1 (a newsroom's fact-checking workbench; +http" in served.asked[1]


@pytest.mark.parametrize(
    ("status", "is_fetched"), [("404 Not Found", True), ("403 No", True), ("429 Slow", False), ("500 Fault", False)]
)
def test_no_rules_allow_all_and_a_site_that_cannot_say_is_left_alone(status: str, is_fetched: bool) -> None:
    with serving({"/robots.txt": page(b"", status=status), "/a": PAGE}) as served:
        if is_fetched:
            polite(served.client()).fetch(served.url("/a"))
        else:
            with pytest.raises(RobotsUnknown):
                polite(served.client()).fetch(served.url("/a"))

    assert (paths(served)[-1] == b"/a") == is_fetched


def test_a_turn_is_taken_by_whoever_comes_first_and_the_next_waits_or_comes_again(settings: Any) -> None:
    settings.FETCH_PACE = 60
    with serving({"/robots.txt": page(RULES, kind="text/plain"), "/a": PAGE}) as served:
        polite(served.client()).fetch(served.url("/a"))
        with pytest.raises(TooEarly):
            polite(served.client(), against_robots=True).fetch(served.url("/a"))

    assert paths(served).count(b"/a") == 1
    assert 30 < free_in() <= 60


def test_a_site_may_ask_for_more_peace_than_we_give() -> None:
    with serving({"/robots.txt": page(RULES, kind="text/plain"), "/a": PAGE}) as served:
        polite(served.client()).fetch(served.url("/a"))

    assert 3 < free_in() <= 7


def test_a_site_that_a_page_sends_on_to_is_asked_as_well() -> None:
    with serving({"/robots.txt": page(b"User-agent: *\nDisallow: /", kind="text/plain"), "/b": PAGE}) as there:
        leads = page(b"", f"Location: {there.url('/b')}", status="302 Found")
        with serving({"/robots.txt": page(b"", status="404 No"), "/a": leads}) as served:
            doors = frozenset({("127.0.0.1", there.port), ("127.0.0.1", served.port)})
            client = polite(Client(Gate(exempt=doors)))
            with pytest.raises(AskedNotTo):
                client.fetch(served.url("/a"))

    assert paths(there) == [b"/robots.txt"]


def test_one_clock_runs_over_robots_and_page() -> None:
    slow = drip(HTML + b"Content-Length: 1000\r\n\r\n", endless=b"x")
    with serving(slow) as served, pytest.raises(NoAnswer):
        polite(served.client(seconds=0.6)).fetch(served.url("/a"))

    site = Site.objects.get()
    assert site.robots_until is None or site.robots_until > timezone.now() - timedelta(minutes=1)
