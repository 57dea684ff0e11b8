"""Take the pictures of the README and of every page, from a running demo newsroom: `make screenshots`."""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.running import CHROMIUM_FLAGS, Newsroom, running_newsroom  # noqa: E402 -- the path comes first

README = {"conflict": "conflict-wide-light", "claim": "claim-wide-light", "inbox": "inbox-middle-dark"}
SCHEMES, WIDTHS = ("light", "dark"), {"wide": 1440, "middle": 1024, "narrow": 390}


def sign_in(page: Page, newsroom: Newsroom, name: str) -> None:
    """Sign in as one of the demo people."""
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(newsroom.passwords[name])
    page.get_by_role("button", name="Sign in").click()


def make_verdict(page: Page) -> str:
    """Open a claim from the broken pledge, write a verdict on it, and give its address."""
    page.goto("/admin/corpus/conflictpair/?kind__exact=broken_pledge")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Open a claim from this").click()
    page.get_by_role("button", name="Open the claim").click()
    page.get_by_role("button", name="Take this claim").click()
    page.get_by_text("Unproven", exact=True).first.click()
    page.get_by_label("In one sentence", exact=True).fill("Officials reported two launches; nobody confirmed them.")
    page.get_by_label("Reasoning").fill("The launch site was **not** shown. See the briefing of 27 February.")
    page.get_by_text("Add evidence").click()
    page.get_by_label("What it is").fill("General staff briefing, 27 February")
    page.get_by_label("Address").fill("https://example.org/briefing")
    page.get_by_label("Excerpt").fill("two missiles from the Gomel region")
    with page.expect_navigation():
        page.get_by_role("button", name="Attach").click()
    return page.url


def addresses(page: Page) -> dict[str, str]:
    """Every page by name."""
    claim = make_verdict(page)
    page.goto("/admin/corpus/article/")
    article = page.locator("#result_list tbody th a").first.get_attribute("href") or "/"
    page.goto("/admin/corpus/conflictpair/?status__exact=suggested")
    conflict = (page.locator("#result_list tbody th a").first.get_attribute("href") or "/").partition("?")[0]
    queue = "/admin/corpus/conflictpair/?status__exact=suggested"
    pages = {"inbox": "/", "article": article, "conflict": conflict, "claim": claim, "conflicts": queue}
    page.goto(article)
    statement = page.locator(".note .mend").first.get_attribute("href") or "/"
    speaker = page.locator(".note .by").nth(4).get_attribute("href") or "/"
    pages |= {"statement": statement, "speaker": speaker}
    return pages | {
        "open-claim": conflict + "claim/",
        "add": "/articles/add/",
        "speakers": "/admin/corpus/speaker/",
        "work": "/work/",
        "agreement": "/agreement/",
        "notices": "/notices/",
        "search": "/search/?q=ceasefire",
        "account": "/account/",
        "published": "/reviews/",
    }


def main(folder: Path) -> None:
    """Every page in both themes and three widths; the README's three into docs/."""
    with (
        tempfile.TemporaryDirectory() as data,
        running_newsroom(Path(data)) as newsroom,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(CHROMIUM_FLAGS))
        pages: dict[str, str] = {}
        for scheme in SCHEMES:
            for width, pixels in WIDTHS.items():
                size = {"width": pixels, "height": 900}
                context = browser.new_context(base_url=newsroom.base, color_scheme=scheme, viewport=size)  # type: ignore[arg-type]  # a size
                page = context.new_page()
                sign_in(page, newsroom, "ben")
                pages = pages or addresses(page)
                for name, address in pages.items():
                    page.goto(address)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                context.close()
        browser.close()
    for name, taken in README.items():
        (ROOT / "docs" / f"{name}.png").write_bytes((folder / f"{taken}.png").read_bytes())
    print(f"{len(pages) * len(SCHEMES) * len(WIDTHS)} pictures in {folder}")


if __name__ == "__main__":
    target = ROOT / "var" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    main(target)
