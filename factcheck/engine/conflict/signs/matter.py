"""What two statements share: telling terms, names, figures, days, and the words around them."""

from __future__ import annotations

import math

from ..rarity import weigh_term, weigh_terms
from ..sides import Pair

_MANY = 4


def read_matter(pair: Pair) -> dict[str, float]:
    """Signs of a shared matter, each 0 to 1."""
    a, b = pair.a, pair.b
    return {
        "overlap": pair.overlap,
        "overlap_first": pair.share(pair.shared, a.terms),
        "overlap_second": pair.share(pair.shared, b.terms),
        "likeness": _likeness(pair),
        "shared": min(len(pair.shared), _MANY) / _MANY,
        "rarest": max(map(weigh_term, pair.shared), default=0.0),
        "shared_verbs": _some(a.verbs & b.verbs),
        "shared_deed": _some(a.predicate & b.predicate),
        "shared_subject": _some(a.subject & b.subject),
        "shared_names": _some(a.names & b.names),
        "other_names": float(bool(a.names and b.names) and not a.names & b.names),
        "shared_scene": _scene(pair),
        "cue_takes_up": _some((a.cue_terms & b.terms) | (b.cue_terms & a.terms)),
    }


def _some(found: frozenset[str]) -> float:
    return min(len(found), 2) / 2


def _likeness(pair: Pair) -> float:
    """The cosine of the two sets of weighted terms."""
    wholes = math.sqrt(weigh_terms(pair.a.terms) * weigh_terms(pair.b.terms))
    return weigh_terms(pair.shared) / wholes if wholes else 0.0


def _scene(pair: Pair) -> float:
    """Terms that stand around one side and in or around the other."""
    a, b = pair.a, pair.b
    around = (a.scene & (b.scene | b.terms)) | (b.scene & a.terms)
    return min(len(around - pair.shared), _MANY) / _MANY
