"""What happens to a served installation, in an order drawn from the seed; and what must be true afterwards."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from factcheck import engine
from tests.faults.served import Served, Watch
from tests.faults.visitors import Deciding

RESUME_WITHIN = 30.0
AFTERWARDS = 5.0  # seconds after a restart in which a page may still say so

STORED = """
import json
from factcheck.corpus.models import Anchor, ConflictPair, Detection
anchors = Anchor.objects.values_list("revision__text", "start", "end")
inside = ConflictPair.objects.filter(a__article=__import__("django").db.models.F("b__article"))
decided = {str(pk): decision for pk, decision in ConflictPair.objects.values_list("pk", "decision")}
print(json.dumps({"statements": sorted(map(list, anchors)), "detections": Detection.objects.count(),
    "pairs_inside": inside.count(), "decided": decided}))
"""
TOOK = "SELECT extract(epoch FROM ended_at - created_at) FROM ledger_job WHERE state = 'done'"


@dataclass
class Mishaps:
    """Named faults, each so many times; afterwards it knows when each began and ended."""

    ways: Mapping[str, Callable[[], object]]
    counts: Mapping[str, int]
    pick: Random
    happened: list[tuple[str, float, float]] = field(default_factory=list)

    def run(self, between: tuple[float, float]) -> None:
        """Let them happen, shuffled."""
        order = [name for name, count in self.counts.items() for _ in range(count)]
        self.pick.shuffle(order)
        for name in order:
            time.sleep(self.pick.uniform(*between))
            started = time.monotonic()
            self.ways[name]()
            self.happened.append((name, started, time.monotonic()))

    def times(self, name: str) -> list[tuple[float, float]]:
        """From when to when answers may suffer from it."""
        return [(start, end + AFTERWARDS) for what, start, end in self.happened if what == name]

    def slow_to_resume(self, watch: Watch, *names: str) -> tuple[list[str], float]:
        """The faults after which no job was done within the promised time; and the longest stand-still."""
        waits = [(name, watch.resumed_after(end)) for name, _, end in self.happened if name in names]
        known = [(name, wait) for name, wait in waits if wait is not None]
        slow = [f"after {name} work stood still for {wait:.0f} s" for name, wait in known if wait > RESUME_WITHIN]
        return slow, max((wait for _, wait in known), default=0.0)


def expected(texts: Sequence[str]) -> tuple[list[list[object]], int]:
    """What the engine says of these texts when nobody disturbs it."""
    statements, pairs = [], 0
    for number, text in enumerate(texts):
        found = engine.extract(engine.Article(str(number), text.strip("\n"), "Orla Post", None)).statements
        statements += [[text.strip("\n"), row.content.start, row.content.end] for row in found]
        pairs += len(engine.pair(found))
    return sorted(statements), pairs


def differences(installation: Served, texts: Sequence[str], ben: Deciding | None = None) -> list[str]:
    """What was lost, doubled or half-written, against an undisturbed reading; and what the checks complain of."""
    stored = dict(installation.ask(STORED))  # type: ignore[call-overload]  # JSON
    statements, pairs = expected(texts)
    wanted, there = [tuple(map(str, row)) for row in statements], [tuple(map(str, row)) for row in stored["statements"]]
    found = [f"lost {row[1:]}" for row in set(wanted) - set(there)]
    found += [f"doubled or invented: {len(there)} for {len(wanted)}"] if len(there) > len(wanted) else []
    found += [f"{stored['detections']} detections for {len(wanted)}"] if stored["detections"] != len(wanted) else []
    found += [f"{stored['pairs_inside']} pairs for {pairs}"] if stored["pairs_inside"] != pairs else []
    for pair, decision in (ben.acknowledged if ben else {}).items():
        if stored["decided"].get(pair) != decision:
            found.append(f"the decision on {pair} was acknowledged and is lost")
    return found + installation.violations()


def seconds_each(installation: Served) -> list[float]:
    """How long each job took from its asking to its end."""
    with installation.connect() as database:
        return [float(row[0]) for row in database.execute(TOOK).fetchall()]
