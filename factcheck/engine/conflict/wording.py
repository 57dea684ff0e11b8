"""The sentence that explains a pair to an editor."""

from __future__ import annotations

from typing import Final

from ..annotations import Span, SpeakerKind, Statement
from .findings import Finding
from .sides import Pair, Side

_LONGEST_CUE: Final = 40
_LONGEST: Final = 160


def explain(pair: Pair, finding: Finding) -> str:
    """One sentence: who says what on each side, in the article's words, and why both cannot hold."""
    first, second = _told(pair.a), _told(pair.b)
    return f"{first}; {second}: {finding.reason}."


def _told(side: Side) -> str:
    return f"{_who(side.statement)} {_cue(side.statement)} “{_shorten(side.text)}”"


def _who(statement: Statement) -> str:
    if statement.speaker.kind is SpeakerKind.NARRATOR:
        return "The article"
    relay = f" (via {statement.reported_by.speaker.name})" if statement.reported_by else ""
    return f"{statement.speaker.name}{relay}"


def _cue(statement: Statement) -> str:
    if statement.speaker.kind is SpeakerKind.NARRATOR:
        return "reports"
    cue = " ".join(statement.cue_text.split())
    verbal = cue and cue[0].islower() and not cue.startswith(("according", "in ", "for"))
    return cue if verbal and len(cue) <= _LONGEST_CUE else f"— {statement.act.value} —"


def _shorten(text: str) -> str:
    flat = " ".join(text.split()).strip(' “”"')
    flat = flat.removeprefix("that ")
    return flat if len(flat) <= _LONGEST else f"{flat[: flat.rfind(' ', 0, _LONGEST)]} …"


__all__ = ["Span", "explain"]
