"""What a browser asks a server for to open the list of what waits and one thing of it: ours beside Label Studio's.

`python tests/with_chromium.py python -m benchmarks.opening --factcheck F --label-studio L --folder P`, where P is what
`benchmarks.run --folder P --only prepare` has filled. Times are the browser's own: from each request until its answer
begins, summed over all requests for data; styles, scripts and pictures are left out.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Mapping

from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.contestants import MAIL, NAME, PASSWORD, Contestant
from benchmarks.label_studio import LabelStudio
from benchmarks.run import read_command, standing
from tests.journeys.running import CHROMIUM_FLAGS

ROUNDS, QUIET = 8, 1_500  # times that each is opened; milliseconds after which nothing more is asked for
FOR_DATA = ("document", "xhr", "fetch")
QUEUE = "/admin/corpus/conflictpair/?status__exact=suggested"
Addresses = Mapping[str, str]


def main() -> int:
    """Open list and page of each, and print a line each; the exit status is 1 where the list is not 5 times less."""
    _, bout = read_command(sys.argv[1:])
    took: dict[str, float] = {}
    with standing(bout, durable=True) as make, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(CHROMIUM_FLAGS))
        for name, enter in (("label-studio", enter_theirs), ("factcheck", enter_ours)):
            contestant = make(name)
            contestant.place.postgres.copy(f"{name}-kept", name)
            try:
                contestant.start()
                contestant.learn()
                page = browser.new_page(base_url=f"http://127.0.0.1:{contestant.place.port}")
                for what, address in enter(page, contestant).items():
                    took[f"{name} {what}"] = opened(page, f"{name} {what}", address)
            finally:
                contestant.processes.stop()
        browser.close()
    ratio = took["label-studio list"] / took["factcheck list"]
    print(f"list, Label Studio : Factcheck (≥ 5) {ratio:.1f}")
    return 0 if ratio >= 5 else 1  # noqa: PLR2004 -- as the line before says


def enter_theirs(page: Page, contestant: Contestant) -> Addresses:
    """Sign in at Label Studio; its list of tasks and a task."""
    assert isinstance(contestant, LabelStudio)
    page.goto("/user/login/")
    page.locator("input[name=email]").fill(MAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    data = f"/projects/{contestant.project}/data"
    return {"list": data, "page": f"{data}?task={contestant.tasks[0]}"}


def enter_ours(page: Page, _: Contestant) -> Addresses:
    """Sign in at Factcheck; its queue of conflicts and a conflict."""
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(QUEUE)
    conflict = page.locator("#result_list tbody th a").first.get_attribute("href")
    return {"list": QUEUE, "page": conflict or ""}


def opened(page: Page, name: str, address: str) -> float:
    """Open it some times; print and give the median of the milliseconds that its server took."""
    times, counts = [], []
    for _ in range(ROUNDS):
        asked = asked_for(page, lambda: page.goto(address, wait_until="networkidle"))
        times.append(sum(max(0.0, one.timing["responseStart"] - one.timing["requestStart"]) for one in asked))
        counts.append(len(asked))
    middle = statistics.median(times)
    range_of = f"from {min(times):.0f} to {max(times):.0f}"
    print(f"{name:20} {middle:6.0f} ms in {statistics.median(counts):.0f} requests, {range_of}", flush=True)
    return middle


def asked_for(page: Page, act: Callable[[], object]) -> list[Request]:
    """The requests for data that an act makes a page send, all answered."""
    seen: list[Request] = []

    def keep(request: Request) -> None:
        if request.resource_type in FOR_DATA:
            seen.append(request)

    page.on("requestfinished", keep)
    act()
    page.wait_for_timeout(QUIET)
    page.remove_listener("requestfinished", keep)
    return seen


if __name__ == "__main__":
    sys.exit(main())
