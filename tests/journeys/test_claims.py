"""A claim from draft to approval in a real browser: by keyboard, by two people at once, and through a crash."""

import contextlib

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Response, expect

from tests.journeys.conftest import Person
from tests.journeys.quarrels import add_quarrel
from tests.journeys.rules import AXE, check
from tests.journeys.running import Newsroom

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def open_claim(ben: Page, thing: str) -> str:
    """Add an article, open a claim from its conflict and take it; give its address."""
    add_quarrel(ben, thing)
    ben.locator(".note .chip.clash").first.click()
    press(ben, "c", "Open a claim from this")
    ben.get_by_role("button", name="Open the claim").click()
    press(ben, "a", "Take this claim")
    expect(ben.get_by_role("button", name="Submit for approval")).to_be_visible()
    return ben.url


def press(page: Page, key: str, words: str) -> None:
    """Press a key as a person would: once the page that names it has come."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press(key)


NAMES = """() => {
  const focused = document.activeElement;
  const names = [focused.innerText, focused.getAttribute("aria-label")];
  return [...names, ...[...(focused.labels ?? [])].map((label) => label.innerText)].filter(Boolean);
}"""


def tab_to(page: Page, name: str, most: int = 90) -> None:
    """Walk on with the tabulator until what has this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if any(label.startswith(name) for label in page.evaluate(NAMES)):
            return
    pytest.fail(f"“{name}” cannot be reached by the keyboard")


def reasoning(page: Page) -> str:
    return page.get_by_label("Reasoning").input_value()


def is_saved(answer: Response) -> bool:
    """Whether the server has taken a draft."""
    return answer.url.endswith("/draft/") and answer.ok


def wait_until_saved(page: Page) -> None:
    """Until what was typed is on the server, and the page says when."""
    with page.expect_response(is_saved):
        pass
    expect(page.locator("[data-saved]")).to_contain_text("saved ")


def test_a_verdict_is_written_and_approved_by_keyboard_alone(person: Person) -> None:
    ben, lea = person("ben"), person("lea")
    address = open_claim(ben, "bridge of Tolva")

    tab_to(ben, "True")
    for _ in range(3):
        ben.keyboard.press("ArrowRight")
    expect(ben.get_by_label("Unproven")).to_be_checked()
    tab_to(ben, "In one sentence")
    ben.keyboard.type("No record of a repair was found.")
    tab_to(ben, "Reasoning")
    ben.keyboard.type("The register lists **none**.")
    wait_until_saved(ben)
    expect(ben.locator("[data-missing]")).to_have_text("at least one piece of evidence")
    ben.keyboard.press("Escape")
    tab_to(ben, "Add evidence")
    ben.keyboard.press("Enter")
    tab_to(ben, "What it is")
    ben.keyboard.type("Register of works")
    tab_to(ben, "Attach")
    ben.keyboard.press("Enter")
    expect(ben.locator(".evidence")).to_contain_text("Register of works")
    expect(ben.locator(".missing")).to_be_hidden()
    tab_to(ben, "Submit for approval")
    ben.keyboard.press("Enter")
    expect(ben.locator(".verdict")).to_contain_text("Somebody else has to approve it")

    lea.goto(address)
    press(lea, "v", "Approve or send back")
    lea.wait_for_url("**/verdicts/**")
    tab_to(lea, "Note, if you send it back")
    lea.keyboard.type("Which register?")
    tab_to(lea, "Send back")
    lea.keyboard.press("Enter")
    expect(lea.get_by_text("Sent back with your note")).to_be_visible()

    ben.goto(address)
    expect(ben.get_by_text("Sent back: Which register?")).to_be_visible()
    ben.get_by_label("In one sentence", exact=True).focus()
    ben.keyboard.press("Control+A")
    ben.keyboard.type("No record of a repair was found in the register of works.")
    tab_to(ben, "Submit for approval")
    ben.keyboard.press("Enter")
    expect(ben.locator(".verdict")).to_contain_text("Somebody else has to approve it")

    lea.goto(address)
    press(lea, "v", "Approve or send back")
    lea.wait_for_url("**/verdicts/**")
    expect(lea.locator("ins").first).to_contain_text("in the register of works.")
    tab_to(lea, "Approve")
    lea.keyboard.press("Enter")
    expect(lea.locator(".chip").first).to_have_text("Approved")


def test_a_stale_save_is_merged_and_nothing_is_lost(person: Person) -> None:
    ben, lea = person("ben"), person("lea")
    address = open_claim(ben, "weir of Tolva")
    ben.get_by_label("Reasoning").fill("One.\n\nTwo.\n\nThree.")
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_text("Saved.", exact=True)).to_be_visible()
    lea.goto(address)

    ben.get_by_label("Reasoning").fill("One, says Ben.\n\nTwo.\n\nThree.")
    wait_until_saved(ben)
    lea.get_by_label("Reasoning").fill("One.\n\nTwo.\n\nThree, says Lea.")
    expect(lea.get_by_text("Somebody else saved meanwhile.")).to_be_visible()
    expect(lea.get_by_text("Ben is editing")).to_be_visible()
    lea.get_by_role("button", name="Save", exact=True).click()

    expect(lea.get_by_role("heading", level=1)).to_have_text("Ben Okoro saved while you wrote")
    assert lea.get_by_label("Merged").last.input_value() == "One, says Ben.\n\nTwo.\n\nThree, says Lea."
    assert AXE.run(lea).violations_count == 0
    lea.get_by_role("button", name="Save the merged text").click()
    expect(lea.get_by_text("Saved.", exact=True)).to_be_visible()
    assert reasoning(lea) == "One, says Ben.\n\nTwo.\n\nThree, says Lea."
    expect(lea.locator("[data-restore]").first).to_be_hidden()


