"""Whether one side affirms what the other negates: negation, opposites, all against some."""

from __future__ import annotations

from typing import Final

from ...lexicon import read_groups
from ...normalize import term
from ..opposites import opposites_of
from ..sides import Pair, Side

NEGATIONS: Final = frozenset(
    {"no", "nobody", "none", "nothing", "never", "nowhere", "neither", "cannot", "not", "without", "nor"}
)
_UTTER: Final = frozenset({"never", "nobody", "nothing", "none", "nowhere", "neither"})
_ALL: Final = frozenset({"all", "every", "each", "everyone", "everybody", "everything", "always", "entire", "whole"})
_STILL: Final = frozenset({"still", "yet", "already", "remain", "remains", "remained", "missing", "lack", "lacks"})
_DENYING: Final = frozenset(
    map(term, ("deny", "denied", "refute", "rebut", "repudiate", "disavow", "disclaim", "gainsay"))
)
_ONLY: Final = frozenset({"only", "just", "merely", "barely", "few", "hardly", "half", "part", "partly"})


def read_polarity_signs(pair: Pair) -> dict[str, float]:
    """Signs of yes against no, each 0 to 1."""
    a, b = pair.a, pair.b
    return {
        **_compare("one_negates", "both_negate", (is_against(a), is_against(b))),
        **_compare("one_says_no", "both_say_no", (_says_no(a), _says_no(b))),
        "leads_negated": float(a.reading.polarity.leading != b.reading.polarity.leading),
        "utter": float(_has(a, _UTTER) != _has(b, _UTTER)),
        "all_against_some": float((_has(a, _ALL) and _few(b)) or (_has(b, _ALL) and _few(a))),
        "all": float(_has(a, _ALL) or _has(b, _ALL)),
        "still": float(_has(b, _STILL)),
        "negated_share": negated_share(pair),
        "opposites": min(1.0, len(opposites_of(pair)) / 2),
        "exclude": float(_exclude(a, b) or _exclude(b, a)),
        "double_negation": float(a.reading.polarity.double or b.reading.polarity.double),
    }


def _compare(one: str, both: str, stands: tuple[bool, bool]) -> dict[str, float]:
    """Whether something stands on one side alone, and whether on both."""
    return {one: float(stands[0] != stands[1]), both: float(all(stands))}


def _says_no(side: Side) -> bool:
    """Whether a side says no, all told: who denies that it was so says no, who denies that it was not says yes."""
    return is_against(side) != (not _DENYING.isdisjoint(side.cue_terms))


def is_against(side: Side) -> bool:
    """Whether a side negates by a word of its content."""
    return _has(side, NEGATIONS) or any(word.endswith(("n't", "n’t")) for word in side.words)


def _few(side: Side) -> bool:
    return bool(side.reading.quantities) or _has(side, _ONLY | _STILL)


def _has(side: Side, words: frozenset[str]) -> bool:
    return not words.isdisjoint(side.words)


def negated_share(pair: Pair) -> float:
    """How much of what either side denies the other affirms, by weight."""
    return max(_negated_share(pair, pair.a, pair.b), _negated_share(pair, pair.b, pair.a))


def _negated_share(pair: Pair, negative: Side, other: Side) -> float:
    """How much of what one side denies the other affirms, by weight."""
    denied = negative.reading.polarity.denied
    clash = denied & other.reading.polarity.affirmed
    return pair.share(clash, denied) if denied else 0.0


def _exclude(one: Side, other: Side) -> bool:
    groups = read_groups("exclusives")
    names = {group[:-2] for group in groups if group.endswith("-a")}
    return any(_holds(one, groups[f"{name}-a"]) and _holds(other, groups[f"{name}-b"]) for name in sorted(names))


def _holds(side: Side, phrases: frozenset[str]) -> bool:
    return any(f" {phrase} " in side.lower for phrase in phrases)
