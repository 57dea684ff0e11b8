"""A claim assessed blind by two people and adjudicated, with the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Person
from tests.journeys.quarrels import add_quarrel

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def assess(page: Page, rating: str, words: str) -> None:
    """Take the next assessment by its key, write it, give it."""
    take_assessment(page)
    give_assessment(page, rating, words)


def take_assessment(page: Page) -> None:
    """Take the next assessment by its key."""
    page.goto("/work/")
    page.keyboard.press("4")
    page.wait_for_url("**/assessment/")


def give_assessment(page: Page, rating: str, words: str) -> None:
    """Write it, and give it."""
    page.get_by_text(rating, exact=True).first.click()
    page.get_by_label("In one sentence").fill(words)
    page.get_by_label("Reasoning").fill(f"{words} See the minutes.")
    page.get_by_role("button", name="Give it").click()
    expect(page.get_by_role("status").filter(has_text="Given").first).to_be_visible()


def test_two_assess_blind_and_a_lead_adjudicates_by_one_key_and_takes_it_back(person: Person) -> None:
    lea, ben = person("lea"), person("ben")
    add_quarrel(lea, "covered market")
    lea.locator(".note .chip.clash").first.click()
    lea.get_by_role("link", name="Open a claim from this").click()
    lea.get_by_role("button", name="Open the claim").click()
    claim = lea.url
    lea.get_by_role("button", name="Ask", exact=True).click()
    expect(lea.get_by_role("status").filter(has_text="2 people are asked").first).to_be_visible()

    assess(ben, "True", "It happened.")
    lea.goto(f"{claim}adjudication/")
    expect(lea.get_by_text("nobody sees one before")).to_be_visible()
    expect(lea.get_by_text("It happened.")).to_have_count(0)
    assess(lea, "False", "It did not happen.")

    lea.goto("/adjudication/")
    lea.keyboard.press("n")
    lea.wait_for_url("**/adjudication/")
    expect(lea.get_by_text("they differ")).to_be_visible()
    lea.keyboard.press("a")
    expect(lea.get_by_role("status").filter(has_text="True").first).to_be_visible()
    lea.keyboard.press("z")
    expect(lea.get_by_text("they differ")).to_be_visible()


def test_work_is_taken_and_given_back_without_scripts(person: Person) -> None:
    ben = person("ben", java_script_enabled=False)
    ben.goto("/work/")
    ben.get_by_role("button", name="Conflict").first.click()
    expect(ben.get_by_role("heading", level=1)).to_contain_text("Conflict")
    expect(ben.get_by_role("group", name="Who works on it")).to_contain_text("Ben")

    ben.get_by_role("button", name="Give back").click()

    expect(ben.get_by_role("status").filter(has_text="Put back into the queue").first).to_be_visible()
