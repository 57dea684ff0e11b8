"""Articles that a journey adds for itself: one newsroom serves all in any order, so none counts on what it finds."""

from playwright.sync_api import Page, expect

QUARREL = """News of the {thing}

ORLA (Orla Post) — The {thing} was in the news on Monday.

The mayor, Ilse Varga, said the {thing} was repaired in March.

Builder Tomas Reyle denied that the {thing} was repaired in March.
"""


def add_quarrel(page: Page, thing: str) -> None:
    """Paste an article in which two people disagree about one thing; the page stays in its reader, analyzed."""
    page.goto("/articles/add/")
    page.get_by_label("Text", exact=True).fill(QUARREL.format(thing=thing))
    page.get_by_role("combobox", name="Outlet").fill("Orla Post")
    page.get_by_label("This outlet is new: add it").check()
    page.get_by_role("button", name="Add and analyze").click()
    expect(page.locator(".note .chip.clash").first).to_be_visible(timeout=60_000)
    page.wait_for_load_state()
