"""The nouns of the engine on one page: frozen values, no behaviour beyond what they are.

Every offset counts Unicode code points of the article's text, `[start, end)`. Line ends count as
they stand in the text; a byte order mark counts as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Final

# The models that come with the engine: what finds statements, what reads two of them together, what a text means.
SHIPPED: Final = Path(__file__).parent / "weights" / "reader"
SHIPPED_PAIRS: Final = Path(__file__).parent / "weights" / "pairs"
SHIPPED_SENTENCES: Final = Path(__file__).parent / "weights" / "sentences"
# What a setting says where no model shall read.
RULES_ALONE: Final = "rules"
# The languages that the engine reads, by their two letters.
LANGUAGES: Final = frozenset({"en"})


class SpeakerKind(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    NARRATOR = "narrator"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """What a speaker does with the content, after speech act theory (Searle 1976), cut to what desks need."""

    ASSERTION = "assertion"
    DENIAL = "denial"
    PLEDGE = "pledge"
    PREDICTION = "prediction"
    ACCUSATION = "accusation"
    DEMAND = "demand"
    REFUSAL = "refusal"
    OPINION = "opinion"
    QUESTION = "question"


class Quote(StrEnum):
    """How much of the content stands in quotation marks: all, none, part; `none` for the narrator."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class ConflictKind(StrEnum):
    """Why two statements cannot both hold."""

    DENIAL = "denial"
    CONTRADICTION = "contradiction"
    FIGURE = "figure"
    BROKEN_PLEDGE = "broken_pledge"
    POSITION = "position"
    FORECAST = "forecast"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, `[start, end)` in code points; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def of(self, text: str) -> str:
        """The words the span covers in the article's text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text to analyze: its first line is the headline. `published` is aware or None."""

    id: str
    text: str
    outlet: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The whole sentences that hold a statement's source, cue and content, and where they start in the article.

    A statement carries its passage so that pairing works on stored statements without their articles.
    """

    start: int
    text: str

    def slice(self, span: Span | None) -> str:
        """The words of a span of the article that lies inside the passage; empty for None."""
        return "" if span is None else self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source refers to; `id` is unique in one analysis, for kind unknown `name` is the word as it stands."""

    id: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relay:
    """Who passes another's words on, and the words that say so."""

    speaker: Speaker
    source: Span | None
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution found in an article (PARC 3.0 and PolNeAR: source, cue, content).

    `content` is the smallest span that holds all `parts`; parts are more than one where the cue interrupts a
    quotation or it runs over paragraphs. `source` and `cue` are the words that introduce the content, as written;
    `speaker` is who is committed to it. `said_on` is the day on which it was said, where people know that it is not
    the day on which its article appeared.
    """

    id: str
    article_id: str
    passage: Passage
    content: Span
    parts: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    speaker: Speaker
    reported_by: Relay | None
    act: Act
    quote: Quote
    hedged: bool
    negated: bool
    checkworthiness: float
    confidence: float
    published: datetime | None = None
    said_on: date | None = None

    @property
    def said_at(self) -> datetime | None:
        """When it was said, as far as is known; of a day alone noon, which is that day nearly everywhere."""
        return datetime.combine(self.said_on, time(12), UTC) if self.said_on else self.published

    @property
    def said_day(self) -> date | None:
        """The day on which it was said, as far as is known."""
        return self.said_on or (self.published.date() if self.published else None)

    @property
    def text(self) -> str:
        """The words of the content, as they stand in the article."""
        return self.passage.slice(self.content)

    @property
    def cue_text(self) -> str:
        """The words of the cue; empty where there is none."""
        return self.passage.slice(self.cue)


@dataclass(frozen=True, slots=True)
class ConflictPair:
    """Two statements that cannot both hold; `a` stands before `b` in reading order.

    `score` is between 0 and 1. `signals` are the raw figures it was computed from, so that another calibration can
    score them again. `marks_a` and `marks_b` are the words that clash, as spans of each side's article.
    """

    a: str
    b: str
    kind: ConflictKind
    score: float
    why: str
    signals: Mapping[str, float] = field(default_factory=dict)
    marks_a: tuple[Span, ...] = ()
    marks_b: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says: its speakers, its statements in reading order, and the digests of the models that read."""

    article_id: str
    speakers: tuple[Speaker, ...]
    statements: tuple[Statement, ...]
    models: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a corpus of articles says, and which of its statements conflict, best first."""

    version: str
    models: Mapping[str, str]
    speakers: tuple[Speaker, ...]
    extractions: tuple[Extraction, ...]
    conflicts: tuple[ConflictPair, ...]


@dataclass(frozen=True, slots=True)
class Models:
    """Which models read: each by its folder, None for rules alone; and on how many threads, 0 for every core."""

    attribution: Path | None = SHIPPED
    pair: Path | None = SHIPPED_PAIRS
    threads: int = 0
    sentence: Path | None = SHIPPED_SENTENCES

    @classmethod
    def chosen(cls, attribution: str = "", pair: str = "", threads: int = 0) -> Models:
        """The models of two settings: a folder, the word `rules` for none, or nothing said for the engine's own."""
        return cls(_chosen(attribution, SHIPPED), _chosen(pair, SHIPPED_PAIRS), threads)


def _chosen(choice: str, shipped: Path) -> Path | None:
    if choice == RULES_ALONE:
        return None
    return Path(choice).expanduser().absolute() if choice else shipped


@dataclass(frozen=True, slots=True)
class Encoding:
    """What an index over statements needs to find those on the same matter.

    `terms` are the content's stems, names and figures; `context` those that stand around it alone.
    """

    terms: frozenset[str]
    context: frozenset[str] = frozenset()
