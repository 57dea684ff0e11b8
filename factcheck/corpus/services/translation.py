"""Between the engine's values and our rows, both ways."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from factcheck import engine
from factcheck.corpus.errors import SpanMismatch
from factcheck.corpus.models import Anchor, Article, Revision, Speaker, Statement
from factcheck.corpus.services.speakers import end_of

LARGEST_TEXT_SHOWN = 60


def statement_fields(found: engine.Statement, speakers: Mapping[str, Speaker]) -> dict[str, Any]:
    """What a statement's row takes over from a detection."""
    named = speakers[found.speaker.id]
    relay = speakers[found.reported_by.speaker.id] if found.reported_by else None
    return {
        "speaker": end_of(named),
        "speaker_before": named if named.merged_into else None,
        "reported_by": end_of(relay) if relay else None,
        "relay_before": relay if relay and relay.merged_into else None,
        "content": found.text,
        "content_key": Statement.key_of(found.text),
        "act": found.act.value,
        "quote": found.quote.value,
        "hedged": found.hedged,
        "negated": found.negated,
        "checkworthiness": found.checkworthiness,
        "confidence": found.confidence,
        "gone_at": None,
    }


def anchor_for(statement: Statement, found: engine.Statement, revision: Revision) -> Anchor:
    """The row that says where the statement stands in the revision.

    Raises:
        SpanMismatch: the revision's words from start to end are not the content.
    """
    anchor = Anchor(
        statement=statement,
        revision=revision,
        start=found.content.start,
        end=found.content.end,
        content=found.text,
        parts=[[part.start, part.end] for part in found.parts],
        passage_start=found.passage.start,
        passage_end=found.passage.start + len(found.passage.text),
        **_ends("source", found.source),
        **_ends("cue", found.cue),
        **_ends("relay_source", found.reported_by.source if found.reported_by else None),
        **_ends("relay_cue", found.reported_by.cue if found.reported_by else None),
    )
    check_anchor(anchor, revision.text)
    return anchor


def check_anchor(anchor: Anchor, text: str) -> None:
    """Check that the words stand where the anchor says.

    Raises:
        SpanMismatch: they do not.
    """
    there = text[anchor.start : anchor.end]
    if there != anchor.content:
        shown = there[:LARGEST_TEXT_SHOWN]
        raise SpanMismatch(f"At {anchor.start}-{anchor.end} the revision reads “{shown}”, not the statement's words.")


def detection_body(found: engine.Statement) -> dict[str, Any]:
    """A detection as JSON, as the engine said it."""
    body = asdict(found)
    del body["said_on"]  # no machine knows it
    body["published"] = found.published.isoformat() if found.published else None
    return body


def engine_value(anchor: Anchor, text: str) -> engine.Statement:
    """A stored statement as the engine reads it; `anchor.statement` comes with its people and article."""
    statement = anchor.statement
    return engine.Statement(
        id=str(statement.pk),
        article_id=_in_order_of_coming(statement.article),
        passage=engine.Passage(anchor.passage_start, text[anchor.passage_start : anchor.passage_end]),
        content=engine.Span(anchor.start, anchor.end),
        parts=tuple(engine.Span(start, end) for start, end in anchor.parts),
        source=_span(anchor.source_start, anchor.source_end),
        cue=_span(anchor.cue_start, anchor.cue_end),
        speaker=_speaker_value(statement.speaker),
        reported_by=_relay_value(anchor),
        act=engine.Act(statement.act),
        quote=engine.Quote(statement.quote),
        hedged=statement.hedged,
        negated=statement.negated,
        checkworthiness=statement.checkworthiness,
        confidence=statement.confidence,
        published=statement.article.published_at,
        said_on=statement.said_on,
    )


def _in_order_of_coming(article: Article) -> str:
    """An id that sorts as articles came in: of two published at the same time the engine takes the lesser for earlier.

    Our own ids are drawn by whoever adds the article, so with several at once their order is anybody's.
    """
    return f"{article.created_seq or 0:020}"


def _speaker_value(speaker: Speaker) -> engine.Speaker:
    return engine.Speaker(str(speaker.pk), speaker.name, engine.SpeakerKind(speaker.kind))


def _relay_value(anchor: Anchor) -> engine.Relay | None:
    relay = anchor.statement.reported_by
    if relay is None:
        return None
    source = _span(anchor.relay_source_start, anchor.relay_source_end)
    return engine.Relay(_speaker_value(relay), source, _span(anchor.relay_cue_start, anchor.relay_cue_end))


def _ends(name: str, span: engine.Span | None) -> dict[str, int | None]:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _span(start: int | None, end: int | None) -> engine.Span | None:
    return None if start is None or end is None else engine.Span(start, end)
