"""Part-of-speech tags: a lexicon, spelling and shape for words it lacks, then rules of context (Brill 1995)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Final

from ..lexicon import TagRule, find_cue_verbs, possible_tags, read_rows, read_tag_rules
from .words import Word, is_capitalized, split_words

_CLOSED: Final = frozenset({"PRP", "DT", "IN", "CC", "PRP$", "MD", "TO", "WH", "WRB", "EX"})
_ENDINGS: Final = (
    ("ly", "RB"), ("ing", "VBG"), ("ed", "VBN"), ("tion", "NN"), ("sion", "NN"), ("ment", "NN"), ("ness", "NN"),
    ("ity", "NN"), ("ism", "NN"), ("ship", "NN"), ("ance", "NN"), ("ence", "NN"), ("ist", "NN"), ("or", "NN"),
    ("er", "NN"), ("ure", "NN"), ("age", "NN"), ("ous", "JJ"), ("ful", "JJ"), ("less", "JJ"), ("able", "JJ"),
    ("ible", "JJ"), ("ive", "JJ"), ("ic", "JJ"), ("al", "JJ"), ("ish", "JJ"), ("ary", "JJ"), ("ent", "JJ"),
    ("ant", "JJ"), ("est", "JJ"), ("ss", "NN"), ("us", "NN"), ("is", "NN"), ("s", "NNS"),
)  # fmt: skip
_BY_ENDING: Final = (
    ("ly", frozenset({"RB", "JJ"})),
    ("ing", frozenset({"VBG", "NN", "JJ"})),
    ("ed", frozenset({"VBN", "VBD", "JJ"})),
    ("s", frozenset({"NNS", "VBZ"})),
)
_OPEN: Final = frozenset({"NN", "JJ", "VB", "VBP"})
_NUMERAL = re.compile(r"\d[\d.,:/]*(?:st|nd|rd|th|m|bn|k|km|p|pm|am)?")
_FIXED: Final = frozenset({"QUOTE", "QM"})
_APOSTROPHES: Final = frozenset("'’")
_STOPS: Final = frozenset(".,;:!?…")


def tag_words(words: Sequence[Word]) -> list[Word]:
    """The words of one sentence with their tags; words tagged QUOTE and QM keep theirs."""
    texts = [word.lower for word in words]
    tags = _first_tags(words)
    _apply_rules(words, texts, tags)
    _fix_contractions(texts, tags)
    _fix_auxiliaries(words, texts, tags)
    _fix_nouns_behind(texts, tags)
    _fix_trailing_cues(words, texts, tags)
    return [
        Word(word.start, word.end, word.text, word.lower, tag, word.quotation)
        for word, tag in zip(words, tags, strict=True)
    ]


@lru_cache(maxsize=64)
def tag_text(text: str) -> tuple[Word, ...]:
    """The tagged words of a short text; the steps that look at one content after another share them."""
    return tuple(tag_words(split_words(text, 0, len(text))))


def _apply_rules(words: Sequence[Word], texts: list[str], tags: list[str]) -> None:
    """Change tags by the rules of context, in their order; a rule finds all its places before it changes any."""
    edged_texts, edged_tags = [*_EDGES, *texts, *_EDGES], [*_EDGES, *tags, *_EDGES]
    allowed = [_NONE, _NONE, _NONE, *(_allowed(word.text) for word in words)]
    places = _changeable(edged_tags, allowed)
    for change, applies in _compiled_rules():
        at = places.get(change)
        if not at:
            continue
        before, after = change
        for index in [index for index in at if applies(edged_texts, edged_tags, index)]:
            edged_tags[index] = after
            for other in allowed[index]:
                places[before, other].discard(index)
                places[after, other].add(index)
    tags[:] = edged_tags[len(_EDGES) : -len(_EDGES)]


def _changeable(tags: Sequence[str], allowed: Sequence[frozenset[str]]) -> dict[tuple[str, str], set[int]]:
    """Where a tag may become another: most words have one tag only, and most rules no place to look at."""
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, (tag, others) in enumerate(zip(tags, allowed, strict=False)):  # no edge stands behind the words
        for other in others:
            places[tag, other].add(index)
    return places


_NONE: Final = frozenset[str]()


_FINITE_AUXILIARIES: Final = {
    "is": "VBZ", "are": "VBP", "was": "VBD", "were": "VBD", "has": "VBZ", "had": "VBD", "does": "VBZ", "did": "VBD",
}  # fmt: skip
_CONTRACTED: Final = {f"{verb}n't": tag for verb, tag in _FINITE_AUXILIARIES.items()} | dict.fromkeys(
    ("cannot", "can't", "couldn't", "won't", "wouldn't", "shan't", "shouldn't", "mustn't", "mightn't"), "MD"
)


def _fix_contractions(texts: Sequence[str], tags: list[str]) -> None:
    """`I'll go`, `they've gone`, `it's cold`, `she'd left`, `she'd leave`: verbs, cut short."""
    for index, text in enumerate(texts):
        if text[0] == "'" and index:
            tags[index] = _contracted_tag(texts, tags, index)


def _contracted_tag(texts: Sequence[str], tags: Sequence[str], index: int) -> str:
    """The tag of a word that begins with an apostrophe: its own where it is no contraction."""
    text, tag = texts[index], tags[index]
    if text == "'d":
        ahead = next((at for at in range(index + 1, len(tags)) if tags[at] != "RB"), index)
        return "VBD" if tags[ahead] in {"VBN", "VBD"} or texts[ahead] == "been" else "MD"
    if text == "'s" and tags[index - 1] in _BEFORE_IS:
        return "VBZ"
    return _CUT_SHORT.get(text, tag)


_CUT_SHORT: Final = {"'ll": "MD", "'ve": "VBP", "'re": "VBP", "'m": "VBP"}
_BEFORE_IS: Final = frozenset({"PRP", "EX", "WH", "WRB"})
_PERFECT: Final = frozenset({"has", "have", "had", "'ve"})


def _fix_auxiliaries(words: Sequence[Word], texts: list[str], tags: list[str]) -> None:
    """Forms that can only be finite, and the noun right before one; "had" is a participle after "has"."""
    for index, text in enumerate(texts):
        finite = _FINITE_AUXILIARIES.get(text) or _CONTRACTED.get(text)
        if finite and not (text == "had" and _at(texts, index - 1) in _PERFECT):
            tags[index] = finite
        elif tags[index] != "MD":
            continue
        _fix_noun_before(words, texts, tags, index)


_NOUN_OF: Final = {"VB": "NN", "VBP": "NN", "VBZ": "NNS"}


def _fix_noun_before(words: Sequence[Word], texts: list[str], tags: list[str], auxiliary: int) -> None:
    """`the vote was`: what could be a verb right before an auxiliary is its subject, but for "to" and modals."""
    before = auxiliary - 1
    if before < 0 or _at(tags, before - 1) in {"TO", "MD"}:
        return
    noun = _NOUN_OF.get(tags[before])
    if noun and noun in _allowed(words[before].text) and texts[before] not in _FINITE_AUXILIARIES:
        tags[before] = noun


# No verb stands right behind these.
_BEFORE_NOUNS: Final = frozenset({"the", "a", "an", "no", "every", "my", "your", "his", "its", "our", "their"})


def _fix_nouns_behind(texts: Sequence[str], tags: list[str]) -> None:
    """`the ring`, `no handle`, `to president Lima`: a noun, though the lexicon or "to" asks for a verb."""
    for index, tag in enumerate(tags):
        titled = tag == "VB" and _at(tags, index + 1) == "NNP" and texts[index] in _offices()
        if titled or (tag in {"VB", "VBP"} and _at(texts, index - 1) in _BEFORE_NOUNS):
            tags[index] = "NN"


@cache
def _offices() -> frozenset[str]:
    return frozenset(row[0] for row in read_rows("person_roles")) - {"head", "chair", "guard", "judge", "coach"}


def _fix_trailing_cues(words: Sequence[Word], texts: Sequence[str], tags: list[str]) -> None:
    """`It will rain, Lima estimates.` and `It rained, figures from the port show.`: a cue at the end, no noun."""
    for index in range(3, len(words)):
        if tags[index] in {"NN", "NNS"} and _closes(texts, index) and _may_trail(texts[index]):
            subject = _subject_behind_comma(texts, tags, index)
            if subject and tags[index] == "NNS" and tags[index - 1] == "NNP":
                tags[index] = "VBZ"
            elif subject and tags[index] == "NN" and "NNS" in subject and tags[index - 1] in {"NN", "NNS", "NNP"}:
                tags[index] = "VBP"


def _closes(texts: Sequence[str], index: int) -> bool:
    return _at(texts, index + 1) in {_EDGE, ",", "."}


@cache
def _may_trail(text: str) -> bool:
    return any({"Z", "T"} & verb.frames and not verb.particle for verb in find_cue_verbs(text))


def _subject_behind_comma(texts: Sequence[str], tags: Sequence[str], index: int) -> Sequence[str]:
    """The tags of a noun phrase between a comma and a word, where a clause stands before the comma; else none."""
    comma = next((at for at in range(index - 1, max(-1, index - _LONGEST_SUBJECT), -1) if texts[at] == ","), -1)
    between = tags[comma + 1 : index]
    told = comma > 0 and not _FINITE_TAGS.isdisjoint(tags[:comma])
    return between if told and between and not _FINITE_TAGS & set(between) and between[0] in _OPENING else ()


_LONGEST_SUBJECT: Final = 9
_FINITE_TAGS: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING: Final = frozenset({"NNP", "NNS", "DT", "JJ", "PRP$"})


def _first_tags(words: Sequence[Word]) -> list[str]:
    tags: list[str] = []
    begun = False
    for index, word in enumerate(words):
        tag = word.tag if word.tag in _FIXED else _first_tag(word, first=not begun)
        if not begun and tag in {"VB", "VBP"} and index + 1 < len(words) and words[index + 1].text[0].isupper():
            tag = "NNP"  # the first word of a name: Fly Fair
        elif word.text in _APOSTROPHES and tag not in _FIXED and index and words[index - 1].lower.endswith("s"):
            tag = "POS"
        tags.append(tag)
        begun = begun or word.text[0].isalnum()
    return tags


def _first_tag(word: Word, *, first: bool) -> str:
    known = possible_tags(word.lower)
    if is_capitalized(word.text) and word.lower != "i":
        return _tag_capitalized(word, known, first=first)
    return known[0] if known else _guess(word.text)


def _tag_capitalized(word: Word, known: Sequence[str], *, first: bool) -> str:
    """A capital makes a name of all but function words; on a sentence's first word it tells little."""
    if known and (first or (known[0] in _KEPT_CAPITAL and len(word.text) > 1)):
        return known[0]
    guess = _guess(word.text) if first else ""
    return guess if guess in _NO_NAMES else "NNP"


