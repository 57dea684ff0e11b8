"""Take the pictures of the README and of every page, from a running demo newsroom: `make screenshots`."""

import itertools
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.running import CHROMIUM_FLAGS, Newsroom, running_newsroom  # noqa: E402 -- the path comes first

README = {"conflict": ("wide", "light"), "claim": ("wide", "light"), "inbox": ("middle", "dark")}
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
    """The pages of a reviewer by name."""
    claim = make_verdict(page)
    queue = "/admin/corpus/conflictpair/?status__exact=suggested"
    article, conflict = first_of(page, "/admin/corpus/article/"), first_of(page, queue)
    page.goto(article)
    statement = page.locator(".note .mend").first.get_attribute("href") or "/"
    speaker = page.locator(".note .by").nth(4).get_attribute("href") or "/"
    page.goto("/reviews/")
    review = page.locator(".verdicts .row-link").first.get_attribute("href") or "/"
    return {
        "inbox": "/", "article": article, "conflict": conflict, "claim": claim, "conflicts": queue,
        "statement": statement, "speaker": speaker, "open-claim": conflict + "claim/", "add": "/articles/add/",
        "articles": "/admin/corpus/article/", "claims": "/admin/claims/claim/", "speakers": "/admin/corpus/speaker/",
        "revisions": article + "revisions/", "dossier": claim + "dossier/", "earlier": claim + "earlier/",
        "hidden": "/conflicts/hidden/", "feeds": "/feeds/", "jobs": "/jobs/", "exports": "/exports/", "work": "/work/",
        "agreement": "/agreement/", "notices": "/notices/", "search": "/search/?q=ceasefire", "account": "/account/",
        "published": "/reviews/", "review": review, "absent": "/claims/00000000-0000-0000-0000-000000000000/",
    }  # fmt: skip


LEADS = {
    "imports": "/imports/", "webhooks": "/webhooks/", "calibrations": "/calibrations/", "lead-inbox": "/",
    "lead-feeds": "/feeds/", "adjudications": "/adjudication/", "tokens": "/access-keys/",
}  # fmt: skip
ADMINS = {"people": "/people/", "shadow-runs": "/shadow-runs/", "admin-jobs": "/jobs/"}
ANYBODY = {"sign-in": "/sign-in/"}


def first_of(page: Page, queue: str) -> str:
    """The address of the first thing of a queue."""
    page.goto(queue)
    return (page.locator("#result_list tbody th a").first.get_attribute("href") or "/").partition("?")[0]


def take(page: Page, pages: dict[str, str], folder: Path, look: tuple[str, str]) -> None:
    """A picture of each page in this width and theme; the README's three into docs/ as well."""
    for name, address in pages.items():
        page.goto(address)
        page.screenshot(path=folder / f"{name}-{'-'.join(look)}.png", full_page=True)
        if README.get(name) == look:
            page.screenshot(path=ROOT / "docs" / f"{name}.png")


def main(folder: Path) -> None:
    """Every page in both themes and three widths, each as somebody sees it whose page it is."""
    with (
        tempfile.TemporaryDirectory() as data,
        running_newsroom(Path(data)) as newsroom,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(CHROMIUM_FLAGS))
        seen: dict[str, dict[str, str]] = {"": ANYBODY, "ben": {}, "lea": LEADS, "amir": ADMINS}
        for scheme, width in itertools.product(SCHEMES, WIDTHS):
            for person, pages in seen.items():
                size = {"width": WIDTHS[width], "height": 900}
                context = browser.new_context(base_url=newsroom.base, color_scheme=scheme, viewport=size)  # type: ignore[arg-type]  # a size
                page = context.new_page()
                if person:
                    sign_in(page, newsroom, person)
                pages.update({} if pages else addresses(page))
                newsroom.forget_acts()  # so that no page offers to take back how it was prepared
                take(page, pages, folder, (width, scheme))
                context.close()
        browser.close()
    print(f"{sum(map(len, seen.values())) * len(SCHEMES) * len(WIDTHS)} pictures in {folder}")


if __name__ == "__main__":
    target = ROOT / "var" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    main(target)
