"""How much of an event the engine found: statements, who made them, through whom, what act; and the conflicts.

A statement with several parts counts once a part. Found and marked statements of an article are matched by the words
they share, the greatest overlap first, from a half on, each at most once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..annotations import Span
from .marks import NARRATOR, Event, Mark, read_event
from .names import MarkedSpeaker
from .overlaps import HALF, Words, overlap, words_of
from .pairs import PairScore, score_pairs
from .tallies import Json, Summed, Tally, rounded, share

__all__ = ["Event", "EventScore", "Part", "read_event", "score_event"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a found statement; `row` is the statement in the command's JSON."""

    id: str
    article: str
    words: Words
    row: Mapping[str, Any]

    @property
    def speaker(self) -> Mapping[str, Any]:
        """Who is committed to it; empty where nobody is given."""
        return self.row.get("speaker") or {}

    @property
    def relay(self) -> str | None:
        """The name of who passes it on."""
        name: str | None = (self.row.get("reported_by") or {}).get("name")
        return name


@dataclass(frozen=True, slots=True)
class StatementScore(Summed):
    """Statements found, and of the found ones how many have the marked speaker, relay, act and kind of quotation.

    Hedges are counted among the found statements for which somebody marked whether they are hedged, `judged` in number.
    """

    statements: Tally = field(default_factory=Tally)
    provenance: Tally = field(default_factory=Tally)
    speakers: int = 0
    acts: int = 0
    quotes: int = 0
    hedges: Tally = field(default_factory=Tally)
    judged: int = 0


@dataclass(frozen=True, slots=True)
class EventScore(Summed):
    """What was found right, wrong and not at all in one event or, added up, in many."""

    events: int = 0
    read: StatementScore = field(default_factory=StatementScore)
    paired: PairScore = field(default_factory=PairScore)

    def figures(self) -> Json:
        """The figures as they are published: shares to three digits."""
        read, paired, matched = self.read, self.paired, self.read.statements.right
        hedges = {"hedges": {**read.hedges.figures(), "n_gold": read.hedges.marked}} if read.judged else {}
        return {
            "events": self.events,
            "statements": {**read.statements.figures(), "n_gold": read.statements.marked},
            "speaker_accuracy": rounded(share(read.speakers, matched)),
            "provenance": {**read.provenance.figures(), "n_gold": read.provenance.marked},
            "act_accuracy": rounded(share(read.acts, matched)),
            "quote_accuracy": rounded(share(read.quotes, matched)),
            **hedges,
            **paired.figures(),
        }


def score_event(event: Event, analysis: Json) -> EventScore:
    """Compare an analysis of the event's articles, as the command's JSON, with what is marked.

    Raises:
        ValueError: a span lies outside its article.
        KeyError: the analysis names an article or a statement that is not there.
    """
    parts = {part.id: part for part in _parts(event, analysis)}
    matches = match_parts(event, parts)
    said = sum(_is_said(part) for part in parts.values())
    told = sum(mark.speaker != NARRATOR for mark in event.marks.values())
    statements = Tally(len(matches), said - len(matches), told - len(matches))
    read = sum((_compare(event, parts[found], event.marks[mark]) for found, mark in matches.items()), StatementScore())
    words = {part.id: (part.article, part.words) for part in parts.values()}
    return EventScore(1, read + StatementScore(statements), score_pairs(event, words, analysis))


def _parts(event: Event, analysis: Json) -> Iterator[Part]:
    for article in analysis["articles"]:
        text = event.texts[article["id"]]
        for row in article["statements"]:
            for number, (start, end) in enumerate(row.get("content_spans") or [row["content"]]):
                if not 0 <= start < end <= len(text):
                    raise ValueError(f"a span out of range in {article['id']}: {start}-{end}")
                yield Part(f"{row['id']}#{number}", article["id"], words_of(text, Span(start, end)), row)


def match_parts(event: Event, parts: Mapping[str, Part]) -> dict[str, str]:
    """Which marked statement each found part is, ids to ids; the narrator's stay out on both sides."""
    near = [
        (overlap(part.words, mark.words), part.id, mark.id)
        for part in parts.values()
        for mark in event.marks.values()
        if part.article == mark.article and _is_said(part) and mark.speaker != NARRATOR
    ]
    matches: dict[str, str] = {}
    taken: set[str] = set()
    for shared, part_id, mark_id in sorted(near, reverse=True):
        if shared >= HALF and part_id not in matches and mark_id not in taken:
            matches[part_id] = mark_id
            taken.add(mark_id)
    return matches


def _is_said(part: Part) -> bool:
    return part.speaker.get("kind") != NARRATOR


def _compare(event: Event, part: Part, mark: Mark) -> StatementScore:
    return StatementScore(
        provenance=_compare_relays(part.relay, event.speakers.get(mark.reported_by or "")),
        speakers=_is_same(part.speaker.get("name"), event.speakers.get(mark.speaker)),
        acts=part.row.get("act") == mark.act,
        quotes=part.row.get("quote") == mark.quote,
        hedges=_compare_hedges(bool(part.row.get("hedged")), mark.hedged),
        judged=mark.hedged is not None,
    )


def _is_same(name: str | None, speaker: MarkedSpeaker | None) -> bool:
    if name is None or speaker is None:
        return name is None and speaker is None
    return speaker.is_named(name)


def _compare_hedges(found: bool, marked: bool | None) -> Tally:  # noqa: FBT001 -- one beside the other
    if marked is None:
        return Tally()
    return Tally(right=found and marked, wrong=found and not marked, missed=marked and not found)


def _compare_relays(name: str | None, relay: MarkedSpeaker | None) -> Tally:
    if name and relay and relay.is_named(name):
        return Tally(right=1)
    return Tally(wrong=bool(name), missed=bool(relay))