_KEPT_CAPITAL: Final = _CLOSED - {"MD"}
_NO_NAMES: Final = frozenset({"RB", "VBG", "CD", "PU", "SYM", "POS"})


@cache
def _guess(text: str) -> str:
    """The tag of a word that the lexicon lacks: by its shape, else by its ending."""
    shape = next((tag for has_shape, tag in _SHAPES if has_shape(text)), "")
    return shape or _guess_by_ending(text.lower())


def _guess_by_ending(lower: str) -> str:
    for ending, tag in _ENDINGS:
        if lower.endswith(ending) and len(lower) > len(ending) + (1 if ending == "ed" else 2):
            return tag
    return "NN"


def _is_mark(text: str) -> bool:
    return not any(map(str.isalnum, text))


def _is_symbol(text: str) -> bool:
    return _is_mark(text) and text in "$€£¥%"


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_numeral(text: str) -> bool:
    return _has_digit(text) and _NUMERAL.fullmatch(text.lower()) is not None


def _is_possessive(text: str) -> bool:
    return text.lower() in {"'s", "’s"}


def _is_hyphened(text: str) -> bool:
    return "-" in text


_SHAPES: Final[tuple[tuple[Callable[[str], bool], str], ...]] = (
    (_is_symbol, "SYM"),
    (_is_mark, "PU"),
    (_is_numeral, "CD"),
    (_has_digit, "JJ"),
    (_is_possessive, "POS"),
    (_is_hyphened, "JJ"),
)


