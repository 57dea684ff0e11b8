"""What follows a cue: where its content starts, by the frame of the verb, and where it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ..lexicon import CueVerb, find_cue_verbs, has_tag, read_groups, read_words
from ..segment import (
    FINITE,
    Clause,
    VerbGroup,
    Word,
    is_time_phrase,
    leads_clause,
    noun_phrase_end,
    quantifier_end,
    verb_group,
    word_at,
)
from .address import skip_address, skip_parenthesis
from .drafts import Scene, lower_words

_WH: Final = frozenset({"whether", "if", "why", "how", "what", "who", "whom", "whose", "when", "where", "which"})
_NEAR: Final = 14


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue verb in place: words [start, end) with particle and preposition; the content begins at `content`."""

    verb: CueVerb
    start: int
    end: int
    content: int
    frame: str


@dataclass(frozen=True, slots=True)
class _Slot:
    """The place behind a cue verb: the words from `start` on, and the verb's clause where it has one."""

    scene: Scene
    clause: Clause | None
    start: int
    verb: CueVerb

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the sentence."""
        return self.scene.words


def match_cue(scene: Scene, clause: Clause | None, group: VerbGroup) -> CueMatch | None:
    """The cue verb and frame that fit best at a verb group; None when no content follows it in one of its frames."""
    for frame in _ORDER:
        for verb in find_cue_verbs(scene.words[group.head].lower):
            if frame not in verb.frames:
                continue
            end = cue_end(scene, group, verb)
            content = _MATCHERS[frame](_Slot(scene, clause, end, verb)) if end else None
            if content is not None and content < len(scene.words):
                return CueMatch(verb, group.start, end or group.end, content, frame)
    return None


def cue_end(scene: Scene, group: VerbGroup, verb: CueVerb) -> int | None:
    """Where the cue ends when the words of its particle and preposition follow the verb; None when they do not."""
    wanted = [*verb.particle.split(), *([verb.preposition] if verb.preposition and verb.frames != _BLAMING else [])]
    if lower_words(scene.words, group.head + 1, len(wanted)) != wanted:
        return None
    return group.head + 1 + len(wanted)


_BLAMING: Final = frozenset("G")
# Accusing puts its object between verb and preposition: "accused the bank of hiding".


def _that(slot: _Slot) -> int | None:
    index = skip_address(slot.scene, slot.start, recipient="R" in slot.verb.frames)
    limit = min(len(slot.words), slot.start + _NEAR)
    places: list[int] = [index, *range(slot.start, limit)]
    for at in places:
        if at >= limit or slot.words[at].lower != "that":
            continue
        near = at <= index or _is_adverbial(slot.scene, index, at)
        if near and (slot.words[at].tag == "IN" or _clause_begins(slot.scene, at + 1)):
            return at
    return None


def _clause_begins(scene: Scene, index: int) -> bool:
    if index >= len(scene.words):
        return False
    return scene.words[index].tag in {"QUOTE", "IN", "WRB", "CD", "EX", "PU"} or leads_clause(scene.words, index)


def _is_adverbial(scene: Scene, start: int, end: int) -> bool:
    """Whether the words between a cue and "that" are prepositional phrases only: "wrote in a blog that"."""
    words = scene.words[start:end]
    return (
        bool(words)
        and words[0].tag in {"IN", "TO", "RB", "NNP"}
        and not any(word.tag in {"VBD", "VBZ", "PU"} for word in words)
    )


def _zero(slot: _Slot) -> int | None:
    """`said the board had left`: a clause without "that", the cue's own where the clause finder has one."""
    index = skip_address(slot.scene, slot.start, recipient="R" in slot.verb.frames)
    if index >= len(slot.words) or slot.words[index].tag in {"PU", "WH", "WRB", "TO"}:
        return None
    child = _bare_complement(slot)
    if child is None or child.subject is None:
        return index if _leads_any(slot, index) else None
    if child.start < index < child.subject[1]:
        return index
    return min(index, child.start) if child.start - index <= _NEAR else None


def _leads_any(slot: _Slot, index: int) -> bool:
    return leads_clause(slot.words, index) or _leads_past(slot, index)