def crash(context: BrowserContext, page: Page, address: str) -> Page:
    """The line is cut, then the page dies; somebody opens the claim again."""
    context.set_offline(True)
    page.get_by_label("Reasoning").fill("Words that no server has seen.")
    expect(page.get_by_text("Not saved: the server does not answer")).to_be_visible()
    with contextlib.suppress(Error):  # the page is killed before it can answer, or send anything as it goes
        page.goto("chrome://crash", timeout=2000)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    return again


def test_a_crash_in_the_middle_of_writing_is_restored(person: Person) -> None:
    ben = person("ben")
    address = open_claim(ben, "tower of Tolva")

    again = crash(ben.context, ben, address)

    assert reasoning(again) == ""
    offer = again.locator("#verdict-form [data-restore]")
    expect(offer).to_contain_text("Words of yours were not saved")
    with again.expect_response(is_saved):  # it may come at once
        offer.get_by_role("button", name="Restore").press("Enter")
    assert reasoning(again) == "Words that no server has seen."
    again.reload()
    assert reasoning(again) == "Words that no server has seen."
    expect(again.locator("#verdict-form [data-restore]")).to_be_hidden()


def test_a_session_that_ends_while_one_writes_eats_no_words(newsroom: Newsroom, person: Person) -> None:
    ben = person("ben")
    address = open_claim(ben, "fountain of Tolva")
    ben.context.clear_cookies(name="factcheck-session")

    ben.get_by_label("Reasoning").fill("Written after the session ended.")
    expect(ben.get_by_text("Not saved: you are signed out")).to_be_visible()
    ben.get_by_role("button", name="Save", exact=True).click()
    ben.get_by_label("Name").fill("ben")
    ben.get_by_label("Password").fill(newsroom.passwords["ben"])
    ben.get_by_role("button", name="Sign in").click()

    expect(ben.locator("blockquote", has_text="Written after the session ended.")).to_be_visible()
    ben.get_by_role("button", name="Send it again").click()

    ben.wait_for_url(address)
    assert reasoning(ben) == "Written after the session ended."


def test_a_colleague_is_mentioned_about_some_words_and_jumps_to_them(person: Person) -> None:
    ben, lea = person("ben"), person("lea")
    address = open_claim(ben, "harbor of Tolva")

    ben.get_by_label("Your comment").fill("@lea, by whom?")
    ben.get_by_text("About some words").click()
    ben.get_by_label("Statement", exact=True).select_option(index=1)
    ben.get_by_label("Its words").fill("was repaired")
    ben.get_by_role("button", name="Comment", exact=True).click()

    lea.goto(address)
    expect(lea.get_by_text("@lea, by whom?")).to_be_visible()
    lea.get_by_role("link", name="“was repaired”").click()
    expect(lea.locator(".st:target, .st.on").first).to_be_visible()


def test_a_verdict_is_written_and_approved_without_scripts(person: Person) -> None:
    address = open_claim(person("ben"), "chapel of Tolva")
    ben, lea = person("ben", java_script_enabled=False), person("lea", java_script_enabled=False)
    ben.goto(address)

    ben.get_by_text("Unproven", exact=True).first.click()
    ben.get_by_label("In one sentence", exact=True).fill("No record was found.")
    ben.get_by_label("Reasoning").fill("The register lists **none**.")
    ben.get_by_text("Add evidence").click()
    ben.get_by_label("What it is").fill("Register of works")
    ben.get_by_role("button", name="Submit for approval").click()
    expect(ben.get_by_text("Somebody else has to approve it")).to_be_visible()
    ben.get_by_label("Your comment").fill("Done, @lea.")
    ben.get_by_role("button", name="Comment", exact=True).click()
    expect(ben.get_by_text("Done, @lea.")).to_be_visible()

    lea.goto(address)
    lea.get_by_role("link", name="Approve or send back").click()
    lea.get_by_role("button", name="Approve").click()
    expect(lea.locator(".chip").first).to_have_text("Approved")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_a_claim_breaks_a_rule_of_accessibility(person: Person, width: int) -> None:
    lea = person("lea", viewport={"width": width, "height": 900})
    lea.goto("/admin/claims/claim/")
    claims = [str(row.get_attribute("href")) for row in lea.locator("#result_list tbody th a").all()[:3]]
    claim = claims[0] if claims else open_claim(lea, f"hall of {width}")
    lea.goto(claim)
    links = lea.locator(".judge a[href*='/verdicts/'], .judge a[href*='/guidelines/']").all()

    for address in [*claims, f"{claim}dossier/", *(str(link.get_attribute("href")) for link in links[:2])]:
        lea.goto(address)
        lea.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
        check(lea, width)
