"""Noun phrases and verb groups over tagged words: the chunks of Abney (1991), found by tags alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..lexicon import has_tag, read_groups, read_rows, read_words
from .words import Word

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL: Final = frozenset({"NN", "NNS", "NNP", "CD"})
_INSIDE: Final = frozenset({"NN", "NNS", "NNP", "CD", "JJ", "SYM"})
_OPENERS: Final = frozenset({"DT", "PRP$"})
_FIRST: Final = _INSIDE | _OPENERS
_PRONOMINAL: Final = frozenset({"PRP", "EX"})
_PARTICIPLES: Final = frozenset({"VBN", "VBG"})
_MODIFIERS: Final = frozenset({"VBG", "VBN", "RB", "CC"})
_BEFORE_MODIFIER: Final = frozenset({"DT", "PRP$", "JJ", "POS", "RB", "CD"})
_REFLEXIVES: Final = frozenset({"himself", "herself", "itself", "themselves"})


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: words [start, end); `head` is the full verb.

    `form` is finite, infinitive, gerund or participle.
    """

    start: int
    end: int
    head: int
    form: str
    negated: bool
    passive: bool
    modal: str

    @property
    def is_bare(self) -> bool:
        """Whether the verb stands by itself, without auxiliaries."""
        return self.end - self.start == 1


def noun_phrase_end(words: Sequence[Word], start: int) -> int:
    """Where the noun phrase that begins at a word ends; no later than `start` when none does."""
    if start >= len(words):
        return start
    if words[start].lower in _QUANTIFYING:
        start = quantifier_end(words, start)
    if words[start].tag in _PRONOMINAL:
        return _past_reflexive(words, start + 1)
    if not _opens_phrase(words, start):
        return start
    stop = _run_end(words, start)
    end = _head_end(words, start, stop)
    if end == start:
        return start
    return end + 1 if _is_nominal_adjective(words, start, end, stop) else _past_reflexive(words, end)


def _opens_phrase(words: Sequence[Word], start: int) -> bool:
    tag = words[start].tag
    return tag in _FIRST or (tag in _PARTICIPLES and _modifies(words, start))


def _run_end(words: Sequence[Word], start: int) -> int:
    """Where the run of words that one phrase can hold ends."""
    index = start
    while index < len(words) and _continues(words, start, index):
        index += 1
    return index


def _head_end(words: Sequence[Word], start: int, stop: int) -> int:
    """Behind the last noun of a run, or behind the determiner that stands for one; `start` when it has neither."""
    for index in range(stop - 1, start, -1):
        if words[index].tag in _NOMINAL:
            return index + 1
    return start + 1 if words[start].tag in _NOMINAL or words[start].tag == "DT" else start


def _is_nominal_adjective(words: Sequence[Word], start: int, end: int, stop: int) -> bool:
    """Whether an adjective is the head, as in "the poor" (Quirk et al. 1985, 7.23)."""
    return words[start].tag == "DT" and end == start + 1 < stop and words[end].tag == "JJ"


def _past_reflexive(words: Sequence[Word], end: int) -> int:
    """`Lima herself`: a reflexive belongs to the phrase before it."""
    return end + 1 if end < len(words) and words[end].lower in _REFLEXIVES else end


_QUANTIFIERS: Final = frozenset(
    {
        "no", "not", "more", "less", "fewer", "than", "at", "least", "most", "as", "many", "much", "about", "some",
        "around", "nearly", "almost", "over", "under", "roughly", "approximately", "just", "only", "well", "between",
    }
)  # fmt: skip
_QUANTIFYING: Final = _QUANTIFIERS | {"up"}
_LONGEST_QUANTIFIER: Final = 4


def quantifier_end(words: Sequence[Word], start: int) -> int:
    """Where the figure begins that "no more than" or "about" at `start` qualifies; `start` when there is none."""
    first = start + 2 if [word.lower for word in words[start : start + 2]] == ["up", "to"] else start
    for index in range(first, min(len(words), first + _LONGEST_QUANTIFIER + 1)):
        if words[index].tag == "CD" or (index > first and _is_round_figure(words, index)):
            return index
        if words[index].lower not in _QUANTIFIERS:
            break
    return start


def _is_round_figure(words: Sequence[Word], index: int) -> bool:
    """Whether "a thousand" or "a dozen" begins here."""
    return words[index].lower == "a" and index + 1 < len(words) and words[index + 1].lower in _ROUND


_ROUND: Final = frozenset({"hundred", "thousand", "million", "billion", "dozen", "score", "quarter", "third", "half"})


def _continues(words: Sequence[Word], start: int, index: int) -> bool:
    tag = words[index].tag
    if tag in _OPENERS:
        return index == start or (words[index - 1].lower in {"all", "both", "half", "such"} and index == start + 1)
    if tag in _INSIDE:
        return not _breaks(words, start, index)
    if tag == "POS" or words[index].text == "&":
        return index > start
    return tag in _MODIFIERS and _modifies(words, index)


def _breaks(words: Sequence[Word], start: int, index: int) -> bool:
    """Whether a word begins a new phrase although its tag could go on: a weekday, a name after "told parliament"."""
    if index == start:
        return False
    word, before = words[index], words[index - 1]
    times = read_groups("time_words")
    if word.lower in times["days"]:
        return before.tag in {"NN", "NNS"}
    if before.lower in times["months"]:
        return word.tag == "NNP"
    inside = before.lower in read_words("name_particles") and index - start > 1 and words[index - 2].tag == "NNP"
    return before.text[0].islower() and not inside and _begins_name(words, index)


