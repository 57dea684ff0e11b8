"""Whether a text is a copy of another, and if it is not, what keeps it from being one. Pure functions over texts.

A copy has at least four fifths of the shorter text's runs of three words in common, and half of all, speaks of the
same things, and where a sentence reads otherwise, it has the same figures, names, denials and quotations. So a wire
story under another headline, with a byline, a dateline, a paragraph more or some fewer, words put in house style, is a
copy. An article that quotes a paragraph is none, and neither is one of the same make about a ferry instead of a bridge,
nor an updated story: where twelve became fourteen, or "will" became "will not", it is another version, read by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from factcheck.corpus.services.sketching import body_of, runs_of
from factcheck.corpus.services.telling_words import COUNTING, DENYING
from factcheck.engine import Span

OF_SHORTER, OF_BOTH = 0.8, 0.5
SAME_SENTENCE = 0.6  # of the words of two sentences, if one is the other put otherwise
FEWEST_ADDED = 5  # words: less is a byline or a credit
MOST_SENTENCES = 4_000
LONGEST_FILLER = 3  # letters: "the", "its", "who" name no thing
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’')\]]*(?=\s+[^a-z\s])|(?=\n)|$)")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[’']\w+)?")
# "VELMA, March 3 (Agency) - ", "Velma, 3 March – ", "Velma (Agency) — ": where a story begins, and when.
_DAY = r",?\s(?:[A-Z][^\W\d_]{2,10}\.?\s\d{1,2}|\d{1,2}\.?\s[A-Z][^\W\d_]{2,10}\.?)(?:,?\s\d{4})?"
_SOURCE = r"\s{0,3}\([\w .&/-]{2,30}\)"
_PLACE = r"[A-Z][\w.'’-]{1,30}(?:[ ,/]{1,2}[A-Z][\w.'’-]{1,30}){0,3}"
_BEGUN = rf"[A-Z][A-Z .,'’/-]{{1,40}}(?:{_DAY})?(?:{_SOURCE})?|{_PLACE}(?:{_DAY}(?:{_SOURCE})?|{_SOURCE})"
_DATELINE = re.compile(rf"^\s*(?:{_BEGUN})\s{{0,3}}[-–—]+\s+")
_AGENCY = re.compile(rf"^{_SOURCE}\s*[-–—]*\s*")
_QUOTED = re.compile(r"[“\"„«]([^”\"«»“]{2,600})[”\"»]")
_COUNTED: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_GREAT: Final = (
    *("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion"),
    *("dozen", "half"),
)
_NON: Final = re.compile(r"\bnon-", re.IGNORECASE)  # "a non-profit" denies nothing
_NUMBERS: Final = {word: word for word in COUNTING | set(_GREAT)} | {
    word: str(number) for number, word in enumerate(_COUNTED)
}
_NO_FIGURE: Final = frozenset({"one"})  # mostly a pronoun


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence that reads otherwise in a way that matters: how it was, how it is, and what differs."""

    before: str
    after: str
    what: str  # "figures", "denial", "quotation" or "names"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one text is like an earlier one: what it adds, as places in it, and what it says otherwise."""

    shared: float
    added: tuple[Span, ...]
    changed: tuple[Changed, ...]

    @property
    def is_copy(self) -> bool:
        """Whether it says nothing otherwise."""
        return not self.changed


def likeness(old: str, new: str) -> Likeness | None:
    """How a text is like an earlier one; None where they are two texts."""
    a, b = runs_of(old), runs_of(new)
    both = len(a & b)
    if both < OF_SHORTER * min(len(a), len(b)) or both < OF_BOTH * len(a | b):
        return None
    before, after = list(_sentences(old)), list(_sentences(new))
    if max(len(before), len(after)) > MOST_SENTENCES:
        return None
    added, changed = _compared(old, new, before, after)
    return Likeness(both / len(a | b), tuple(added), (*_headline(old, new), *_matter(old, new), *changed))


def _sentences(text: str) -> Iterator[Span]:
    """The sentences of a text's body, where they stand in the text."""
    body = body_of(text)
    start = text.find("\n") + 1 if body != text else 0
    lines = set(body.split("\n"))
    for line in re.finditer(r"[^\n]+", text[start:]):
        if line[0] in lines:
            for found in _SENTENCE.finditer(line[0]):
                if found[0].strip():
                    yield Span(start + line.start() + found.start(), start + line.start() + found.end())


def _compared(old: str, new: str, before: Sequence[Span], after: Sequence[Span]) -> tuple[list[Span], list[Changed]]:
    there = Counter(_words(span.of(old)) for span in before)
    left = [span for span in after if not _take(there, _words(span.of(new)))]
    waiting = [span.of(old) for span in before if _take(there, _words(span.of(old)))]
    added: list[Span] = []
    changed: list[Changed] = []
    for span in left:
        sentence = span.of(new)
        partner = max(waiting, key=lambda one: _overlap(one, sentence), default="")
        if _overlap(partner, sentence) < SAME_SENTENCE:
            added += [span] if len(_words(sentence)) >= FEWEST_ADDED else []
        else:
            waiting.remove(partner)
            what = _differs(partner, sentence)
            changed += [Changed(partner.strip(), sentence.strip(), what)] if what else []
    return added, changed


def _take(left: Counter[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    is_left = left[words] > 0
    left[words] -= is_left
    return is_left


def _headline(old: str, new: str) -> Iterator[Changed]:
    """A headline that has a figure which the earlier text has nowhere."""
    headline = new.split("\n", 1)[0]
    if _figures(headline) - _figures(old):
        yield Changed(old.split("\n", 1)[0], headline, "figures")


def _matter(old: str, new: str) -> Iterator[Changed]:
    """A thing that each text speaks of more than once and the other never: the ferry where the other has the bridge."""
    one, other = Counter(_words(old)), Counter(_words(new))
    here, there = _repeated(one - other, other), _repeated(other - one, one)
    if here and there:
        yield Changed(here, there, "names")


def _repeated(words: Counter[str], but: Counter[str]) -> str:
    found = (
        word for word, times in words.most_common() if times > 1 and word not in but and len(word) > LONGEST_FILLER
    )
    return next(found, "")


def _differs(before: str, after: str) -> str:
    """What two sentences that are nearly the same say otherwise; empty where it is only the wording."""
    if _figures(before) != _figures(after):
        return "figures"
    if _negations(before) != _negations(after):
        return "denial"
    if _quotations(after) != _quotations(before):
        return "quotation"
    return "names" if _names(after) - set(_words(before)) else ""


def _plain(sentence: str) -> str:
    return _AGENCY.sub("", _DATELINE.sub("", sentence))


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(word.replace("’", "'").replace(".", "") for word in _WORD.findall(_plain(sentence).casefold()))


def _figures(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in _words(text):
        if word[0].isdigit():
            found[word.replace(",", "")] += 1
        elif word in _NUMBERS and word not in _NO_FIGURE:
            found[_NUMBERS[word]] += 1
    return found


def _negations(text: str) -> int:
    words = _words(_NON.sub("", text))
    return sum(word in DENYING or word.endswith("n't") or word.startswith("n'") for word in words)


def _quotations(text: str) -> list[tuple[str, ...]]:
    return [_words(quoted) for quoted in _QUOTED.findall(text)]


def _names(text: str) -> set[str]:
    """Words with a capital that do not begin the sentence."""
    words = _WORD.findall(_plain(text))
    return {
        word.casefold().replace("’", "'").replace(".", "") for word in words[1:] if word[0].isupper() and word != "I"
    }


def _overlap(a: str, b: str) -> float:
    one, other = Counter(_words(a)), Counter(_words(b))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
