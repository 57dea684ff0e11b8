"""The sentence that explains a pair to an editor."""

from __future__ import annotations

import re
from typing import Final

from ..annotations import Act, SpeakerKind, Statement
from ..lexicon import read_rows
from .findings import Finding
from .sides import Pair, Side
from .signs.polarity import NEGATIONS

_LONGEST_CUE: Final = 40
_LONGEST: Final = 160


def explain(pair: Pair, finding: Finding) -> str:
    """One sentence: who says what on each side, in the article's words, and why both cannot hold."""
    first, second = _told(pair.a), _told(pair.b)
    return f"{first[0].upper()}{first[1:]}; {second}: {finding.reason}."


def _told(side: Side) -> str:
    return f"{_who(side.statement)} {_cue(side)} “{shorten(side.text)}”"


def _who(statement: Statement) -> str:
    if statement.speaker.kind is SpeakerKind.NARRATOR:
        return "the article"
    relay = f" (via {statement.reported_by.speaker.name})" if statement.reported_by else ""
    name = statement.speaker.name
    return f"{'the ' if name[0].islower() else ''}{name}{relay}"


def _cue(side: Side) -> str:
    """The cue as it stands where it is a verb; a plain verb for the act where it is a phrase, in part or missing."""
    statement = side.statement
    if statement.speaker.kind is SpeakerKind.NARRATOR:
        return "reports"
    cue = " ".join(statement.cue_text.split())
    if _is_verbal(cue):
        return cue
    # A denial with a "not" of its own is stated as it stands.
    plain = statement.act is Act.DENIAL and (not cue or not NEGATIONS.isdisjoint(side.words))
    return _VERBS[Act.ASSERTION if plain else statement.act]


def _is_verbal(cue: str) -> bool:
    """Whether a cue is a verb that can stand between a name and the words."""
    if not cue or not cue[0].islower() or cue.startswith(_PHRASES) or len(cue) > _LONGEST_CUE:
        return False
    words = cue.split()
    return words[-1] not in _TO_SOMEBODY and {row[0] for row in read_rows("cue_nouns")}.isdisjoint(words)


# Verbs that are nothing without the one spoken to.
_TO_SOMEBODY: Final = frozenset(
    {
        *("tell", "tells", "told", "telling", "inform", "informs", "informed", "informing"),
        *("assure", "assures", "assured", "assuring", "remind", "reminds", "reminded", "reminding"),
        *("accuse", "accuses", "accused", "accusing"),
    }
)
_PHRASES: Final = ("according", "in ", "for", "as ", "asked by")
_VERBS: Final = {
    Act.ASSERTION: "says", Act.DENIAL: "denies", Act.PLEDGE: "promises", Act.PREDICTION: "expects",
    Act.ACCUSATION: "alleges", Act.DEMAND: "demands", Act.REFUSAL: "refuses", Act.OPINION: "thinks",
    Act.QUESTION: "asks",
}  # fmt: skip


def shorten(text: str) -> str:
    """A content as it stands between quotation marks: one line, not too long, and no "that" before it."""
    flat = " ".join(text.split()).removeprefix("that ")
    flat = flat if len(flat) <= _LONGEST else f"{flat[: flat.rfind(' ', 0, _LONGEST)]} …"
    return _with_inner_marks(flat)


def _with_inner_marks(text: str) -> str:
    """The text to stand in quotation marks: those around all of it fall, those inside it become single, in pairs."""
    pieces = _MARKS.split(text)
    if not any(piece.strip() for piece in (*pieces[:1], *pieces[2:])):
        return "".join(pieces).strip()
    inner = "".join(f"{('‘', '’')[number % 2]}{piece}" for number, piece in enumerate(pieces[1:]))
    return f"{pieces[0]}{inner}{'’' if len(pieces) % 2 == 0 else ''}".replace("‘’", "").strip()


_MARKS: Final = re.compile('[“”„"]')
