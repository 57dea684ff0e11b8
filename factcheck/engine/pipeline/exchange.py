"""The JSON of the command: an analysis as plain values, and statements read back from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..annotations import (
    Act,
    Analysis,
    Article,
    ConflictPair,
    Quote,
    Relay,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from ..segment import Document, segment_text
from .extraction import cut_passage

Json = dict[str, Any]


def analysis_document(analysis: Analysis) -> Json:
    """An analysis as the command prints it; offsets count code points of each article's text."""
    return {
        "engine": {"version": analysis.version, "models": dict(analysis.models)},
        "speakers": [_speaker_row(speaker) for speaker in analysis.speakers],
        "articles": [
            {"id": extraction.article_id, "statements": [statement_row(row) for row in extraction.statements]}
            for extraction in analysis.extractions
        ],
        "conflicts": [_conflict_row(conflict) for conflict in analysis.conflicts],
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _speaker_row(speaker: Speaker) -> Json:
    return {"id": speaker.id, "name": speaker.name, "aliases": list(speaker.aliases), "kind": speaker.kind.value}


def _named(speaker: Speaker) -> Json:
    return {"id": speaker.id, "name": speaker.name, "kind": speaker.kind.value}


def _relay_row(relay: Relay | None) -> Json | None:
    return None if relay is None else {**_named(relay.speaker), "source": _pair(relay.source), "cue": _pair(relay.cue)}


def statement_row(statement: Statement) -> Json:
    """A statement as the command prints it."""
    return {
        "id": statement.id,
        "content": _pair(statement.content),
        "content_spans": [_pair(part) for part in statement.parts],
        "cue": _pair(statement.cue),
        "source": _pair(statement.source),
        "speaker": _named(statement.speaker),
        "reported_by": _relay_row(statement.reported_by),
        "act": statement.act.value,
        "quote": statement.quote.value,
        "hedged": statement.hedged,
        "negated": statement.negated,
        "checkworthiness": statement.checkworthiness,
        "confidence": statement.confidence,
    }


def _conflict_row(conflict: ConflictPair) -> Json:
    marks = {"a": [_pair(span) for span in conflict.marks_a], "b": [_pair(span) for span in conflict.marks_b]}
    return {
        "a": conflict.a,
        "b": conflict.b,
        "kind": conflict.kind.value,
        "score": conflict.score,
        "signals": {**dict(sorted(conflict.signals.items())), "marks": marks},
        "why": conflict.why,
    }


def read_statements(document: Mapping[str, Any], articles: Sequence[Article]) -> tuple[Statement, ...]:
    """The statements of the command's own JSON, in the articles' order.

    Raises:
        ValueError: the document does not have the shape the command writes, or names an article that was not given.
    """
    texts = {article.id: article for article in articles}
    statements: list[Statement] = []
    try:
        for entry in document["articles"]:
            article = texts[entry["id"]]
            parsed = segment_text(article.text)
            statements.extend(_read_statement(row, article, parsed) for row in entry["statements"])
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise ValueError(f"no statements of these articles ({type(error).__name__}: {error})") from error
    return tuple(statements)


def _read_span(value: Any, text: str) -> Span | None:
    if value is None:
        return None
    start, end = value
    if end > len(text):
        raise ValueError(f"a span ends at {end}, behind the text")
    return Span(start, end)


def _read_statement(row: Mapping[str, Any], article: Article, document: Document) -> Statement:
    text = article.text
    parts = tuple(
        span for value in row.get("content_spans") or [row["content"]] if (span := _read_span(value, text)) is not None
    )
    content = _read_span(row["content"], text) or parts[0]
    source, cue = _read_span(row.get("source"), text), _read_span(row.get("cue"), text)
    relay = _read_relay(row.get("reported_by"), text)
    spans = [content, source, cue, relay.source if relay else None, relay.cue if relay else None]
    return Statement(
        id=row["id"],
        article_id=article.id,
        passage=cut_passage(document, [span for span in spans if span is not None]),
        content=content,
        parts=parts,
        source=source,
        cue=cue,
        speaker=_read_speaker(row["speaker"]),
        reported_by=relay,
        act=Act(row["act"]),
        quote=Quote(row["quote"]),
        hedged=bool(row.get("hedged", False)),
        negated=bool(row.get("negated", False)),
        checkworthiness=float(row.get("checkworthiness", 0.0)),
        confidence=float(row.get("confidence", 1.0)),
        published=article.published,
    )


def _read_speaker(row: Mapping[str, Any]) -> Speaker:
    return Speaker(row["id"], row["name"], SpeakerKind(row["kind"]), tuple(row.get("aliases", ())))


def _read_relay(row: Mapping[str, Any] | None, text: str) -> Relay | None:
    if row is None:
        return None
    return Relay(_read_speaker(row), _read_span(row.get("source"), text), _read_span(row.get("cue"), text))
