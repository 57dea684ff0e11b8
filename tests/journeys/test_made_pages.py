"""axe on the pages that somebody's work makes: they stand only once something was begun, some only until one leaves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.faults.installation import Installation
from tests.journeys.conftest import Person
from tests.journeys.quarrels import add_quarrel
from tests.journeys.rules import check
from tests.journeys.running import Newsroom
from tests.journeys.test_teams import assess, give_assessment, take_assessment

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

NARROW = 390
REVIEW = """claim_text,url,rating_text,claimant,publisher_name,review_date
The old mill burned down in May,https://checks.example/mill,False,Ilse Varga,Example Checks,2026-02-01
,https://checks.example/none,,,,
"""

PROPOSE = """
from factcheck.newsroom.models import Desk
from tests.factories import make_calibration
print(make_calibration(Desk.objects.get()).number)
"""


@pytest.fixture
def lea(person: Person) -> Page:
    return person("lea", viewport={"width": NARROW, "height": 900})


def press(page: Page, name: str) -> None:
    """Press the first button of this name, and be where it leads."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def bulk(lea: Page) -> None:
    """What would be done to many, counted; and doing it."""
    lea.goto("/admin/corpus/article/")
    lea.locator("#result_list input[name=chosen]").first.check()
    lea.get_by_label("With those chosen").select_option(label="Tag")
    press(lea, "Count first")
    lea.get_by_label("The tag").fill("axe")
    check(lea, NARROW)
    press(lea, "Do it")
    check(lea, NARROW)
    expect(lea.locator("#run .score")).to_be_visible(timeout=60_000)
    check(lea, NARROW)


def inquiry(lea: Page) -> None:
    """Where a typed statement stands elsewhere, on a page of its own."""
    lea.goto("/")
    lea.get_by_label("Statement", exact=True).fill("The old mill burned down in May.")
    lea.evaluate("document.querySelectorAll('form.ask').forEach(form => form.submit())")
    lea.wait_for_url("**/elsewhere/**")
    expect(lea.locator("#elsewhere progress, progress")).to_have_count(0, timeout=60_000)
    check(lea, NARROW)


def imported(lea: Page) -> None:
    """A file of reviews, checked, with a row that is wrong."""
    lea.goto("/imports/")
    file = {"name": "reviews.csv", "mimeType": "text/csv", "buffer": REVIEW.encode()}
    lea.get_by_label("File", exact=True).set_input_files(file)  # type: ignore[arg-type]  # a dictionary is a file too
    press(lea, "Check the file")
    expect(lea.get_by_role("button", name="Import")).to_be_visible(timeout=60_000)
    check(lea, NARROW)


def exported(lea: Page) -> None:
    """An export, once it is written."""
    lea.goto("/exports/")
    press(lea, "Export")
    expect(lea.get_by_role("link", name=re.compile("Download")).first).to_be_visible(timeout=60_000)
    check(lea, NARROW)


def feed(lea: Page) -> None:
    """A feed that could not be looked at, with the reason."""
    lea.goto("/feeds/")
    lea.get_by_label("Address of a feed").fill("http://127.0.0.1/feed.xml")
    press(lea, "Look at it")
    expect(lea.locator("#feed .failed").first).to_be_visible(timeout=60_000)
    check(lea, NARROW)


def webhook(lea: Page) -> None:
    """A webhook with its secret, then as it stands, then switched off."""
    lea.goto("/webhooks/")
    lea.get_by_label("Address", exact=True).fill("https://hooks.example/desk")
    press(lea, "Add")
    check(lea, NARROW)
    lea.goto("/webhooks/")
    lea.locator("main table a").first.click()
    press(lea, "Switch off")
    check(lea, NARROW)


PAGES: list[Callable[[Page], None]] = [bulk, inquiry, imported, exported, feed, webhook]


@pytest.mark.parametrize("make", PAGES, ids=[make.__name__ for make in PAGES])
def test_pages_that_somebodys_work_makes_break_no_rule(lea: Page, make: Callable[[Page], None]) -> None:
    make(lea)


def test_a_comment_that_is_changed_and_a_claim_assessed_blind_break_no_rule(lea: Page, person: Person) -> None:
    add_quarrel(lea, "old mill")
    lea.locator(".note .chip.clash").first.click()
    lea.get_by_role("link", name="Open a claim from this").click()
    press(lea, "Open the claim")
    claim = lea.url
    lea.get_by_label("Your comment").fill("Which log?")
    press(lea, "Comment")
    lea.get_by_role("link", name="Edit", exact=True).click()
    lea.wait_for_url("**/comments/**")
    check(lea, NARROW)

    lea.goto(claim)
    press(lea, "Ask")
    ben = person("ben")
    assess(ben, "True", "It happened.")
    take_assessment(lea)
    check(lea, NARROW)
    give_assessment(lea, "False", "It did not happen.")
    lea.goto(f"{claim}adjudication/")
    expect(lea.get_by_text("they differ")).to_be_visible()
    check(lea, NARROW)


def test_what_another_engine_would_do_breaks_no_rule(newsroom: Newsroom, lea: Page) -> None:
    lea.goto("/admin/corpus/article/")
    article = str(lea.locator("#result_list a[href^='/articles/']").first.get_attribute("href")).split("/")[2]
    room = Installation(newsroom.printed.parent, "tests.journeys.settings")
    tried = room.manage("analyze", article, "--by", "amir", "--shadow")
    assert tried.returncode == 0, tried.stderr

    lea.goto("/shadow-runs/")
    lea.locator("main table a").first.click()
    lea.wait_for_url("**/shadow-runs/*/")
    check(lea, NARROW)


def test_what_a_calibration_would_change_breaks_no_rule(newsroom: Newsroom, person: Person) -> None:
    Installation(newsroom.printed.parent, "tests.journeys.settings").ask(PROPOSE)
    amir = person("amir", viewport={"width": NARROW, "height": 900})

    amir.goto("/calibrations/")
    check(amir, NARROW)
    amir.locator("main table a").first.click()
    amir.wait_for_url("**/calibrations/*/")
    expect(amir.get_by_role("button", name="Adopt")).to_be_visible()
    check(amir, NARROW)
