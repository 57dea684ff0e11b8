"""What happens to an installation, spread over its work in an order drawn from the seed; and what must hold after."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from factcheck import engine
from factcheck.corpus.services.scoring import KEPT
from tests.faults.installation import Installation, wait_until
from tests.faults.squads import Watch
from tests.faults.visitors import Deciding

RESUME_WITHIN = 30.0
DRAIN_WITHIN = 60.0
AFTERWARDS = 5.0  # seconds after a restart in which a page may still say so
BETWEEN = (0.3, 1.5)  # seconds from one fault to the next, at least
STANDSTILL = 300.0  # seconds after which the work will not come to the next fault any more

STORED = """
import json
from django.db.models import Count, F
from factcheck.corpus.models import Anchor, ConflictPair, Detection
from factcheck.ledger.models import AuditEntry
anchors = Anchor.objects.values_list("revision__text", "start", "end")
inside = ConflictPair.objects.filter(a__article=F("b__article"))
decided = {str(pk): decision for pk, decision in ConflictPair.objects.values_list("pk", "decision")}
once = AuditEntry.objects.filter(verb__in=("analyze_article", "pair_article"))
twice = once.values_list("verb", "subject_id").annotate(times=Count("sequence")).filter(times__gt=1)
print(json.dumps({"statements": sorted(map(list, anchors)), "detections": Detection.objects.count(),
    "pairs_inside": inside.count(), "decided": decided, "twice": [f"{verb} {pk}" for verb, pk, _ in twice]}))
"""


@dataclass
class Mishaps:
    """Named faults, each so many times; afterwards it knows when each began and ended."""

    ways: Mapping[str, Callable[[], object]]
    counts: Mapping[str, int]
    pick: Random
    happened: list[tuple[str, float, float]] = field(default_factory=list)

    def run(self, progress: Callable[[], float], *, last: str, midway: str = "") -> None:
        """Let them happen, spread over the work, of which `progress` gives the share that is done.

        One kind is kept for the middle, and the last fault comes when the share is 1.
        """
        order = self._order(last, midway)
        points = [(number + self.pick.random()) / len(order) for number in range(len(order) - 1)]
        for name, point in zip(order, [*points, 1.0], strict=True):
            assert wait_until(lambda at=point: progress() >= at, STANDSTILL, 0.1), f"no progress to {point:.2f}"
            time.sleep(self.pick.uniform(*BETWEEN))
            started = time.monotonic()
            self.ways[name]()
            self.happened.append((name, started, time.monotonic()))

    def _order(self, last: str, midway: str) -> list[str]:
        shuffled = [name for name, count in self.counts.items() if name != midway for _ in range(count)]
        shuffled.remove(last)
        self.pick.shuffle(shuffled)
        half = len(shuffled) // 2
        return [*shuffled[:half], *[midway] * self.counts.get(midway, 0), *shuffled[half:], last]

    @property
    def ended(self) -> float:
        """When the last of them was over."""
        return self.happened[-1][2]

    def times(self, name: str) -> list[tuple[float, float]]:
        """From when to when answers may suffer from it."""
        return [(start, end + AFTERWARDS) for what, start, end in self.happened if what == name]

    def longest_wait(self, watch: Watch) -> float:
        """The longest time from any of them to the next job done, in seconds."""
        waits = [watch.resumed_after(end) for _, _, end in self.happened]
        return max((wait for wait in waits if wait is not None), default=0.0)

    def slow(self, watch: Watch) -> list[str]:
        """The faults after which work stood still for too long."""
        waits = [(name, watch.resumed_after(end)) for name, _, end in self.happened]
        return [f"after {name} work stood still for {w:.0f} s" for name, w in waits if w and w > RESUME_WITHIN]


def backlog(mishaps: Mishaps, watch: Watch) -> tuple[list[str], float]:
    """Wait until all is done; what is wrong with that, and how many seconds after the last fault it was."""
    drained = watch.drains(patience=DRAIN_WITHIN)
    took = time.monotonic() - mishaps.ended
    if not drained:
        return [f"not drained: {watch.installation.states()}"], took
    return [f"drained only after {took:.0f} s"] if took > DRAIN_WITHIN else [], took


def expected(texts: Sequence[str]) -> tuple[list[list[object]], int]:
    """What the engine says of these texts when nobody disturbs it."""
    statements, pairs = [], 0
    for number, text in enumerate(texts):
        found = engine.extract(
            engine.Article(str(number), text.strip("\n"), "Orla Post", None), models=engine.Models(None)
        ).statements
        statements += [[text.strip("\n"), row.content.start, row.content.end] for row in found]
        pairs += len(engine.pair(found, min_score=KEPT))
    return sorted(statements), pairs


def differences(installation: Installation, texts: Sequence[str], ben: Deciding | None = None) -> list[str]:
    """What was lost, doubled or half-written, against an undisturbed reading; and what the checks complain of."""
    stored = dict(installation.ask(STORED))  # type: ignore[call-overload]  # JSON
    statements, pairs = expected(texts)
    wanted, there = [tuple(map(str, row)) for row in statements], [tuple(map(str, row)) for row in stored["statements"]]
    found = [f"lost {row[1:]}" for row in set(wanted) - set(there)]
    found += [f"doubled or invented: {len(there)} for {len(wanted)}"] if len(there) > len(wanted) else []
    found += [f"{stored['detections']} detections for {len(wanted)}"] if stored["detections"] != len(wanted) else []
    found += [f"{stored['pairs_inside']} pairs for {pairs}"] if stored["pairs_inside"] != pairs else []
    found += [f"done twice: {what}" for what in stored["twice"]]
    for pair, decision in (ben.acknowledged if ben else {}).items():
        if stored["decided"].get(pair) != decision:
            found.append(f"the decision on {pair} was acknowledged and is lost")
    return found + installation.violations()
