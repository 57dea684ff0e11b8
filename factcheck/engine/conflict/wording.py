"""The sentence that explains a pair to an editor."""

from __future__ import annotations

from typing import Final

from ..annotations import Act, SpeakerKind, Statement
from ..lexicon import read_rows
from .findings import Finding
from .sides import Pair, Side

_LONGEST_CUE: Final = 40
_LONGEST: Final = 160


def explain(pair: Pair, finding: Finding) -> str:
    """One sentence: who says what on each side, in the article's words, and why both cannot hold."""
    first, second = _told(pair.a), _told(pair.b)
    return f"{first[0].upper()}{first[1:]}; {second}: {finding.reason}."


def _told(side: Side) -> str:
    return f"{_who(side.statement)} {_cue(side.statement)} “{_shorten(side.text)}”"


def _who(statement: Statement) -> str:
    if statement.speaker.kind is SpeakerKind.NARRATOR:
        return "the article"
    relay = f" (via {statement.reported_by.speaker.name})" if statement.reported_by else ""
    name = statement.speaker.name
    return f"{'the ' if name[0].islower() else ''}{name}{relay}"


def _cue(statement: Statement) -> str:
    """The cue as it stands where it is a verb; a plain verb for the act where it is a phrase or missing."""
    if statement.speaker.kind is SpeakerKind.NARRATOR:
        return "reports"
    cue = " ".join(statement.cue_text.split())
    nouns = {row[0] for row in read_rows("cue_nouns")}
    phrase = not cue or not cue[0].islower() or cue.startswith(_PHRASES) or len(cue) > _LONGEST_CUE
    verbal = not phrase and not nouns & set(cue.split())
    # Words that nothing introduces are stated as they stand: a denial among them has its own "not".
    return cue if verbal else _VERBS[Act.ASSERTION if not cue and statement.act is Act.DENIAL else statement.act]


_PHRASES: Final = ("according", "in ", "for", "as ", "asked by")
_VERBS: Final = {
    Act.ASSERTION: "says", Act.DENIAL: "denies", Act.PLEDGE: "promises", Act.PREDICTION: "expects",
    Act.ACCUSATION: "alleges", Act.DEMAND: "demands", Act.REFUSAL: "refuses", Act.OPINION: "thinks",
    Act.QUESTION: "asks",
}  # fmt: skip


def _shorten(text: str) -> str:
    flat = " ".join(text.split()).strip(' “”"')
    flat = flat.removeprefix("that ")
    return flat if len(flat) <= _LONGEST else f"{flat[: flat.rfind(' ', 0, _LONGEST)]} …"
