"""The pages in other languages: French by the browser's wish, mirrored where the language runs from right to left."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Person
from tests.journeys.quarrels import add_quarrel

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def mirror(page: Page) -> None:
    """Serve pages as a language would that runs from right to left."""

    def answer(route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        came = route.fetch()
        route.fulfill(response=came, body=came.text().replace("<html ", '<html dir="rtl" ', 1))

    page.route("**/*", answer)


def article_of(page: Page) -> str:
    page.goto("/admin/corpus/article/")
    return str(page.locator("#result_list tbody th a").first.get_attribute("href"))


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_mirrored_pages_hold_together(person: Person, width: int) -> None:
    ben = person("ben", viewport={"width": width, "height": 900})
    article = article_of(ben)
    mirror(ben)

    for address in ("/", article, "/work/", "/account/", "/admin/corpus/conflictpair/", "/reviews/"):
        ben.goto(address)
        over = ben.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{address} is {over} pixels too wide at {width}"


def test_in_a_mirrored_reader_the_cards_stand_beside_the_text(person: Person) -> None:
    ben = person("ben", viewport={"width": 1440, "height": 900})
    add_quarrel(ben, "mirrored gallery")
    article = ben.url
    mirror(ben)
    ben.goto(article)

    expect(ben.locator(".reader.placed")).to_have_count(1)
    text, card, rail, reader = (
        ben.locator(place).first.bounding_box() for place in (".text > p", ".note", ".rail", ".reader")
    )
    assert text is not None
    assert card is not None
    assert rail is not None
    assert reader is not None
    assert card["x"] + card["width"] <= text["x"] <= rail["x"]
    thread = ben.locator(".threads path").first
    edge = float((thread.get_attribute("d") or "M0").split()[0].removeprefix("M"))
    assert edge == pytest.approx(
        card["x"] + card["width"] - reader["x"], abs=1
    )  # from the side of the cards that faces the text


def test_the_narrow_menu_is_one_row_and_opens_without_a_script(person: Person) -> None:
    ben = person("ben", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    rail = ben.get_by_role("navigation", name="Main").bounding_box()
    assert rail is not None
    assert rail["height"] < 64
    expect(ben.get_by_role("link", name="Speakers")).to_be_hidden()

    ben.get_by_role("button", name="Menu").click()
    ben.get_by_role("link", name="Speakers").click()

    expect(ben.get_by_role("heading", level=1)).to_have_text("Speakers")


def test_the_desk_speaks_french_from_the_sign_in_on(person: Person) -> None:
    ben = person("ben", locale="en-GB")
    ben.goto("/account/")
    ben.get_by_label("Language", exact=True).select_option("fr")
    ben.get_by_role("button", name="Save", exact=True).first.click()

    expect(ben.locator("html")).to_have_attribute("lang", "fr")
    expect(ben.locator(".toast")).to_have_text("Enregistré.")
    ben.goto("/admin/corpus/conflictpair/?status__exact=suggested")
    expect(ben.get_by_role("heading", level=1)).to_have_text("Conflits")
    ben.locator("#result_list tbody th a").first.click()
    expect(ben.get_by_role("button", name=re.compile("Autre moment ou périmètre"))).to_be_visible()
    ben.goto("/account/")
    ben.get_by_label("Langue", exact=True).select_option("")
    ben.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(ben.locator("html")).to_have_attribute("lang", "en")
