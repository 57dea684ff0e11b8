"""A statement made ready for comparison, and two of them side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Final

from ..acts import is_hedged
from ..annotations import Act, Quote, Span, SpeakerKind, Statement
from ..lexicon import read_groups, read_words
from ..normalize import Reading, differ, read_content, read_words_of, term, terms_of, word_term
from .rarity import weigh_terms

FACTUAL: Final = frozenset({Act.ASSERTION, Act.ACCUSATION, Act.DENIAL})
# Cues that bind whoever uses them; a plain "would" binds less.
BINDING: Final = frozenset({term("promise"), term("agree"), term("offer"), term("guarantee")})
_LONGEST_CONTENT: Final = 3000
_LONGEST_SETTING: Final = 60
_FEW: Final = 2
_APART: Final = 99
_CONDITIONS: Final = ("if", "unless", "provided that", "on condition that")
_INABILITY: Final = re.compile(r"\bcould(?:n['’]t| not)\b", re.IGNORECASE)
_CLOSE: Final = 700


@dataclass(frozen=True)
class Side:
    """A statement with its reading.

    `rank` counts the statements of its article, without the narrator's; `offsets` maps its text to the article;
    `lower` is the text in small letters with single blanks between and around its words.
    """

    statement: Statement
    text: str
    offsets: tuple[tuple[int, int], ...]
    reading: Reading
    rank: int
    cue_terms: frozenset[str]
    predicate: frozenset[str]
    lower: str
    conditional: bool

    def span(self, start: int, end: int) -> Span:
        """The article's span of the content's own offsets [start, end)."""
        base, at = next(pair for pair in reversed(self.offsets) if pair[0] <= start)
        return Span(at + start - base, at + max(end, start + 1) - base)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of the content."""
        return self.reading.terms

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of proper names in the content, in small letters."""
        return frozenset(word.lower for word in self.reading.words if word.tag == "NNP")

    @cached_property
    def hedged(self) -> bool:
        """Whether the content, or its cue, leaves the speaker room; "could not" leaves none."""
        cue = self.statement.cue_text
        able = _INABILITY.sub(" ", self.text)
        if able != self.text:
            return is_hedged(able, cue)
        return self.statement.hedged or is_hedged(self.text, cue)

    @cached_property
    def firm(self) -> bool:
        """Whether the content is put without hedges and conditions."""
        return not self.statement.hedged and not self.conditional

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the content, in small letters."""
        return tuple(word.lower for word in self.reading.words)

    @cached_property
    def negative(self) -> bool:
        """Whether the content denies something, once."""
        return self.reading.polarity.negative

    @cached_property
    def unsaid(self) -> bool:
        """Whether the cue tells what somebody did not say: "did not mention", "did not deny"."""
        return not {"not", "never"}.isdisjoint(self.statement.cue_text.lower().split())

    @cached_property
    def subject(self) -> frozenset[str]:
        """The terms before the first verb."""
        return self.terms - self.predicate

    @cached_property
    def scene(self) -> frozenset[str]:
        """The terms of the sentences around the content, without its source and cue."""
        statement = self.statement
        text, base = statement.passage.text[:_LONGEST_CONTENT], statement.passage.start
        spans = [*statement.parts, *(span for span in (statement.source, statement.cue) if span is not None)]
        for span in sorted(spans, reverse=True):
            text = f"{text[: span.start - base]} {text[span.end - base :]}"
        return terms_of(read_words_of(text))

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """The first words of the passage and of what comes between source, cue and content, in small letters."""
        passage, start = self.statement.passage, self.statement.content.start
        before = passage.text[: max(0, start - passage.start)].lower().split()
        return tuple(word.strip(',.;:“”"') for word in before)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The terms of its verbs."""
        return frozenset(word_term(word) for word in self.reading.words if word.tag.startswith("V")) - {""}


def prepare_sides(statements: Sequence[Statement]) -> list[Side]:
    """The sides of statements in reading order: by time where known, then by article, then by position."""
    ranks = _ranks(statements)
    return [_prepare(statement, rank) for statement, rank in sorted(ranks, key=lambda row: _reading_order(row[0]))]


def _ranks(statements: Sequence[Statement]) -> list[tuple[Statement, int]]:
    """Each statement with its place in its article, whenever it was said."""
    counts: Counter[str] = Counter()
    ranks: list[tuple[Statement, int]] = []
    for statement in sorted(statements, key=_place):
        ranks.append((statement, counts[statement.article_id]))
        counts[statement.article_id] += statement.speaker.kind is not SpeakerKind.NARRATOR
    return ranks


def _place(statement: Statement) -> tuple[str, int, int, str]:
    span = statement.content
    return (statement.article_id, span.start, span.end, statement.id)


def _reading_order(statement: Statement) -> tuple[bool, str, tuple[str, int, int, str]]:
    said = statement.said_at.astimezone(UTC).isoformat() if statement.said_at else ""
    return (not said, said, _place(statement))


def _prepare(statement: Statement, rank: int) -> Side:
    text, offsets = _join_parts(statement)
    reading = read_content(text, _days_told_from(statement), _setting(statement))
    cue = frozenset(term(word) for word in statement.cue_text.lower().split() if word not in read_words("stopwords"))
    lower = f" {' '.join(word.lower for word in reading.words)} "
    conditional = any(f" {phrase} " in lower for phrase in _CONDITIONS)
    return Side(statement, text, offsets, reading, rank, cue, _predicate(reading), lower, conditional)


def _days_told_from(statement: Statement) -> datetime | None:
    """When "Tuesday" is told from: a quotation from when it was said, reported speech from when it is reported."""
    return statement.said_at if statement.quote is Quote.DIRECT else statement.published


def _predicate(reading: Reading) -> frozenset[str]:
    """The terms from the first verb on: what is said of the subject."""
    words = reading.words
    first = next((index for index, word in enumerate(words) if word.tag in _VERBAL), 0)
    return terms_of(words[first:])


_VERBAL: Final = frozenset({"VBD", "VBZ", "VBP", "MD", "VBG", "VB"})


def _join_parts(statement: Statement) -> tuple[str, tuple[tuple[int, int], ...]]:
    text = ""
    offsets: list[tuple[int, int]] = []
    for part in statement.parts:
        piece = statement.passage.slice(part)[:_LONGEST_CONTENT]
        if text:
            text += " "
        offsets.append((len(text), part.start))
        text += piece
        if len(text) > _LONGEST_CONTENT:
            break
    return text, tuple(offsets)


def _setting(statement: Statement) -> str:
    """What stands before the source and the content in the passage: "In May, he said, ..."."""
    starts = [statement.content.start, *(span.start for span in (statement.source, statement.cue) if span is not None)]
    before = statement.passage.text[: max(0, min(starts) - statement.passage.start)]
    return before if len(before) <= _LONGEST_SETTING else ""


@cache
def time_terms() -> frozenset[str]:
    """The terms of words for times."""
    words = frozenset(word for group in read_groups("time_words").values() for word in group)
    return words | {term(word) for word in words}


@dataclass(frozen=True)
class Pair:
    """Two sides in reading order, and what they share."""

    a: Side
    b: Side

    @cached_property
    def shared(self) -> frozenset[str]:
        """The terms both contents have."""
        return self.a.terms & self.b.terms

    def share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """The weight of some terms against that of those they are part of."""
        return weigh_terms(part) / (weigh_terms(whole) or 1.0)

    @cached_property
    def acts(self) -> frozenset[Act]:
        """The acts of both sides."""
        return frozenset({self.a.statement.act, self.b.statement.act})

    @property
    def firm(self) -> bool:
        """Whether both are put without hedges and conditions."""
        return self.a.firm and self.b.firm

    @property
    def goes_on(self) -> bool:
        """Whether one mouth goes on: the same side, and no later."""
        return self.same_side and not self.later

    @cached_property
    def overlap(self) -> float:
        """The weight of what is shared against the weight of the poorer side, 0 to 1."""
        poorer = min(weigh_terms(self.a.terms), weigh_terms(self.b.terms))
        return weigh_terms(self.shared) / poorer if poorer else 0.0

    @cached_property
    def same_article(self) -> bool:
        """Whether both stand in one article."""
        return self.a.statement.article_id == self.b.statement.article_id

    @cached_property
    def distance(self) -> int:
        """How many statements apart they stand in their article; a large number across articles."""
        return max(1, abs(self.b.rank - self.a.rank)) if self.same_article else _APART

    @cached_property
    def near(self) -> bool:
        """Whether they stand close together: at most two statements and a paragraph or two apart."""
        first, second = sorted((self.a.statement.content, self.b.statement.content))
        return self.same_article and self.distance <= _FEW and second.start - first.end <= _CLOSE

    @cached_property
    def later(self) -> bool:
        """Whether the second side was said after the first; of a day alone not within that day."""
        a, b = self.a.statement, self.b.statement
        if a.said_at is None or b.said_at is None:
            return False
        alone = a.said_on is not None or b.said_on is not None
        return a.said_at < b.said_at and not (alone and a.said_day == b.said_day)

    @cached_property
    def same_side(self) -> bool:
        """Whether one speaker is committed to both, and nobody else's word stands between."""
        return same_speaker(self.a.statement, self.b.statement)

    @cached_property
    def one_wording(self) -> bool:
        """Whether both are the same words of an article, read twice; not where the outer one denies the inner one."""
        a, b = self.a.statement, self.b.statement
        if not self.same_article or not a.content.overlaps(b.content):
            return False
        outer = max(a, b, key=lambda statement: statement.content.end - statement.content.start)
        return outer.act is not Act.DENIAL or self.narrated or same_name(a, b)

    @property
    def narrated(self) -> bool:
        """Whether one side is the article's own voice."""
        return SpeakerKind.NARRATOR in {self.a.statement.speaker.kind, self.b.statement.speaker.kind}

    @property
    def told_twice(self) -> bool:
        """Whether both sides are the article's own voice."""
        return self.a.statement.speaker.kind is self.b.statement.speaker.kind is SpeakerKind.NARRATOR

    @cached_property
    def same_moment(self) -> bool:
        """Whether they name one day, month, year or hour."""
        a, b = self.a.reading.times, self.b.reading.times
        return any(a.values(grain) & b.values(grain) for grain in ("day", "month", "year", "clock", "season"))

    @cached_property
    def other_moment(self) -> bool:
        """Whether they speak of different times."""
        return differ(self.a.reading.times, self.b.reading.times)


def same_speaker(one: Statement, other: Statement) -> bool:
    """Whether two statements come from one mouth: the same speaker, by the same relay or by none."""
    if SpeakerKind.NARRATOR in {one.speaker.kind, other.speaker.kind}:
        return one.speaker.kind is other.speaker.kind
    if not same_name(one, other):
        return False
    relays = [statement.reported_by.speaker.name if statement.reported_by else "" for statement in (one, other)]
    return relays[0] == relays[1]


def same_name(one: Statement, other: Statement) -> bool:
    """Whether one speaker is committed to both, whoever relays them."""
    first, second = one.speaker, other.speaker
    if first.id == second.id and first.name == second.name:
        return True
    if first.kind is not second.kind or first.kind is SpeakerKind.UNKNOWN:
        return False
    names = first.name.casefold().split(), second.name.casefold().split()
    return all(names) and (_same_person(*names) if first.kind is SpeakerKind.PERSON else _same_body(*names))


def _same_body(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name holds the other's words: "the river board", "the board"."""
    return set(one) <= set(other) or set(other) <= set(one)


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the surname is one, and the given name where both have it."""
    return one[-1] == other[-1] and (len(one) == 1 or len(other) == 1 or one[0] == other[0])
