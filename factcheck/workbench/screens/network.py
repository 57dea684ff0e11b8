"""Who contradicts a speaker, as a small picture: the speaker in the middle, a line to each of the others."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.corpus.models import ConflictPair, PairStatus, Speaker

WIDTH, HEIGHT = 420, 320
MOST = 10  # speakers around; the table has all
RADIUS_X, RADIUS_Y = 138, 116
LONGEST = 22


@dataclass(frozen=True, slots=True)
class Node:
    """Another speaker: where their dot and their name stand, and how many pairs lead there."""

    speaker: Speaker
    name: str
    x: str
    y: str
    label_x: str
    label_y: str
    count: int
    confirmed: int

    @property
    def weight(self) -> str:
        """How thick the line is."""
        return f"{min(1 + self.count, 6)}"


@dataclass(frozen=True, slots=True)
class Network:
    """The picture, and the pairs behind it."""

    nodes: Sequence[Node]
    pairs: Sequence[ConflictPair]
    others: int
    width: int = WIDTH
    height: int = HEIGHT
    middle: tuple[int, int] = (WIDTH // 2, HEIGHT // 2)


def network_of(speaker: Speaker, pairs: Sequence[ConflictPair]) -> Network:
    """Draw those who conflict with a speaker, the most often first, clockwise from the top."""
    others = {pair.pk: pair.b.speaker if pair.a.speaker_id == speaker.pk else pair.a.speaker for pair in pairs}
    counts = Counter(other.pk for other in others.values())
    confirmed = Counter(others[pair.pk].pk for pair in pairs if pair.status == PairStatus.CONFIRMED)
    by_id = {other.pk: other for other in others.values()}
    frequent = [by_id[pk] for pk, _ in counts.most_common(MOST)]
    nodes = [
        _node(other, number / len(frequent), counts[other.pk], confirmed[other.pk])
        for number, other in enumerate(frequent)
    ]
    return Network(nodes, pairs, len(by_id))


def _node(speaker: Speaker, share: float, count: int, confirmed: int) -> Node:
    across, up = math.sin(2 * math.pi * share), -math.cos(2 * math.pi * share)
    x, y = WIDTH / 2 + RADIUS_X * across, HEIGHT / 2 + RADIUS_Y * up
    name = speaker.name if len(speaker.name) <= LONGEST else speaker.name[: LONGEST - 1].rstrip() + "…"
    return Node(
        speaker,
        name,
        *(f"{x:.1f}", f"{y:.1f}", f"{x:.1f}", f"{y + (22 if up >= 0 else -14):.1f}"),
        count,
        confirmed,
    )