def _leads_past(slot: _Slot, index: int) -> bool:
    """`said shut mines employed / nobody`, `said none existed`: no finite verb follows, but a form that can be past."""
    words = slot.words
    end = noun_phrase_end(words, index + (words[index].tag == "VBN"))
    verb = word_at(words, end)
    past = slot.verb.base in _SAYING and end > index and verb.tag == "VBN" and has_tag(verb.lower, "VBD")
    clause = next((at for at in range(end + 1, len(words)) if words[at].tag in {"PU", "QUOTE"}), len(words))
    return past and not any(word.tag in FINITE for word in words[end:clause])


_SAYING: Final = frozenset({"say", "tell", "claim", "insist", "think", "believe", "reckon"})


def _bare_complement(slot: _Slot) -> Clause | None:
    """The clause without an opener that hangs on the cue's own."""
    if slot.clause is None:
        return None
    children = (clause for clause in slot.scene.clauses if clause.parent is slot.clause and clause.start >= slot.start)
    return next((clause for clause in children if clause.kind == "complement" and not clause.opener), None)


def _wh(slot: _Slot) -> int | None:
    index = skip_address(slot.scene, slot.start, recipient=True)
    wanted = _WH - _BESIDE_SAYING if slot.verb.base == "say" else _WH
    for at in (slot.start, index):
        if at < len(slot.words) and slot.words[at].lower in wanted:
            return at
    return None


# After "said" these open a clause of the writer's own: "said if", "said when".
_BESIDE_SAYING: Final = frozenset({"if", "who", "which", "when", "where"})


def _infinitive(slot: _Slot) -> int | None:
    index = skip_address(slot.scene, slot.start, recipient="R" in slot.verb.frames)
    group = verb_group(slot.words, index) if index < len(slot.words) else None
    return index if group is not None and group.form == "infinitive" else None


def _object_infinitive(slot: _Slot) -> int | None:
    """`urged drivers to wait`: content from the object; told and ordered somebody to: from the infinitive."""
    if not _takes_doer(slot):
        return None
    index = max(slot.start + 1, noun_phrase_end(slot.words, slot.start))
    while index < min(len(slot.words), slot.start + _NEAR) and not _ends_object(slot, index):
        if _is_infinitive(slot.words, index):
            return index if slot.verb.base == "tell" else slot.start
        if _is_wanted_state(slot, index):
            return slot.start
        index = max(index + 1, noun_phrase_end(slot.words, index))
        index = skip_parenthesis(slot.scene, index)
    return None


def _ultimatum(slot: _Slot) -> int | None:
    """`gave the firm ten days to pay`, `has given them until May to leave`: from the infinitive."""
    limit = min(len(slot.words), slot.start + _NEAR)
    place = next((at for at in range(slot.start + 2, limit) if _is_infinitive(slot.words, at)), None)
    if place is None or noun_phrase_end(slot.words, slot.start) <= slot.start:
        return None
    return place if _gives_time(slot.words[slot.start : place]) else None


def _gives_time(words: Sequence[Word]) -> bool:
    """`the firm / ten days`, `them / until May`: a time ends words that hold no clause."""
    timed = any(word.lower == "until" for word in words) or words[-1].lower in read_groups("time_words")["units"]
    return timed and FINITE.isdisjoint(word.tag for word in words) and all(word.tag != "PU" for word in words)


def _takes_doer(slot: _Slot) -> bool:
    """Whether somebody or something that is to act follows the cue; a gerund can be it."""
    if slot.start >= len(slot.words):
        return False
    return slot.words[slot.start].tag in {"VBG", "PRP"} or noun_phrase_end(slot.words, slot.start) > slot.start


def _is_infinitive(words: Sequence[Word], index: int) -> bool:
    group = verb_group(words, index)
    return group is not None and group.form == "infinitive"


def _is_wanted_state(slot: _Slot, index: int) -> bool:
    """`wants the line stopped`."""
    return slot.verb.base == "want" and slot.words[index].tag in {"VBN", "VBD"}


