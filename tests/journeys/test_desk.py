"""The desk by keyboard: ten conflicts decided and the last undone, refusals in words, a bulk act taken back."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PLACES: tuple[str, ...] = ("market hall", "harbor bridge", "town library", "north school", "old theater", "water tower")
PLACES += ("fire station", "city museum", "bus depot", "court house", "swimming pool", "post office")


def quarrels(town: str) -> str:
    """An article in which two people disagree about a dozen buildings."""
    lines = [
        f"The mayor, Ilse Varga, said the roof of the {place} of {town} was repaired in March.\n\n"
        f"Builder Tomas Reyle denied that the roof of the {place} of {town} was repaired in March."
        for place in PLACES
    ]
    return f"A quarrel over the roofs of {town}\n\n" + "\n\n".join(lines) + "\n"


def add_quarrels(page: Page, town: str) -> None:
    """Paste the article, and wait until it is analyzed."""
    page.goto("/articles/add/")
    page.get_by_label("Text", exact=True).fill(quarrels(town))
    page.get_by_role("button", name="Add and analyze").click()
    expect(page.locator(".note .chip.clash").first).to_be_visible(timeout=90_000)


def waiting(page: Page) -> int:
    """How many conflicts wait, as the page says."""
    return int(page.locator("[data-waiting]").inner_text())


def test_ten_conflicts_are_decided_by_keys_alone_and_the_last_is_undone(person: Person) -> None:
    ben = person("ben")
    add_quarrels(ben, "Tolva")
    ben.keyboard.press("g")
    ben.keyboard.press("c")
    ben.wait_for_url("**/admin/corpus/conflictpair/**")
    ben.keyboard.press("d")
    ben.wait_for_url("**/conflicts/*-*/")
    before = waiting(ben)
    assert before > 10

    seen = [ben.url]
    for number in range(10):
        ben.keyboard.press("1" if number % 2 else "2")
        expect(ben.locator(".toast.undo")).to_contain_text("Conflict" if number % 2 else "Compatible")
        ben.wait_for_load_state("networkidle")
        seen.append(ben.url)
    left = waiting(ben)
    ben.keyboard.press("z")

    ben.wait_for_url(seen[-2])
    expect(ben.locator(".decide")).to_be_visible()
    assert len(set(seen)) == 11
    assert left <= before - 10  # a dismissal covers copies of the same words
    assert waiting(ben) == left + 1


def test_a_pair_that_somebody_else_just_decided_comes_back_with_their_name(person: Person) -> None:
    ben, lea = person("ben"), person("lea")
    add_quarrels(ben, "Orla")
    for page in (ben, lea):
        page.goto("/conflicts/next/")
    address = ben.url
    assert lea.url == address
    lea.keyboard.press("1")
    expect(lea.locator(".toast.undo")).to_contain_text("Conflict")

    ben.keyboard.press("2")

    expect(ben.get_by_role("alert")).to_contain_text("has decided this pair already: Conflict")
    assert ben.url == address
    expect(ben.locator(".decide")).to_have_count(0)


def test_a_session_that_has_ended_is_said_and_nothing_is_decided(person: Person) -> None:
    ben = person("ben")
    ben.goto("/conflicts/next/")
    address = ben.url
    ben.wait_for_load_state("networkidle")
    counted = ben.locator("[data-count=conflicts]").inner_text()
    forget_session(ben.context)

    ben.keyboard.press("2")

    expect(ben.get_by_role("alert")).to_contain_text("Your session has ended, so nothing was decided")
    expect(ben.locator("[data-count=conflicts]")).to_have_text(counted)
    expect(ben.get_by_role("alert").get_by_role("link")).to_have_attribute("href", f"/sign-in/?next={path(address)}")
    assert ben.url == address
    expect(ben.locator(".decide")).to_be_visible()


def test_a_server_that_does_not_answer_is_said_too(person: Person) -> None:
    ben = person("ben")
    ben.goto("/conflicts/next/")
    ben.wait_for_load_state("networkidle")
    ben.route("**/decide/", lambda route: route.abort())

    ben.keyboard.press("2")

    expect(ben.get_by_role("alert")).to_contain_text("The server did not answer, so nothing was decided")
    expect(ben.locator(".decide")).to_be_visible()


def test_ones_own_key_is_pressed_in_place_of_ours(person: Person) -> None:
    ada = person("ada")
    ada.goto("/account/")
    ada.get_by_text("Change keys", exact=True).first.click()
    ada.get_by_label("Jobs", exact=True).fill("g q")
    ada.get_by_role("button", name="Save the keys").click()
    expect(ada.get_by_role("status").filter(has_text="Your keys stand on the sheet").first).to_be_visible()

    ada.keyboard.press("g")
    ada.keyboard.press("j")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Ada Mensah")
    ada.keyboard.press("g")
    ada.keyboard.press("q")

    ada.wait_for_url("**/jobs/")


def test_a_bulk_act_is_counted_done_and_taken_back_by_keys(person: Person) -> None:
    lea = person("lea")
    lea.goto("/admin/corpus/conflictpair/?status__exact=suggested")
    before = lea.locator("#result_list tbody tr").count()
    for key in ("j", "x", "j", "x"):
        lea.keyboard.press(key)
    expect(lea.locator("#result_list input:checked")).to_have_count(2)
    lea.get_by_label("With those chosen").focus()
    lea.keyboard.type("Dismiss: comp")
    lea.get_by_role("button", name="Count first").focus()
    lea.keyboard.press("Enter")

    expect(lea.get_by_role("button", name="Do it")).to_be_focused()
    lea.keyboard.press("Enter")
    expect(lea.locator("#run .score")).to_contain_text("2 / 2", timeout=60_000)
    lea.keyboard.press("z")
    expect(lea.get_by_role("heading", level=1)).to_contain_text("Taking back")
    expect(lea.locator("#run .score")).to_contain_text("2 / 2", timeout=60_000)

    lea.goto("/admin/corpus/conflictpair/?status__exact=suggested")
    expect(lea.locator("#result_list tbody tr")).to_have_count(before)


def forget_session(context: BrowserContext) -> None:
    """What a session that has run out looks like to a browser."""
    context.clear_cookies(name="factcheck-session")


def path(address: str) -> str:
    """The address without its host, as it stands in another address."""
    return "%2F" + "%2F".join(part for part in address.split("/", 3)[3].split("/") if part) + "%2F"
