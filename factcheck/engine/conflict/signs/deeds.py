"""What the speakers do with their words: act against act, and what their cues tell."""

from __future__ import annotations

from typing import Final

from ...annotations import Act
from ...normalize import term
from ..sides import Pair, Side

_CUES: Final = {
    "denies": ("deny", "denied", "refute", "rebut", "repudiate", "disavow", "disclaim", "gainsay"),
    "disputes": ("dispute", "contradict", "contest", "challenge", "question", "doubt", "debunk", "discredit"),
    "rejects": ("reject", "dismiss", "refuse", "decline", "rule", "rebuff", "call", "describe", "wave", "laugh"),
    "answers": ("reply", "respond", "answer", "retort", "counter", "insist", "maintain", "snap", "reaffirm"),
    "concedes": ("admit", "concede", "acknowledge", "confess", "allow", "correct", "revise", "withdraw"),
    "finds": ("find", "show", "record", "log", "reveal", "establish", "conclude", "measure", "count", "note"),
}
_CUE_TERMS: Final = {name: frozenset(term(word) for word in words) for name, words in _CUES.items()}
_TURNS: Final = frozenset(
    {"but", "however", "yet", "though", "although", "whereas", "while", "instead", "nevertheless"}
)


def read_deeds(pair: Pair) -> dict[str, float]:
    """Signs of act against act, each 0 or 1: `denial_assertion` whichever comes first, `pledge_then_report`."""
    a, b = pair.a, pair.b
    acts = sorted((a.statement.act, b.statement.act), key=list(Act).index)
    ahead = {a.statement.act, b.statement.act} <= {Act.PREDICTION, Act.PLEDGE}
    return {
        f"{acts[0]}_{acts[1]}": 1.0,
        f"first_{a.statement.act}": 1.0,
        f"second_{b.statement.act}": 1.0,
        "both_look_ahead": float(ahead),
        "pledge_then_report": float(a.statement.act is Act.PLEDGE and b.statement.act in _REPORTS),
        "report_then_pledge": float(b.statement.act is Act.PLEDGE and a.statement.act in _REPORTS),
        **{name: float(_says(a, terms) or _says(b, terms)) for name, terms in _CUE_TERMS.items()},
        **{f"{name}_second": float(_says(b, terms)) for name, terms in _CUE_TERMS.items()},
        "turns": float(_turns(b)),
        "turns_beside": float(_turns(b) and pair.distance == 1),
    }


_REPORTS: Final = frozenset({Act.ASSERTION, Act.ACCUSATION, Act.DENIAL, Act.QUESTION})


def _says(side: Side, terms: frozenset[str]) -> bool:
    return not terms.isdisjoint(side.cue_terms)


def _turns(side: Side) -> bool:
    """Whether the passage turns against what stands before: "But the board said ..."."""
    return not _TURNS.isdisjoint(side.opening)
