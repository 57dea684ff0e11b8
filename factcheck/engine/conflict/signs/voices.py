"""Who speaks: one mouth or two, whose name falls in whose words, who tells of himself, who answers."""

from __future__ import annotations

from typing import Final

from ...annotations import SpeakerKind
from ...normalize import term
from ..sides import Pair, Side, same_name

_SELF: Final = frozenset({"i", "we", "my", "our", "us", "me", "myself", "ourselves"})
_OTHERS: Final = frozenset({"he", "she", "they", "him", "her", "his", "their", "them", "it", "its"})

_TELLING: Final = 4


def read_voices(pair: Pair) -> dict[str, float]:
    """Signs of who speaks to whom, each 0 or 1."""
    a, b = pair.a, pair.b
    same = same_name(a.statement, b.statement)
    return {
        "one_voice": float(pair.same_side),
        "one_voice_later": float(pair.same_side and pair.later),
        "one_speaker": float(same and not pair.same_side),
        "one_kind": float(a.statement.speaker.kind is b.statement.speaker.kind),
        "told_by_article": float(pair.narrated),
        **_read_relays(a, b),
        "names_first": float(_names(b, a)),
        "names_second": float(_names(a, b)),
        "told_of_self": float(_tells_of_self(a, b) or _tells_of_self(b, a)),
        **_read_persons(a, b),
        "of_other": float(_starts_with_pronoun(b)),
        "unknown_voice": float(SpeakerKind.UNKNOWN in {a.statement.speaker.kind, b.statement.speaker.kind}),
    }


def _read_relays(a: Side, b: Side) -> dict[str, float]:
    relayed = a.statement.reported_by or b.statement.reported_by
    return {"relayed": float(bool(relayed)), "relays_other": float(_relays(a, b) or _relays(b, a))}


def _read_persons(a: Side, b: Side) -> dict[str, float]:
    """I against he: one tells of himself what the other tells of him."""
    crossed = _of_self(a) != _of_self(b) and _of_other(a) != _of_other(b)
    return {"self_and_other": float(crossed), "of_self": float(_of_self(a) or _of_self(b))}


def _tells_of_self(named: Side, teller: Side) -> bool:
    return _names(named, teller) and _of_self(teller)


def _relays(teller: Side, told: Side) -> bool:
    """Whether one tells what the other is committed to: she says he promised, he says otherwise."""
    relay = told.statement.reported_by
    return relay is not None and relay.speaker.name == teller.statement.speaker.name


def speaker_terms(side: Side) -> frozenset[str]:
    """The telling words of a speaker's name: a surname, or the terms of a body's name."""
    speaker = side.statement.speaker
    words = speaker.name.casefold().split()
    if speaker.kind is SpeakerKind.PERSON and words and speaker.name[0].isupper():
        return frozenset({words[-1]})
    telling = [word for word in words if len(word) >= _TELLING]
    return frozenset({*telling, *map(term, telling)})


def _names(side: Side, other: Side) -> bool:
    """Whether the content of one side names the other's speaker."""
    return bool(speaker_terms(other) & (side.terms | side.cue_terms))


def _of_self(side: Side) -> bool:
    return not _SELF.isdisjoint(side.words)


def _of_other(side: Side) -> bool:
    return not _OTHERS.isdisjoint(side.words)


def _starts_with_pronoun(side: Side) -> bool:
    return bool(side.words) and side.words[0] in _OTHERS
