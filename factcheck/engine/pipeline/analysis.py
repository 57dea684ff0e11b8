from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from .. import conflict
from ..annotations import (
    Analysis,
    Article,
    ConflictPair,
    Encoding,
    Extraction,
    Models,
    Relay,
    Speaker,
    SpeakerKind,
    Statement,
)
from ..retrieval import encode_statement
from .building import VERSION, find_digests
from .extraction import Progress, extract
from .thresholds import DESK_MODELS, MIN_CHECKWORTHINESS, MIN_SCORE

_EXTRACTED: Final = 0.8


def encode(statements: Sequence[Statement]) -> tuple[Encoding, ...]:
    """What an index needs to find statements on the same matter, one encoding a statement, in order."""
    return tuple(encode_statement(statement) for statement in statements)


def pair(
    statements: Sequence[Statement],
    *,
    candidates: Iterable[tuple[str, str]] | None = None,
    min_score: float | None = None,
    models: Models = DESK_MODELS,
    progress: Progress | None = None,
) -> tuple[ConflictPair, ...]:
    """The conflicts among statements, each pair once, best first; `a` stands before `b` in reading order.

    Only pairs of ids in `candidates` are weighed; with None the engine picks them through shared terms. Pairs scoring
    at least `min_score` (the desk's default when None) are given. Works on statements alone: no article is needed.
    The model of sentences reads the most promising pairs, at most 100 texts for the later article of a pair, or
    in all where candidates are given; it is loaded where there are any.

    Raises:
        ModelUnusable: the model's folder is not whole or does not load.
    """
    least = MIN_SCORE if min_score is None else min_score
    near = conflict.nearness_by(models)
    return conflict.find_conflicts(statements, candidates=candidates, min_score=least, near=near, progress=progress)


def pair_given(
    statements: Sequence[Statement],
    articles: Sequence[Article],
    *,
    min_score: float | None = None,
    models: Models = DESK_MODELS,
) -> Analysis:
    """An analysis of articles whose statements are given: only the conflicts among them are sought.

    Raises:
        ModelUnusable: the folder of the model of sentences is not whole or does not load.
    """
    conflicts = pair(statements, min_score=min_score, models=models)
    extractions = tuple(_given(article, statements) for article in articles)
    return Analysis(VERSION, {}, _speakers_of(statements), extractions, conflicts)


def _given(article: Article, statements: Sequence[Statement]) -> Extraction:
    own = tuple(statement for statement in statements if statement.article_id == article.id)
    return Extraction(article.id, _speakers_of(own), own)


def _speakers_of(statements: Sequence[Statement]) -> tuple[Speaker, ...]:
    return tuple({statement.speaker.id: statement.speaker for statement in statements}.values())


