"""The rules of accessibility on a page that is open, in light and in dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
# In the dark the same elements stand there in other colors.
OF_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
IN = {"light": {"resultTypes": ["violations"]}, "dark": {"resultTypes": ["violations"], **OF_COLORS}}


def check(page: Page, width: int) -> None:
    """No rule is broken, and nothing is wider than the window."""
    for scheme, rules in IN.items():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = AXE.run(page, options=rules)
        assert found.violations_count == 0, f"{page.url}, {scheme}: {found.generate_report()}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} pixels too wide at {width}"
