"""The forms of English verbs: irregular ones from a list, others by the spelling rules of Quirk et al. (1985, 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .loading import read_rows, read_words

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The five forms of a verb."""

    base: str
    present: str
    past: str
    participle: str
    gerund: str


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in read_rows("irregular_verbs")}


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled before -ed and -ing: plan, refer, but not visit or allow."""
    if base in read_words("doubling_verbs"):
        return True
    short = sum(letter in _VOWELS for letter in base) == 1
    return short and len(base) >= len("cut") and base[-1] not in _VOWELS | set("wxyh") and base[-2] in _VOWELS


def _third_person(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in _VOWELS else f"{base}s"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if _doubles(base) else f"{base}ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if _doubles(base) else f"{base}ing"


@cache
def spellings(base: str) -> tuple[str, ...]:
    """Every form of a verb, with both spellings of those that double an l in British copy: signaled, signalled."""
    forms = inflect(base)
    found = {forms.base, forms.present, forms.past, forms.participle, forms.gerund}
    if base.endswith("l") and forms.past == f"{base}led":
        found |= {f"{base}ed", f"{base}ing"}
    return tuple(sorted(found))


@cache
def inflect(base: str) -> VerbForms:
    """The forms of the verb with this base form."""
    past, participle = _irregular().get(base) or (_regular_past(base),) * 2
    return VerbForms(base, _third_person(base), past, participle, _gerund(base))