def _ends_object(slot: _Slot, index: int) -> bool:
    """Whether the object is over before any infinitive: at a mark, "and", or a finite verb, unless that is wanted."""
    word = slot.words[index]
    if word.tag in {"PU", "QUOTE", "CC"}:
        return True
    group = verb_group(slot.words, index)
    return group is not None and group.form == "finite" and not _is_wanted_state(slot, index)


def _gerund(slot: _Slot) -> int | None:
    if slot.verb.frames == _BLAMING:
        return _after_preposition(slot.scene, slot.start, slot.verb.preposition)
    return slot.start if slot.start < len(slot.words) and slot.words[slot.start].tag == "VBG" else None


def _after_preposition(scene: Scene, start: int, preposition: str) -> int | None:
    for index in range(start + 1, min(len(scene.words) - 1, start + _NEAR)):
        if scene.words[index].lower == preposition and scene.words[index + 1].tag in {"VBG", "NN", "NNS", "JJ", "DT"}:
            return index + 1
        if scene.words[index].tag == "PU" and not _is_in_apposition(scene, start, index):
            return None
    return None


def _is_in_apposition(scene: Scene, start: int, index: int) -> bool:
    """Whether a mark is one of two commas around a name: "accused the manager, Ana Lima, of"."""
    words = scene.words
    commas = [at for at in range(start, min(len(words), start + _NEAR)) if words[at].text == ","][:2]
    return len(commas) > 1 and index in commas and noun_phrase_end(words, commas[0] + 1) == commas[1]


def _is_deniable(scene: Scene, start: int, end: int) -> bool:
    """`denied the claims`, `denied this`; not `denied the refugees entry`, `denied the request`."""
    words = scene.words
    named = {word.lower for word in words[start:end]}
    if not named.isdisjoint(read_words("deniable_nouns")):
        return True
    known = end > start + 1 and (words[start].lower in _KNOWN or words[start].tag == "PRP$")
    return known and noun_phrase_end(words, end) <= end and named.isdisjoint(read_words("granted_nouns"))


_DENYING: Final = frozenset({"deny", "dispute", "refute"})
# `denied the meeting`: what others have told of.
_KNOWN: Final = frozenset({"the", "this", "that", "these", "those", "all", "such"})


def _noun(slot: _Slot) -> int | None:
    """`announced the sale`, `reported no deaths`: a phrase that is no time and, denied, can be denied."""
    if slot.start >= len(slot.words):
        return None
    if slot.words[slot.start].tag in {"PRP", "IN", "QUOTE"}:
        return slot.start if quantifier_end(slot.words, slot.start) > slot.start else None
    end = noun_phrase_end(slot.words, slot.start)
    deniable = slot.verb.base not in _DENYING or _is_deniable(slot.scene, slot.start, end)
    return slot.start if deniable and end > slot.start and not _is_time(slot, end) else None


def _entry(slot: _Slot) -> int | None:
    """`the log lists nine boats`, `the minutes show no vote`: what a record holds, or does not."""
    if slot.clause is None or slot.clause.subject is None or slot.clause.shared:
        return None
    subject = slot.words[slice(*slot.clause.subject)]
    written = bool(subject) and subject[0].lower not in _OURS and subject[-1].lower in read_words("record_nouns")
    return _noun(slot) if written and _is_exact(slot) else None


def _is_exact(slot: _Slot) -> bool:
    """Whether a figure, a date or "no" stands in the first words of what is recorded."""
    ahead = slot.words[slot.start : slot.start + _NEAR]
    return any(word.tag in {"CD", "SYM"} or word.lower in {"no", "none", "nothing"} for word in ahead)


# "Our books show a loss": whoever says so tells it.
_OURS: Final = frozenset({"my", "our"})


def _is_time(slot: _Slot, end: int) -> bool:
    """Whether the phrase behind the cue tells when, and no figure."""
    return slot.words[slot.start].tag != "CD" and is_time_phrase(slot.words, slot.start, end)


def _takes_object(slot: _Slot) -> bool:
    """Whether a pronoun or a noun phrase follows the cue."""
    return (slot.start < len(slot.words) and slot.words[slot.start].tag == "PRP") or _noun(slot) is not None


