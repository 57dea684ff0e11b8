"""Whether a verb form stands as the finite verb of its clause: past tense or participle, base form or past."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..lexicon import has_tag
from .openings import Clause, OpenClauses, cue_length, takes_bare_clause
from .phrases import FINITE, VerbGroup, is_time_phrase, noun_phrase_end
from .words import word_at

_LOOKAHEAD: Final = 30


def is_finite(state: OpenClauses, group: VerbGroup) -> bool:
    """Whether a verb group is the finite verb of a clause here; forms alone do not tell "put" or "denied"."""
    if group.form == "finite":
        return not any(check(state, group) for check in (_stands_for_participle, _is_reduced_relative))
    checks = (_after_quotation, _stands_for_past, _is_past_after_conjunction, _has_object)
    return any(check(state, group) for check in checks)


def _after_quotation(state: OpenClauses, group: VerbGroup) -> bool:
    """`"We left," countered Lima`: a cue right behind a quotation is a past tense."""
    before = state.words[max(0, group.start - 2) : group.start]
    quoted = bool(before) and (before[-1].tag == "QUOTE" or (before[-1].text == "," and before[0].tag == "QUOTE"))
    return (
        quoted
        and group.form == "participle"
        and may_be_past(state, group.head)
        and cue_length(state.words, group.head) > 0
    )


def _has_object(state: OpenClauses, group: VerbGroup) -> bool:
    """A participle after a noun takes no object: "the clerk wanted no fuss", "Lima answered that"."""
    if group.form != "participle" or not state.phrases or not may_be_past(state, group.head):
        return False
    following = word_at(state.words, group.end)
    adjacent = state.phrases[-1][1] == group.start or state.open[-1].verb is None
    if _is_time_ahead(state, group.end):
        return False  # "in a report published that morning"
    return adjacent and (following.tag in {"DT", "PRP", "PRP$", "QUOTE"} or following.lower == "that")


def _is_time_ahead(state: OpenClauses, start: int) -> bool:
    end = noun_phrase_end(state.words, start)
    return end > start and is_time_phrase(state.words, start, end)


def _stands_for_participle(state: OpenClauses, group: VerbGroup) -> bool:
    """`Lima, told of the vote, said`: a past form after a subject's comma, with the verb to come."""
    if not state.open[-1].awaits_verb or not group.is_bare or group.start == 0:
        return False
    between_commas = state.words[group.start - 1].text == "," and _verb_after_comma(state, group.end)
    followed = word_at(state.words, group.end).tag in {"IN", "TO"}
    return between_commas and followed and has_tag(state.words[group.head].lower, "VBN")


def _is_reduced_relative(state: OpenClauses, group: VerbGroup) -> bool:
    """`said in a letter sent on Monday`: a past form without a subject of its own, before a preposition."""
    verb = state.open[-1].verb
    if verb is None or not group.is_bare or not _lacks_subject(state):
        return False
    word = state.words[group.head]
    followed = word_at(state.words, group.end).tag in {"IN", "TO", "RB"}
    able = word.tag == "VBD" and has_tag(word.lower, "VBN")
    return able and followed and not (state.phrases and takes_bare_clause(state.words[verb.head]))


def _lacks_subject(state: OpenClauses) -> bool:
    """Whether nothing before a verb calls for it: no conjunction, no comma, no subject that still awaits its own."""
    joined = state.conjunction >= 0 or state.comma >= 0
    return not joined and not any(clause.awaits_verb for clause in state.open)


def _verb_after_comma(state: OpenClauses, start: int) -> bool:
    rest = state.words[start : start + _LOOKAHEAD]
    return any((word.tag in FINITE or word.tag == "VBN") and before.text == "," for before, word in pairwise(rest))


def _is_past_after_conjunction(state: OpenClauses, group: VerbGroup) -> bool:
    """`..., and the bank denied having it`: right after a subject of its own it is a past tense."""
    if state.conjunction < 0:
        return False
    if group.form == "base":
        return _is_joined_cue(state, group)
    followed = word_at(state.words, group.end).lower in {"by", "in", "at", "to", "from"}
    participle = group.form == "participle" and may_be_past(state, group.head)
    return participle and not followed and _has_joined_subject(state, group)


def _is_joined_cue(state: OpenClauses, group: VerbGroup) -> bool:
    """`she came and put`: a cue verb right behind "and", in a clause that has its verb."""
    able = state.words[group.start - 1].tag == "CC" and state.open[-1].verb is not None
    return able and cue_length(state.words, group.head) > 0


def _has_joined_subject(state: OpenClauses, group: VerbGroup) -> bool:
    """Whether one phrase fills the place between the conjunction and the verb."""
    return bool(state.phrases) and state.phrases[-1] == (state.conjunction + 1, group.start)


def _stands_for_past(state: OpenClauses, group: VerbGroup) -> bool:
    """A base form after a subject is a past tense ("put", "cut"); after an apposition's comma a participle is one too.

    Unless another verb follows a comma later.
    """
    if not state.open[-1].awaits_verb:
        return False
    before = state.words[group.start - 1]
    if group.form == "base":
        return before.tag not in {"MD", "TO"}
    if group.form != "participle" or before.text != "," or not may_be_past(state, group.head):
        return False
    return not _verb_after_comma(state, group.end)


def may_be_past(state: OpenClauses, head: int) -> bool:
    """Whether the form at a word can be a past tense."""
    word = state.words[head].lower
    return word.endswith("ed") or has_tag(word, "VBD")


def may_be_noun(state: OpenClauses, clause: Clause, group: VerbGroup) -> bool:
    """Whether what was taken for a verb right before another heads the subject: "the ticket machine broke"."""
    verb = clause.verb
    if verb is None or verb.end != group.start or not verb.is_bare:
        return False
    return any(has_tag(state.words[verb.head].lower, tag) for tag in ("NN", "NNS"))


def may_be_participle(state: OpenClauses, clause: Clause) -> bool:
    """Whether a clause's past tense may have been a participle after its noun."""
    verb = clause.verb
    if verb is None or not verb.is_bare or clause.subject is None:
        return False
    word = state.words[verb.head]
    able = word.tag == "VBD" and (word.lower.endswith("ed") or has_tag(word.lower, "VBN"))
    return able and state.words[verb.start - 1].text != ","
