"""The act that a cue suggests, from its words and the shape of what follows: "asked why" and "asked the firm to"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from ..annotations import Act
from ..lexicon import CueVerb, find_cue_verbs, lemmas, read_groups, read_rows, spellings
from ..segment import FINITE, split_words, tag_text

_ASKING: Final = frozenset({"whether", "if", "why", "who", "whom", "whose", "what", "when", "where", "which", "how"})
# A cue's object may stand before the infinitive that its verb takes: "asked / a court to lift the ban".
_FARTHEST_INFINITIVE: Final = 9
_FIRST_WORDS: Final = 200
_MANDATIVE: Final = frozenset({"ask", "insist", "direct", "rule", "request", "propose", "recommend", "suggest", "urge"})
_HELD_BACK: Final = frozenset({"not", "n't", "never", "no", "longer", "neither"})


class CueReading(NamedTuple):
    """The act that a cue suggests, and the base form of the verb or noun that tells it; empty for an unknown cue."""

    act: Act
    lemma: str


def suggest_act(cue: str, content: str, *, direct: bool) -> CueReading:
    """What a cue suggests of a content, whatever found the two; an assertion where its words tell nothing."""
    return settle_act(cue, content, _suggest_act(_words_of(cue), content, direct=direct))


def _words_of(cue: str) -> list[str]:
    return [word.lower for word in split_words(cue, 0, len(cue))]


def _suggest_act(words: Sequence[str], content: str, *, direct: bool) -> CueReading:
    if words[:1] == ["according"]:
        return CueReading(Act.ASSERTION, "according")
    verb = next((index for index, word in enumerate(words) if _is_cue(word) and not _leads_on(words, index)), None)
    if verb is None:
        return _noun(words, 0) or _opening(content) or CueReading(Act.ASSERTION, "")
    reading = _read_verb(words, verb, "Q" if direct else _shape(content), content)
    return _denied(words, _with_noun(words, verb, reading))


def _opening(content: str) -> CueReading | None:
    """`has / agreed to stop`, `now / expects a loss`: the verb that a cue without one has left to its content."""
    first, _, rest = content.partition(" ")
    word = first.lower()
    if not find_cue_verbs(word) or tag_text(first)[0].tag not in _TOLD:
        return None
    return _read_verb([word], 0, _shape(rest), rest)


_TOLD: Final = frozenset({"VBD", "VBN", "VBZ"})


def _with_noun(words: Sequence[str], verb: int, reading: CueReading) -> CueReading:
    """`gave her word`: a verb that tells no act leaves it to its noun."""
    telling = reading.act is not Act.ASSERTION or reading.lemma in {"say", "tell", "write"}
    return reading if telling else _noun(words, verb + 1) or reading


def _leads_on(words: Sequence[str], index: int) -> bool:
    """`continues to want`: the verb behind it is the one that tells."""
    leads = words[index].startswith(("continue", "began", "begin", "keep", "kept"))
    return leads and words[index + 1 : index + 2] in (["to"], ["on"]) and any(map(_is_cue, words[index + 2 :]))


def _is_cue(word: str) -> bool:
    return bool(find_cue_verbs(word)) or word in _families()


def _shape(content: str) -> str:
    """How a content begins: to-infinitive (I), object and infinitive (O), question (W), clause (T), phrase (N)."""
    words = [word for word in tag_text(content[:_FIRST_WORDS]) if word.text.isalnum()]
    lower = [word.lower for word in words[:_FARTHEST_INFINITIVE]]
    if not lower or lower[0] in _ASKING:
        return "W"
    if "to" in lower[:1] or lower[:2] == ["not", "to"]:
        return "I"
    return _clausal_shape(lower, [word.tag for word in words])


def _clausal_shape(lower: Sequence[str], tags: Sequence[str]) -> str:
    finite = next((index for index, tag in enumerate(tags) if tag in FINITE), len(tags))
    if "to" in lower[:finite]:
        return "O"
    return "T" if finite < len(tags) else "N"


def _read_verb(words: Sequence[str], at: int, shape: str, content: str) -> CueReading:
    rows = _rows(words, at, shape, content)
    if not rows:
        return _families().get(words[at]) or CueReading(Act.ASSERTION, find_cue_verbs(words[at])[0].base)
    row = max(rows, key=lambda verb: _fit(verb, shape, words, at))
    if row.base in _MANDATIVE and not row.particle and shape not in {"W", "Q"} and _is_mandative(words, content):
        return CueReading(Act.DEMAND, row.base)
    if row.base == "ask" and shape not in {"W", "Q"}:
        return CueReading(Act.DEMAND, row.base)
    return CueReading(row.act, row.base)


def _rows(words: Sequence[str], at: int, shape: str, content: str) -> list[CueVerb]:
    """The rows of a verb that its cue and its content leave open."""
    fitting = (verb for verb in find_cue_verbs(words[at]) if _fits_words(verb, words, at, content))
    return [verb for verb in fitting if shape == "I" or verb.frames != _ULTIMATUM]


# "gave him a week / to pay" demands; "gave her word that" does not.
_ULTIMATUM: Final = frozenset("U")


def _fits_words(verb: CueVerb, words: Sequence[str], at: int, content: str) -> bool:
    """Whether the particle and the preposition of a verb's row stand in the cue, or open what follows."""
    behind = " ".join((*words[at + 1 :], *content.lower().split()[:1]))
    needed = [part for part in (verb.particle, verb.preposition) if part]
    return all(f" {part} " in f" {behind} " for part in needed)