def _figure(slot: _Slot) -> int | None:
    """`put the toll at 40`."""
    if not _takes_object(slot):
        return None
    for index in range(slot.start + 1, min(len(slot.words) - 1, slot.start + 2 * _NEAR)):
        word = slot.words[index]
        if word.lower == "at" and slot.words[quantifier_end(slot.words, index + 1)].tag in {"CD", "SYM"}:
            return slot.start
        if word.tag == "PU" and word.text != ",":
            return None
    return None


def _as(slot: _Slot) -> int | None:
    """`described the deal as a gift`; "gave it as" only with quoted words."""
    if not _takes_object(slot):
        return None
    ahead = slot.words[slot.start + 1 : slot.start + _NEAR]
    stop = next((word for word in ahead if word.lower == "as" or word.tag in {"PU", "VBD", "VBZ", "MD"}), None)
    if stop is None or stop.lower != "as":
        return None
    return slot.start if slot.verb.base != "give" or _quotes_within(slot.scene, slot.start) else None


def _naming(slot: _Slot) -> int | None:
    """`called the offer "a bag of feathers"`: only with quoted words; `calls it the "Blue Room"` is but a name."""
    if slot.start >= len(slot.words) or noun_phrase_end(slot.words, slot.start) <= slot.start:
        return None
    usual = slot.start > 0 and slot.words[slot.start - 1].tag in {"VBZ", "VBP"}
    fewest = _SHORTEST_JUDGMENT if usual else 1
    return slot.start if _quoted_words(slot.scene, slot.start) >= fewest else None


_SHORTEST_JUDGMENT: Final = 3


def _small_clause(slot: _Slot) -> int | None:
    """`called him a liar`, `considers the account untrue`: an object, and what it is said to be."""
    words, start = slot.words, slot.start
    if not _is_known(word_at(words, start)):
        return None
    end = max(start + 1, noun_phrase_end(words, start))
    alone = words[start].tag == "PRP" or _is_predicate(words, start + 1)
    untrue = end > start + 1 and words[end - 1].lower in read_groups("charges")["false"]
    return start if untrue or _is_predicate(words, start + 1 if alone else end) else None


def _is_known(word: Word) -> bool:
    return word.tag in {"PRP", "PRP$", "NNP", "CD"} or word.lower in _KNOWN


def _is_predicate(words: Sequence[Word], index: int) -> bool:
    """`a liar`, `quite untrue`: what has "a" before it, or an adjective that ends a phrase."""
    if word_at(words, index).lower in {"a", "an"}:
        return word_at(words, index + 1).tag[:2] in {"NN", "JJ", "VB", "RB"}
    while word_at(words, index).tag == "RB":
        index += 1
    closing = word_at(words, index + 1)
    return word_at(words, index).tag in {"JJ", "VBN"} and closing.tag in {"", "PU", "CC"}


def _quoted_words(scene: Scene, start: int) -> int:
    """How many words behind a place stand in quotation marks."""
    first = scene.words[start].start
    inner = [quotation.inner for quotation in scene.sentence.quotations if quotation.span.start >= first]
    return sum(span.start <= word.start < span.end for word in scene.words[start:] for span in inner)


def _quotes_within(scene: Scene, start: int) -> bool:
    first = scene.words[start].start
    return any(word.tag == "QM" and word.start >= first for word in scene.sentence.words)


def _crediting(slot: _Slot) -> int | None:
    found = _noun(slot)
    following = {word.lower for word in slot.words[slot.start + 1 : slot.start + 2 * _NEAR]}
    return found if following & {"to", "with", "for"} else None


_Matcher = Callable[[_Slot], int | None]
_MATCHERS: Final[dict[str, _Matcher]] = {
    "T": _that, "W": _wh, "I": _infinitive, "O": _object_infinitive, "G": _gerund, "P": _figure, "A": _as, "Z": _zero,
    "X": _naming, "S": _small_clause, "C": _crediting, "B": _crediting, "D": _entry, "U": _ultimatum, "N": _noun,
}  # fmt: skip
_ORDER: Final = "TWIOGPAZXSUCBDN"
