"""Whole stories in a real browser, by keyboard where people would."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Person
from tests.journeys.quarrels import QUARREL
from tests.journeys.rules import check
from tests.journeys.running import Newsroom

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PAGES = (
    "/",
    "/articles/add/",
    "/admin/",
    "/admin/corpus/article/",
    "/admin/corpus/conflictpair/",
    "/admin/corpus/speaker/",
    "/admin/claims/claim/",
    "/work/",
    "/adjudication/",
    "/agreement/",
    "/notices/",
    "/desk-rules/",
    "/account/",
    "/search/?q=ceasefire",
    "/conflicts/hidden/",
)


def first_conflict(page: Page) -> None:
    """Open the first waiting conflict from the inbox."""
    page.goto("/conflicts/next/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Conflict 1 of")


def test_smoke_the_seed_article_is_found_read_and_judged(newsroom: Newsroom, person: Person) -> None:
    printed = newsroom.printed.read_text()
    for words in ("statements by", "suggested conflict", "broken pledge", "Why:", "Demo sign-ins"):
        assert words in printed
    ben = person("ben", types=True)

    expect(ben.get_by_role("heading", level=1)).to_have_text("Hello, Ben")
    ben.goto("/admin/corpus/article/?q=Belarus")
    ben.get_by_role("link", name="Ukraine and Russia meet").first.click()
    expect(ben.locator(".st").first).to_be_visible()
    ben.locator(".note .chip.clash").first.click()
    expect(ben.get_by_text("Why", exact=True)).to_be_visible()


def press_when_shown(page: Page, key: str, words: str) -> None:
    """Press a key as a person would: once the page that names it has come."""
    expect(page.get_by_text(words)).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_conflicts_are_decided_by_keys_and_the_last_is_taken_back(person: Person) -> None:
    ben = person("ben")
    first_conflict(ben)
    address = ben.url

    ben.keyboard.press("2")
    expect(ben.locator(".toast.undo")).to_contain_text("Compatible")
    assert ben.url != address
    ben.keyboard.press("z")

    ben.wait_for_url(address)
    expect(ben.locator(".decide")).to_be_visible()
    expect(ben.locator(".toast.undo")).to_contain_text("Taken back")


def test_an_article_becomes_an_approved_verdict_by_two_people(person: Person) -> None:
    ben, lea = person("ben"), person("lea")
    ben.keyboard.press("n")
    ben.get_by_label("Text", exact=True).fill(QUARREL.format(thing="market hall of Tolva"))
    ben.get_by_role("combobox", name="Outlet").fill("Orla Post")
    ben.get_by_label("This outlet is new: add it").check()
    ben.get_by_role("button", name="Add and analyze").click()
    expect(ben.locator(".note .chip.clash").first).to_be_visible(timeout=60_000)

    ben.locator(".note .chip.clash").first.click()
    press_when_shown(ben, "c", "Open a claim from this")
    ben.get_by_role("button", name="Open the claim").click()
    press_when_shown(ben, "a", "Take this claim")
    ben.get_by_text("Unproven", exact=True).first.click()
    ben.get_by_label("In one sentence", exact=True).fill("No record of a repair was found.")
    ben.get_by_label("Reasoning").fill("The register of works lists **none**.")
    ben.get_by_text("Add evidence").click()
    ben.get_by_label("What it is").fill("Register of works")
    ben.get_by_label("Address").fill("https://example.org/register")
    ben.get_by_role("button", name="Attach").click()
    expect(ben.locator(".evidence")).to_contain_text("Register of works")
    ben.get_by_role("button", name="Submit for approval").click()
    expect(ben.locator(".verdict")).to_contain_text("Somebody else has to approve it")

    lea.goto("/")
    lea.locator("#to-approve a").click()
    expect(lea.locator(".reasoning strong")).to_have_text("none")
    press_when_shown(lea, "v", "Approve or send back")
    expect(lea.get_by_text("As readers will see it")).to_be_visible()
    lea.get_by_role("button", name="Approve").click()
    expect(lea.locator(".chip").first).to_have_text("Approved")
    for key, state in (("z", "Submitted"), ("y", "Approved")):
        lea.keyboard.press(key)
        expect(lea.locator(".chip").first).to_have_text(state)


def test_pointing_at_a_card_lights_its_words(person: Person) -> None:
    ben = person("ben")
    ben.goto("/admin/corpus/article/?q=Belarus")
    ben.get_by_role("link", name="Ukraine and Russia meet").click()

    card = ben.locator(".note").first
    card.focus()

    expect(card).to_have_class("note tint-" + (card.get_attribute("class") or "tint-0").split("tint-")[1][0] + " on")
    assert ben.locator(".st.on").count() >= 1


def test_keys_are_off_while_one_writes_and_shown_on_a_question_mark(person: Person) -> None:
    ben = person("ben")
    ben.keyboard.press("?")
    expect(ben.get_by_role("dialog")).to_contain_text("New: an article")
    ben.keyboard.press("Escape")

    ben.goto("/articles/add/")
    ben.get_by_label("Text", exact=True).press_sequentially("gi?n")

    expect(ben.get_by_label("Text", exact=True)).to_have_value("gi?n")
    assert ben.url.endswith("/articles/add/")


def test_the_sheet_says_what_a_key_does_on_this_very_page(person: Person) -> None:
    ben = person("ben")
    ben.goto("/work/")
    ben.keyboard.press("?")
    here, usual = ben.locator("#keys-here"), ben.locator("[data-stands-for='1']")
    expect(here).to_contain_text("Article to check")
    expect(usual).to_have_class("away")
    expect(usual).to_contain_text("Conflict")
    ben.keyboard.press("Escape")

    first_conflict(ben)
    ben.keyboard.press("?")
    expect(here).to_be_hidden()
    expect(usual).not_to_have_class("away")
    ben.keyboard.press("Escape")
    ben.keyboard.press("n")
    ben.wait_for_url("**/articles/add/")


def test_escape_shuts_what_a_key_opened_over_the_page_and_gives_the_keys_back(person: Person) -> None:
    ben = person("ben")
    ben.goto("/admin/corpus/article/?q=Belarus")
    ben.get_by_role("link", name="Ukraine and Russia meet").click()
    press_when_shown(ben, "f", "Conflict threads")
    expect(ben.get_by_label("Speaker", exact=True)).to_be_focused()

    ben.keyboard.press("Escape")
    expect(ben.get_by_label("Speaker", exact=True)).to_be_hidden()
    ben.keyboard.press("j")

    expect(ben.locator(".note").first).to_be_focused()


def test_everything_can_be_decided_and_saved_without_scripts(person: Person) -> None:
    ben = person("ben", java_script_enabled=False)
    first_conflict(ben)
    address = ben.url

    ben.get_by_role("button", name="Needs clarification").click()
    expect(ben.locator(".toast.undo")).to_contain_text("Needs clarification")
    ben.get_by_role("button", name="Undo").click()

    assert ben.url == address


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_breaks_a_rule_of_accessibility(person: Person, width: int) -> None:
    lea = person("lea", viewport={"width": width, "height": 900})
    first_conflict(lea)
    more = [lea.url, lea.url + "claim/", *links(lea, "/admin/corpus/article/"), *links(lea, "/admin/claims/claim/")]

    for address in [*PAGES, *more, "/nothing/"]:
        lea.goto(address)
        check(lea, width)


def links(page: Page, listing: str) -> list[str]:
    """The first row's page of a list."""
    page.goto(listing)
    rows = page.locator("#result_list tbody th a")
    return [str(rows.first.get_attribute("href"))] if rows.count() else []


def test_the_api_is_described_and_tried_on_this_host_alone(person: Person) -> None:
    page = person("lea")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/docs")
    expect(page.get_by_role("heading", name="Factcheck")).to_be_visible()
    page.locator("#operations-claim-claim_list button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".responses-table.live-responses-table .response-col_status").last).to_contain_text("200")
    assert [url for url in asked if not url.startswith(page.url.split("/api")[0])] == []