def analyze(
    articles: Sequence[Article],
    *,
    models: Models = DESK_MODELS,
    min_confidence: float | None = None,
    min_score: float | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Read articles as one corpus: speakers, statements, conflicts within and across articles.

    Raises:
        UnreadableArticle: a text is empty, larger than 2 MB or holds NUL characters.
        ModelUnusable: the model's folder is not whole or does not load.
    """
    extractions = list(_extract_each(articles, models, min_confidence, progress))
    merged, speakers = merge_speakers(extractions)
    statements = [statement for extraction in merged for statement in extraction.statements]
    conflicts = pair(statements, min_score=min_score, models=models, progress=_later_share(progress))
    needed = {statement for conflict in conflicts for statement in (conflict.a, conflict.b)}
    told = tuple(_without_idle_narration(extraction, needed) for extraction in merged)
    return Analysis(VERSION, find_digests(models), _those_who_speak(speakers, told), told, conflicts)


def _extract_each(
    articles: Sequence[Article], models: Models, min_confidence: float | None, progress: Progress | None
) -> Iterator[Extraction]:
    for number, article in enumerate(articles, 1):
        yield extract(article, models=models, min_confidence=min_confidence)
        if progress is not None:
            progress(round(_EXTRACTED * number / len(articles), 6))


def _those_who_speak(speakers: Sequence[Speaker], extractions: Sequence[Extraction]) -> tuple[Speaker, ...]:
    """The speakers that are named in some statement."""
    statements = (statement for extraction in extractions for statement in extraction.statements)
    used = {id_ for statement in statements for id_ in _speaker_ids(statement)}
    return tuple(speaker for speaker in speakers if speaker.id in used)


def _speaker_ids(statement: Statement) -> tuple[str, ...]:
    relay = statement.reported_by
    return (statement.speaker.id,) if relay is None else (statement.speaker.id, relay.speaker.id)


def _without_idle_narration(extraction: Extraction, needed: set[str]) -> Extraction:
    """What the narrator tells is given only where a conflict needs it or it is well worth a check."""
    kept = tuple(
        statement
        for statement in extraction.statements
        if statement.speaker.kind is not SpeakerKind.NARRATOR
        or statement.id in needed
        or statement.checkworthiness >= MIN_CHECKWORTHINESS
    )
    return replace(extraction, statements=kept)


def _later_share(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda share: progress(round(_EXTRACTED + (1 - _EXTRACTED) * share, 6))


def merge_speakers(extractions: Sequence[Extraction]) -> tuple[list[Extraction], tuple[Speaker, ...]]:
    """Give each speaker one id in the corpus: the same full name and kind in two articles is one speaker.

    A surname alone joins the one person in the corpus with that surname; where there are several it stays by itself.
    """
    merged: dict[tuple[str, str], Speaker] = {}
    result: list[Extraction] = []
    known = _full_names(extractions)
    # In an order of their own, so that ids do not depend on the order in which the files were named.
    for extraction in sorted(extractions, key=_reading_order):
        mapping = {speaker.id: _merge(merged, speaker, known, extraction.article_id) for speaker in extraction.speakers}
        statements = tuple(_with_speakers(statement, mapping) for statement in extraction.statements)
        speakers = tuple(dict.fromkeys(mapping.values()))
        result.append(replace(extraction, speakers=speakers, statements=statements))
    by_id = {extraction.article_id: extraction for extraction in _refreshed(result, merged)}
    return [by_id[extraction.article_id] for extraction in extractions], tuple(merged.values())


def _reading_order(extraction: Extraction) -> tuple[str, str]:
    published = next((statement.published for statement in extraction.statements), None)
    return (published.isoformat() if published else "", extraction.article_id)


def _full_names(extractions: Sequence[Extraction]) -> dict[str, set[str]]:
    """The full names of persons by surname."""
    names: dict[str, set[str]] = {}
    for extraction in extractions:
        for speaker in extraction.speakers:
            if speaker.kind is SpeakerKind.PERSON and " " in speaker.name and speaker.name[0].isupper():
                names.setdefault(speaker.name.split()[-1].casefold(), set()).add(speaker.name)
    return names


def _merge(
    merged: dict[tuple[str, str], Speaker], speaker: Speaker, known: dict[str, set[str]], article_id: str
) -> Speaker:
    name = speaker.name
    full = known.get(name.casefold(), set())
    if speaker.kind is SpeakerKind.PERSON and len(full) == 1:
        name = next(iter(full))
    key = (name.casefold(), speaker.kind.value)
    if speaker.kind is SpeakerKind.NARRATOR:
        merged[key] = Speaker("narrator", name, speaker.kind)
        return merged[key]
    if not name[0].isupper() or speaker.kind is SpeakerKind.UNKNOWN:
        key = (f"{article_id}/{key[0]}", key[1])
    aliases = {*speaker.aliases, speaker.name} - {name}
    before = merged.get(key)
    if before is None:
        merged[key] = Speaker(f"p{len(merged) + 1}", name, speaker.kind, tuple(sorted(aliases)))
    else:
        merged[key] = replace(before, aliases=tuple(sorted({*before.aliases, *aliases})))
    return merged[key]


def _with_speakers(statement: Statement, mapping: dict[str, Speaker]) -> Statement:
    relay = statement.reported_by
    moved = Relay(mapping[relay.speaker.id], relay.source, relay.cue) if relay is not None else None
    return replace(statement, speaker=mapping[statement.speaker.id], reported_by=moved)


def _refreshed(extractions: Sequence[Extraction], merged: dict[tuple[str, str], Speaker]) -> list[Extraction]:
    """Aliases found in later articles reach the statements of earlier ones."""
    latest = {speaker.id: speaker for speaker in merged.values()}
    return [
        replace(
            extraction,
            speakers=tuple(dict.fromkeys(latest[speaker.id] for speaker in extraction.speakers)),
            statements=tuple(_with_speakers(statement, latest) for statement in extraction.statements),
        )
        for extraction in extractions
    ]
