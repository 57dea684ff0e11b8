"""What a statement says of itself when people mark where it stands: its words, and what the engine reads in them."""

from typing import Any

from factcheck import engine
from factcheck.corpus.models import Anchor, Revision, Statement
from factcheck.engine import Span, SpeakerKind


def marked(
    statement: Statement, span: Span, revision: Revision, was: Anchor | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a statement's row and its anchor say when it stands at a span."""
    article, text = statement.article, revision.text
    speaker = engine.Speaker(str(statement.speaker_id), statement.speaker.name, SpeakerKind(statement.speaker.kind))
    whole = engine.Article(str(article.pk), text, None, article.published_at)
    value = engine.mark(str(statement.pk), whole, span, speaker)
    fields = {
        "content": value.text,
        "content_key": Statement.key_of(value.text),
        "act": value.act.value,
        "quote": value.quote.value,
        "hedged": value.hedged,
        "negated": value.negated,
        "checkworthiness": value.checkworthiness,
    }
    return fields, _anchor_parts(value, span, was)


def with_cue(parts: dict[str, Any], cue: Span | None) -> dict[str, Any]:
    """The parts of an anchor with these words of saying, or with none; what stands around it holds them."""
    if cue is None:
        return {**parts, "cue_start": None, "cue_end": None}
    around = min(parts["passage_start"], cue.start), max(parts["passage_end"], cue.end)
    said = {"cue_start": cue.start, "cue_end": cue.end}
    return {**parts, **said, "passage_start": around[0], "passage_end": around[1]}


def _anchor_parts(value: engine.Statement, span: Span, was: Anchor | None) -> dict[str, Any]:
    """Where the words stand; source, cue and interruptions stay where they stood."""
    names = [f"{name}_{edge}" for name in ("source", "cue", "relay_source", "relay_cue") for edge in ("start", "end")]
    kept = {name: getattr(was, name) if was else None for name in names}
    edges = [edge for edge in kept.values() if edge is not None]
    return {
        "start": span.start,
        "end": span.end,
        "content": value.text,
        "parts": _clipped(was, span),
        **kept,
        "passage_start": min([value.passage.start, *edges]),
        "passage_end": max([value.passage.start + len(value.passage.text), *edges]),
    }


def _clipped(was: Anchor | None, span: Span) -> list[list[int]]:
    """The parts that lie in the span, reaching to its ends."""
    old = [part for part in was.parts if part[0] < span.end and part[1] > span.start] if was else []
    if not old:
        return [[span.start, span.end]]
    parts = [list(part) for part in old]
    parts[0][0], parts[-1][1] = span.start, span.end
    return parts


def marked_together(
    statement: Statement, own: Anchor, other: Anchor, revision: Revision
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a statement that takes over the words of another: both, and no words between them."""
    span = Span(min(own.start, other.start), max(own.end, other.end))
    fields, parts = marked(statement, span, revision, own)
    joined: list[list[int]] = []
    for start, end in sorted([*own.parts, *other.parts]):
        if joined and start <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return fields, {**parts, "parts": joined}