def _begins_name(words: Sequence[Word], index: int) -> bool:
    """Whether a name begins after a noun that does not introduce it: "told parliament / Sorrel was"."""
    before = words[index - 1]
    if words[index].lower in read_words("courtesy_titles"):
        return True
    if before.tag not in {"NN", "NNS"} or words[index].tag != "NNP":
        return False
    full_name = index + 1 < len(words) and words[index + 1].tag == "NNP"
    return before.lower in read_words("audiences") or (full_name and not _introduces_name(before.lower))


def _introduces_name(noun: str) -> bool:
    """Whether a noun stands before names: "spokesman Ana Lima", "the airline Grey Heron"."""
    heads = read_groups("organisation_heads")
    return noun in _roles() or noun in heads["generic"] or noun in heads["specific"]


@cache
def _roles() -> frozenset[str]:
    return frozenset(row[0] for name in ("titles", "person_roles") for row in read_rows(name))


def _modifies(words: Sequence[Word], index: int) -> bool:
    """Whether a participle, adverb or conjunction stands before a noun: "a badly written letter"."""
    if index + 1 >= len(words):
        return False
    following, tag = words[index + 1].tag, words[index].tag
    if tag == "CC":
        return words[index - 1].tag == "JJ" and following == "JJ" and _reaches_noun(words, index + 2)
    if index and words[index - 1].tag not in _BEFORE_MODIFIER:
        return False
    return following in {"NN", "NNS", "NNP", "JJ"} or (tag == "RB" and following in {"VBN", "VBG", "CD", "RB"})


def _reaches_noun(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and words[index].tag in _NOMINAL


def is_time_phrase(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the noun phrase words[start:end] tells a time: Thursday, last week, March 3, the next day."""
    groups = read_groups("time_words")
    head = words[end - 1].lower
    first = words[start].lower
    if first in groups["days"] or first in groups["months"] or head in groups["days"]:
        return True
    if head in _time_nouns():
        counted = words[start].tag == "CD" or words[start].lower in {"several", "some", "many", "a"}
        return counted or any(word.lower in groups["deictics"] for word in words[start:end]) or end - start == 1
    return words[start].tag == "CD" and end - start == 1 and len(head) == len("2026") and head.isdecimal()


@cache
def _time_nouns() -> frozenset[str]:
    """Units and parts of time: week, morning."""
    return read_groups("time_words")["units"] | read_groups("time_words")["parts"]


_BE: Final = frozenset(
    {"be", "am", "is", "are", "was", "were", "been", "being", "isn't", "aren't", "wasn't", "weren't", "'s", "'re", "'m"}
)
_HAVE: Final = frozenset({"have", "has", "had", "having", "haven't", "hasn't", "hadn't", "'ve", "'d"})
_DO: Final = frozenset({"do", "does", "did", "don't", "doesn't", "didn't"})
_AUXILIARIES: Final = _BE | _HAVE | _DO
_VERBAL: Final = frozenset({"VB", "VBD", "VBZ", "VBP", "VBN", "VBG", "MD"})
_NEGATIONS: Final = frozenset({"not", "never", "n't", "cannot"})


def verb_group(words: Sequence[Word], start: int) -> VerbGroup | None:
    """The verb group that begins at a word; None when none does."""
    form = _form(words, start)
    if not form:
        return None
    head = _full_verb(words, start)
    group = words[start : head + 1]
    passive = words[head].tag in {"VBN", "VBD"} and any(word.lower in _BE for word in group[:-1])
    modal = next((word.lower for word in group if word.tag == "MD"), "")
    return VerbGroup(start, head + 1, head, form, _is_negated(words, start, head), passive, modal)


def _full_verb(words: Sequence[Word], start: int) -> int:
    """Where the verb stands that the auxiliaries from `start` on lead to; the last of them where there is none."""
    head = start if words[start].tag != "TO" else _skip_adverbs(words, start + 1)
    while _is_auxiliary(words[head]):
        following = _skip_adverbs(words, head + 1)
        if following >= len(words) or not _completes(words[head], words[following]):
            break
        head = following
    return head


def _is_negated(words: Sequence[Word], start: int, head: int) -> bool:
    """Whether a negation stands in a group; a bare auxiliary takes the one behind it ("Lima does not:")."""
    until = _skip_adverbs(words, head + 1) if _is_auxiliary(words[head]) else head + 1
    return any(word.lower in _NEGATIONS or word.lower.endswith("n't") for word in words[start:until])


def _form(words: Sequence[Word], start: int) -> str:
    tag = words[start].tag
    if tag in FINITE:
        return "finite"
    if tag == "TO":
        head = _skip_adverbs(words, start + 1)
        return "infinitive" if head < len(words) and words[head].tag in {"VB", "VBP"} else ""
    return {"VBG": "gerund", "VBN": "participle", "VB": "base"}.get(tag, "")


def _skip_adverbs(words: Sequence[Word], index: int) -> int:
    while index < len(words) and (words[index].tag == "RB" or words[index].lower in _NEGATIONS):
        index += 1
    return index


def _is_auxiliary(word: Word) -> bool:
    return word.tag == "MD" or word.lower in _AUXILIARIES


def _completes(auxiliary: Word, verb: Word) -> bool:
    if verb.tag not in _VERBAL:
        return False
    if auxiliary.tag == "MD" or auxiliary.lower in _DO:
        return verb.tag in {"VB", "VBP"} or verb.lower in {"be", "have"}
    if auxiliary.lower in _HAVE:
        return verb.tag in {"VBN", "VBD"} or verb.lower == "been"
    return verb.tag in {"VBN", "VBG", "VBD"} or _is_base_like_participle(verb)


def _is_base_like_participle(verb: Word) -> bool:
    """`is put`, `was cut`: tagged as a base form, but spelled like the participle."""
    return verb.tag in {"VB", "VBP"} and has_tag(verb.lower, "VBN")
