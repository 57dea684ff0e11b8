from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..annotations import Span
from ..errors import UnreadableGold
from .names import MarkedSpeaker
from .overlaps import Words, words_of
from .tallies import Json

NARRATOR: Final = "narrator"

Sides = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement as a person marked it; `speaker` and `reported_by` are ids, `words` the offsets of its words.

    `hedged` is None where nobody marked whether it is.
    """

    id: str
    article: str
    content: Span
    words: Words
    source: str
    cue: str
    speaker: str
    reported_by: str | None
    act: str
    quote: str
    hedged: bool | None


@dataclass(frozen=True, slots=True)
class Event:
    """A few articles on one happening, with everything marked in them. `texts` are in the order of their names."""

    name: str
    texts: Mapping[str, str]
    speakers: Mapping[str, MarkedSpeaker]
    marks: Mapping[str, Mark]
    conflicts: Mapping[Sides, str]
    lookalikes: frozenset[Sides]


def read_event(folder: Path) -> Event:
    """An event folder: `articles/*.txt` and `gold.json`.

    Raises:
        UnreadableGold: a file is missing, not UTF-8 or not as it should be; words do not stand in their article.
    """
    try:
        texts = {path.stem: _read(path) for path in sorted((folder / "articles").glob("[!.]*.txt"))}
        return _event(folder.name, texts, json.loads(_read(folder / "gold.json")))
    except OSError as error:
        raise UnreadableGold(f"{error.filename}: cannot be read ({error.strerror})") from error
    except KeyError as error:
        raise UnreadableGold(f"{folder}: gold.json lacks {error}, or it is no article of the folder") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableGold(f"{folder}: {error}") from error


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # not as text: line ends count


def _event(name: str, texts: Mapping[str, str], gold: Json) -> Event:
    marks = (_mark(row, texts[row["article"]]) for row in gold["statements"])
    return Event(
        name=name,
        texts=texts,
        speakers={row["id"]: _speaker(row) for row in gold["speakers"]},
        marks={mark.id: mark for mark in marks},
        conflicts={frozenset((row["a"], row["b"])): row["kind"] for row in gold["conflicts"]},
        lookalikes=frozenset(frozenset((row["a"], row["b"])) for row in gold["not_conflicts"]),
    )


def _speaker(row: Json) -> MarkedSpeaker:
    return MarkedSpeaker.called(row["id"], row["name"], row.get("kind", ""), set(row.get("aliases", ())))


def _mark(row: Json, text: str) -> Mark:
    content = _find(row["content"], row.get("occurrence", 1), text, row["id"])
    return Mark(
        id=row["id"],
        article=row["article"],
        content=content,
        words=words_of(text, content),
        source=row["source"],
        cue=row["cue"],
        speaker=row["speaker"],
        reported_by=row.get("reported_by"),
        act=row["act"],
        quote=row["quote"],
        hedged=row.get("hedged"),
    )


def _find(words: str, occurrence: int, text: str, mark_id: str) -> Span:
    start = -1
    for _ in range(occurrence):
        start = text.find(words, start + 1)
        if start < 0 or not words:
            raise ValueError(f"the words of {mark_id} do not stand in their article")
    return Span(start, start + len(words))


def given_statements(event: Event) -> Json:
    """The marked statements as the command's JSON, without conflicts: what `--statements` takes.

    Raises:
        UnreadableGold: a source or a cue does not stand in its article.
    """
    rows: dict[str, list[Json]] = {article: [] for article in event.texts}
    for mark in event.marks.values():
        rows[mark.article].append(_given(mark, event))
    return {"articles": [{"id": article, "statements": given} for article, given in rows.items()]}


def _given(mark: Mark, event: Event) -> Json:
    content = [mark.content.start, mark.content.end]
    return {
        "id": mark.id,
        "content": content,
        "content_spans": [content],
        "cue": _nearest(mark.cue, mark, event),
        "source": _nearest(mark.source, mark, event),
        "speaker": _named(mark.speaker, event),
        "reported_by": _named(mark.reported_by, event) if mark.reported_by else None,
        "act": mark.act,
        "quote": mark.quote,
        "hedged": False,
        "negated": False,
        "checkworthiness": 0.5,
        "confidence": 1.0,
    }


def _named(speaker_id: str, event: Event) -> Json:
    if speaker_id == NARRATOR:
        return {"id": NARRATOR, "name": NARRATOR, "kind": NARRATOR}
    speaker = event.speakers.get(speaker_id)
    if speaker is None:
        raise UnreadableGold(f"{event.name}: there is no speaker {speaker_id}")
    return {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}


def _nearest(words: str, mark: Mark, event: Event) -> list[int] | None:
    """Where these words stand nearest to the content's start; None where there are none."""
    if not words:
        return None
    starts = list(_starts(words, event.texts[mark.article]))
    if not starts:
        raise UnreadableGold(f"{event.name}: “{words}” of {mark.id} does not stand in its article")
    start = min(starts, key=lambda at: abs(at - mark.content.start))
    return [start, start + len(words)]


def _starts(words: str, text: str) -> list[int]:
    """Where these words begin, one after the other without overlap."""
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + len(words))
    return starts