@cache
def _allowed(text: str) -> frozenset[str]:
    """The tags a rule may give a word: those of the lexicon, or what its spelling leaves open."""
    known = possible_tags(text.lower())
    return _allowed_known(text, known) if known else _allowed_by_shape(text)


def _allowed_known(text: str, known: tuple[str, ...]) -> frozenset[str]:
    """The lexicon's tags, and those that every such word can have: closed doors, to milk, Fly Fair."""
    allowed = set(known)
    if text.lower().endswith("ed") and "VBN" in known:
        allowed.add("JJ")
    elif known == ("NN",):
        allowed.add("VB")
    if is_capitalized(text):
        allowed.add("NNP")
    return frozenset(allowed)


def _allowed_by_shape(text: str) -> frozenset[str]:
    if text in _STOPS:
        return frozenset({"PU"})
    if not text[0].isalpha():
        return frozenset({"PU", "SYM", "POS"} if _is_mark(text) else {"CD", "JJ", "NN", "NNS"})
    if is_capitalized(text):
        return frozenset({"NNP", _guess(text)})
    if _is_hyphened(text):
        return frozenset({"JJ", "NN", "NNS", "RB"})
    return next((tags for ending, tags in _BY_ENDING if text.lower().endswith(ending)), _OPEN)


_Context = Callable[[list[str], list[str], int], bool]
_EDGE: Final = "_"
_EDGES: Final = (_EDGE,) * 3  # no rule looks farther


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if 0 <= index < len(row) else _EDGE


