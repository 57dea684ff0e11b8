"""axe on every page that a link leads to, whichever of the demo people may see it; none is wider than its window."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Page

from factcheck.workbench.routes import ROUTES
from tests.journeys.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

# What a browser takes home, what leads elsewhere, what pages ask for by themselves, or what opens by a link of its own.
NO_PAGES = {"feeds-opml", "agreement-csv", "import-report", "export-file", "conflict-next", "adjudication-next", "join"}
NO_PAGES |= {"arrivals", "view-counts", "article-progress", "sign-in", "retrieval"}
OF_EACH = 3  # not every claim is published, not every pair decided: another page of a sort may lead further
NAMES = {name for name, route in ROUTES.items() if "GET" in route.asks and name.partition(":")[2] not in NO_PAGES}


def named(address: str) -> str:
    """The page at an address, by the name of its route."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def pages_from(page: Page, start: list[str]) -> Iterator[str]:
    """Open some pages of each sort, beginning with these and following their links."""
    waiting, known, opened = list(start), set(start), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        if (name := named(address)) not in NAMES or opened[name] == OF_EACH:
            continue
        opened[name] += 1
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            continue
        yield name
        links = page.locator("main a[href^='/'], .rail a[href^='/']")
        found = [str(href) for href in links.evaluate_all("links => links.map(one => one.getAttribute('href'))")]
        waiting += [href for href in dict.fromkeys(found) if href not in known]
        known.update(found)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_every_page_that_a_link_leads_to_breaks_no_rule(person: Person, scheme: str, width: int) -> None:
    lists = [reverse(f"admin:{page}_changelist") for page in ("corpus_article", "claims_claim", "corpus_outlet")]
    start = {
        "lea": ["/", "/calibrations/", "/adjudication/", "/search/?q=ceasefire", *lists],
        "amir": ["/", "/shadow-runs/"],
    }
    looked_at = set[str]()

    for name, addresses in start.items():
        page = person(name, color_scheme=scheme, viewport={"width": width, "height": 900})
        for sort in pages_from(page, addresses):
            if sort in looked_at:
                continue
            looked_at.add(sort)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{page.url} {found.generate_report()}"
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{page.url} is {overflow} pixels too wide at {width}"

    assert looked_at >= {
        "workbench:feeds",
        "workbench:people",
        "workbench:tokens",
        "workbench:verdict",
        "workbench:claim",
    }
