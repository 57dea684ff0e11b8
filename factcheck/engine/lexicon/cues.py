from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..annotations import Act
from .inflection import inflect, spellings
from .loading import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A verb that attributes: particle ("out" in "rule out"), preposition ("for" in "call for"), frames, act, weight.

    The letters of the frames are explained in cue_verbs.txt.
    """

    base: str
    particle: str
    preposition: str
    frames: frozenset[str]
    act: Act
    weight: float


@cache
def _verbs_by_form() -> Mapping[str, tuple[CueVerb, ...]]:
    by_form: dict[str, list[CueVerb]] = {}
    for name, frames, act, weight in read_rows("cue_verbs"):
        head, _, preposition = name.partition("+")
        base, _, particle = head.partition("_")
        verb = CueVerb(base, particle.replace("_", " "), preposition, frozenset(frames), Act(act), float(weight))
        for form in spellings(base):
            by_form.setdefault(form, []).append(verb)
    return MappingProxyType({form: tuple(verbs) for form, verbs in by_form.items()})


def find_cue_verbs(form: str) -> tuple[CueVerb, ...]:
    """The cue verbs that a small-letter word is a form of; empty for other words."""
    return _verbs_by_form().get(form, ())


def is_cue_form(form: str) -> bool:
    """Whether a small-letter word is a form of a verb that can introduce a direct quotation."""
    return any("Q" in verb.frames for verb in find_cue_verbs(form))


@cache
def lemmas() -> Mapping[str, str]:
    """Base forms of irregular and cue verbs by each of their forms."""
    bases = {row[0] for row in read_rows("irregular_verbs")}
    bases |= {row[0].partition("+")[0].partition("_")[0] for row in read_rows("cue_verbs")}
    table: dict[str, str] = {}
    for base in sorted(bases):
        forms = inflect(base)
        for form in (forms.present, forms.past, forms.participle, forms.gerund, base):
            table.setdefault(form, base)
    return MappingProxyType(table)