def _fit(verb: CueVerb, shape: str, words: Sequence[str], at: int) -> tuple[int, int, float]:
    """How well a row fits: how much of the cue it accounts for, then the frame."""
    likes = _LIKES[shape]
    if shape == "I" and at + 1 < len(words):
        likes = likes[::-1]  # "told him / to restart"
    fit = max((len(likes) - likes.index(frame) for frame in verb.frames if frame in likes), default=0)
    return (bool(verb.particle) + bool(verb.preposition), fit, verb.weight)


# The frames that suit each shape of a content, best first.
_LIKES: Final = {"Q": "QTZ", "W": "WTZ", "I": "IOU", "O": "ONXAPB", "T": "ZTWX", "N": "NXAPBGW"}


def _is_mandative(words: Sequence[str], content: str) -> bool:
    """`insisted that he keep it`: a bare verb where a finite one is due (Quirk et al. 1985, 14.24)."""
    lower = content.lower().split()[:8]
    bare = "be" in lower and not {"to", "will", "would", "should", "can", "could", "may", "might", "must"} & set(lower)
    kept = (
        len(lower) > 1 and lower[0] in {"he", "she", "it"} and lower[1] in lemmas() and lemmas()[lower[1]] == lower[1]
    )
    return "that" in {words[-1], *lower[:1]} and (bare or kept or _is_subjunctive(content))


def _is_subjunctive(content: str) -> bool:
    """`that every soldier leave`: a base form behind a singular."""
    words = tag_text(content[:_FIRST_WORDS])[:_FARTHEST_INFINITIVE]
    verb = next((index for index, word in enumerate(words) if word.tag in _VERBS), 0)
    return verb > 0 and words[verb].tag in {"VB", "VBP"} and words[verb - 1].tag in {"NN", "NNP"}


_VERBS: Final = FINITE | {"VB", "TO"}


def _noun(words: Sequence[str], start: int) -> CueReading | None:
    """`gave her word`, `issued a warning`: the noun of a cue that tells an act; not "said in a statement"."""
    acts = _telling_nouns()
    for index in range(len(words) - 1, start - 1, -1):
        word = words[index].removesuffix("s") if words[index] not in acts else words[index]
        if word in acts and not _in_phrase(words, index):
            return CueReading(acts[word], word)
    return None


# `gave her word`: nouns that tell an act as the object of a cue only.
_GIVEN: Final = {"word": Act.PLEDGE, "oath": Act.PLEDGE, "undertaking": Act.PLEDGE, "guarantee": Act.PLEDGE}


@cache
def _telling_nouns() -> Mapping[str, Act]:
    return MappingProxyType({row[0]: Act(row[1]) for row in read_rows("cue_nouns")} | _GIVEN)


def _in_phrase(words: Sequence[str], index: int) -> bool:
    return not {"in", "on", "at", "by", "during", "through"}.isdisjoint(words[max(0, index - 3) : index])


@cache
def _families() -> Mapping[str, CueReading]:
    """Act and base form by each form of the verbs that cue_families.txt lists."""
    readings: dict[str, CueReading] = {}
    for act, verbs in read_groups("cue_families").items():
        for verb in sorted(verbs):
            for form in spellings(verb):
                readings.setdefault(form, CueReading(Act(act), verb))
    return MappingProxyType(readings)


def _denied(words: Sequence[str], reading: CueReading) -> CueReading:
    """`did not deny that`, `did not rule out that`: what is left standing is asserted."""
    if (
        reading.act in {Act.DENIAL, Act.REFUSAL}
        and not _HELD_BACK.isdisjoint(words)
        and reading.lemma in {"deny", "rule", "dispute"}
    ):
        return CueReading(Act.ASSERTION if reading.act is Act.DENIAL else Act.OPINION, reading.lemma)
    return reading


def settle_act(cue: str, content: str, reading: CueReading) -> CueReading:
    """What a cue suggests, but for what its content changes: `promised nobody boats`, `insisted that he keep it`."""
    if reading.lemma in _MANDATIVE and reading.act is Act.ASSERTION and _is_mandative(_words_of(cue), content):
        return CueReading(Act.DEMAND, reading.lemma)
    if reading.lemma == "give" and _is_spell(content):
        return CueReading(Act.PREDICTION, reading.lemma)
    undone = _is_undone(_words_of(cue), content.lower().split()[:_FARTHEST_INFINITIVE], reading)
    return CueReading(Act.DENIAL, reading.lemma) if undone else reading


def _is_spell(content: str) -> bool:
    """`gives / it two weeks`: how long something is expected to last."""
    words = tag_text(content[:_FIRST_WORDS])[:_FARTHEST_INFINITIVE]
    units = read_groups("time_words")["units"]
    counted = any(one.tag == "CD" and other.lower in units for one, other in pairwise(words[:4]))
    return bool(words) and words[0].tag == "PRP" and counted and not any(word.tag == "TO" for word in words)


def _is_undone(words: Sequence[str], content: Sequence[str], reading: CueReading) -> bool:
    if not _REJECTING.isdisjoint(words):
        return not read_groups("charges")["charge"].isdisjoint((*words, *content[:_FIRST_OF_CONTENT]))
    if reading.act is Act.DEMAND:
        return "nothing" in content[:1] or ("for", "nothing") in pairwise((*words[-1:], *content))
    return reading.act is Act.PLEDGE and not _NOBODY.isdisjoint(content[:1])


_REJECTING: Final = frozenset({"reject", "rejects", "rejected", "rejecting"})
_NOBODY: Final = frozenset({"nobody", "nothing", "none", "no-one"})
_FIRST_OF_CONTENT: Final = 3
