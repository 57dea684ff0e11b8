"""What readers find, in a real browser: from the index to a verdict and its other side, without an account."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Person
from tests.journeys.rules import check

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def sign_out(page: Page) -> None:
    """Forget who is there."""
    page.context.clear_cookies()


def test_a_reader_finds_a_verdict_and_its_other_side_without_scripts(person: Person) -> None:
    reader = person("ben", java_script_enabled=False)
    sign_out(reader)
    reader.goto("/")

    reader.get_by_role("searchbox").fill("missile")
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("link", name=re.compile("No missiles will strike")).click()
    expect(reader.locator(".verdict-mark")).to_contain_text("Mixed")
    reader.get_by_role("link", name="Read the two side by side").click()

    expect(reader.locator(".statement")).to_have_count(2)
    expect(reader.locator(".statement").last).to_contain_text("Ukrainian officials")


def test_a_lead_withdraws_and_readers_see_why(person: Person) -> None:
    lea = person("lea")
    lea.goto("/reviews/?q=civilian")
    lea.locator(".verdicts a").first.click()
    address = lea.url
    lea.goto("/admin/claims/claim/?q=civilian")
    lea.locator("#result_list tbody th a").first.click()
    lea.get_by_role("link", name="Publication").click()
    lea.get_by_text("Withdraw it").click()
    lea.get_by_label("Why it is withdrawn").fill("A third account of the call was found.")
    lea.get_by_role("button", name="Withdraw", exact=True).click()

    expect(lea.locator(".toast")).to_contain_text("Withdrawn.")
    answer = lea.context.request.get(address)
    assert answer.status == 410
    assert "A third account of the call was found." in answer.text()


@pytest.mark.parametrize("width", [1440, 390])
def test_no_public_page_breaks_a_rule_of_accessibility(person: Person, width: int) -> None:
    reader = person("ben", viewport={"width": width, "height": 900})
    sign_out(reader)
    reader.goto("/reviews/?q=missiles")
    review = str(reader.locator(".verdicts a").first.get_attribute("href"))
    reader.goto(review)
    more = [str(reader.locator(f'main a[href*="/reviews/{kind}/"]').first.get_attribute("href")) for kind in KINDS]

    for address in ["/", "/reviews/?q=zebra", review, f"{review}embed/", f"{review}revisions/1/", *more]:
        reader.goto(address)
        check(reader, width)


KINDS = ("speakers", "conflicts")
