"""What the rules find: each rule's own strength, 0 where it finds nothing."""

from __future__ import annotations

from dataclasses import replace

from ...annotations import ConflictKind
from ..findings import Finding
from ..rules import RULES
from ..sides import Pair

# The article's own figures and outlooks are mostly other figures and outlooks than a speaker's.
_AGAINST_NARRATION = frozenset({ConflictKind.BROKEN_PLEDGE, ConflictKind.CONTRADICTION, ConflictKind.DENIAL})
_NARRATION_WEIGHT = 0.88
# From here on three of four findings of the rules hold.
SURE = 0.5


def find_by_rule(pair: Pair) -> list[Finding]:
    """What the rules find in a pair, the strongest first; nothing where one mouth goes on."""
    if pair.told_twice or pair.goes_on or pair.one_wording:
        return []
    found = [finding for rule in RULES if (finding := rule(pair)) is not None]
    if pair.narrated:
        found = [replace(one, score=one.score * _NARRATION_WEIGHT) for one in found if one.kind in _AGAINST_NARRATION]
    return sorted(found, key=lambda finding: -finding.score)


def read_findings(found: list[Finding]) -> dict[str, float]:
    """The signs of what the rules found: the strongest of each kind, and of all."""
    signs = {f"rule_{finding.kind}": finding.score for finding in reversed(found)}
    return signs | ({"rule": found[0].score, "found": float(found[0].score >= SURE)} if found else {})