@cache
def _compiled_rules() -> tuple[tuple[tuple[str, str], _Context], ...]:
    """The rules in their order: which tag becomes which, and where."""
    return tuple(((rule.before, rule.after), _compile(rule)) for rule in read_tag_rules())


def _compile(rule: TagRule) -> _Context:
    """The test of a rule's context; the names of the contexts are explained in tag_rules.txt.

    It looks at rows with edges on both sides, so that no place needs to be compared with the ends.
    """
    first, _, second = rule.value.partition(" ")
    if rule.context in _AT:
        offset = _AT[rule.context]
        return lambda _, tags, i: tags[i + offset] == first
    if rule.context in _AMONG:
        low, high = _AMONG[rule.context]
        return lambda _, tags, i: first in tags[i + low : i + high]
    if rule.context in _BOTH:
        one, two = _BOTH[rule.context]
        return lambda _, tags, i: tags[i + one] == first and tags[i + two] == second
    if rule.context in _WORD_AT:
        offset = _WORD_AT[rule.context]
        return lambda texts, _, i: texts[i + offset] == first
    beside = -1 if rule.context == "wp" else 1
    return lambda texts, tags, i: texts[i] == first and tags[i + beside] == second


_AT: Final = {"p": -1, "n": 1, "pp": -2, "nn": 2}
_AMONG: Final = {"p12": (-2, 0), "n12": (1, 3), "p123": (-3, 0)}
_BOTH: Final = {"p2": (-2, -1), "n2": (1, 2), "pn": (-1, 1)}
_WORD_AT: Final = {"pw": -1, "nw": 1, "ppw": -2}
