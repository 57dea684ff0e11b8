from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from .. import acts
from ..annotations import Act, Article, Extraction, Models, Passage, Quote, Relay, Span, Speaker, Statement
from ..attribution import LEARNED, Draft, find_attributions, perceive, resolve_speakers, set_scenes
from ..encoder import load_model
from ..normalize import is_negated
from ..segment import Document, check_text, segment_text, split_words
from .building import digests_of
from .thresholds import DESK_MODELS, MIN_CONFIDENCE

Progress = Callable[[float], None]

_SEGMENTED: Final = 0.4
_ATTRIBUTED: Final = 0.7
_RESOLVED: Final = 0.9


def extract(
    article: Article,
    *,
    models: Models = DESK_MODELS,
    min_confidence: float | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """The speakers and statements of one article, in reading order; spans are offsets in `article.text`.

    Statements at least as sure as `min_confidence` (the desk's default when None) are given; their ids are unique
    among articles with different ids. `progress` is told the share done and may raise to stop. The first call of a
    process loads the model; the same models give the same bytes for any number of threads.

    Raises:
        UnreadableArticle: the text is empty, larger than 2 MB or holds NUL characters.
        ModelUnusable: the model's folder is not whole or does not load.
    """
    check_text(article.text)
    model = load_model(models)
    tell = progress or _ignore
    document = segment_text(article.text)
    tell(_SEGMENTED)
    scenes = set_scenes(document)
    perception = perceive(document, model) if model is not None else None
    drafts = find_attributions(document, scenes, perception)
    tell(_ATTRIBUTED)
    speakers = resolve_speakers(scenes, drafts)
    tell(_RESOLVED)
    least = MIN_CONFIDENCE if min_confidence is None else min_confidence
    kept = [(draft, pair) for draft, pair in zip(drafts, speakers, strict=True) if draft.confidence >= least]
    statements = [_build(article, document, draft, pair, number) for number, (draft, pair) in enumerate(kept, 1)]
    tell(1.0)
    digests = digests_of(model.folder if model is not None else None)
    return Extraction(article.id, _speakers_of(statements), tuple(statements), digests)


def _ignore(share: float) -> None:
    del share


def _speakers_of(statements: Sequence[Statement]) -> tuple[Speaker, ...]:
    speakers: dict[str, Speaker] = {}
    for statement in statements:
        relay = [statement.reported_by.speaker] if statement.reported_by else []
        for speaker in (statement.speaker, *relay):
            speakers.setdefault(speaker.id, speaker)
    return tuple(speakers.values())


def _build(
    article: Article,
    document: Document,
    draft: Draft,
    speakers: tuple[Speaker, Speaker | None],
    number: int,
) -> Statement:
    speaker, reporter = speakers
    relay = Relay(reporter, draft.relay_source, draft.relay_cue) if reporter is not None else None
    share = _quoted_share(document, draft)
    quote = _quote(draft, share)
    content = " ".join(part.of(article.text) for part in draft.parts)
    cue = draft.cue.of(article.text) if draft.cue else ""
    suggested = _suggested(draft, cue, content)
    act = acts.classify_act(acts.Utterance(content, quote, suggested.act, suggested.lemma, share))
    hedged = acts.is_hedged(content, cue)
    # A quotation that only goes on has no words of its own that introduce it.
    source = draft.source if draft.frame != "continued" else None
    spans = [draft.span, source, draft.cue, draft.relay_source, draft.relay_cue]
    return Statement(
        id=f"{article.id}-s{number}",
        article_id=article.id,
        passage=cut_passage(document, [span for span in spans if span is not None]),
        content=draft.span,
        parts=draft.parts,
        source=source,
        cue=draft.cue,
        speaker=speaker,
        reported_by=relay,
        act=act,
        quote=quote,
        hedged=hedged,
        negated=draft.negated_cue or act is Act.DENIAL or is_negated(content),
        checkworthiness=acts.score_checkworthiness(content, act, hedged=hedged),
        confidence=round(draft.confidence, 2),
        published=article.published,
    )


def _suggested(draft: Draft, cue: str, content: str) -> acts.CueReading:
    """What the cue suggests: the rule that found it knows, else its words tell."""
    if draft.frame == LEARNED:
        return acts.suggest_act(cue, content, direct=draft.direct)
    return acts.settle_act(cue, content, acts.CueReading(draft.act, draft.lemma))


def cut_passage(document: Document, spans: Sequence[Span]) -> Passage:
    """The whole sentences of an article that hold some spans."""
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    first = max(0, bisect_right(document.starts, low) - 1)
    last = max(0, bisect_right(document.starts, high - 1) - 1)
    start = min(low, document.sentences[first].span.start)
    end = max(high, document.sentences[last].span.end)
    return Passage(start, document.text[start:end])


def _quoted_share(document: Document, draft: Draft) -> float:
    """The share of a content's words in quotation marks."""
    if draft.direct:
        return 1.0
    inner = [quotation.inner for quotation in document.sentences[draft.sentence].quotations]
    if not inner:
        return 0.0
    starts = [
        word.start
        for part in draft.parts
        for word in split_words(document.text, part.start, part.end)
        if word.text[0].isalnum()
    ]
    quoted = sum(bisect_left(starts, span.end) - bisect_left(starts, span.start) for span in inner)
    return quoted / len(starts) if starts else 0.0


def _quote(draft: Draft, share: float) -> Quote:
    if draft.frame == "narration":
        return Quote.NONE
    if draft.direct or share == 1.0:
        return Quote.DIRECT
    return Quote.MIXED if share > 0 else Quote.INDIRECT
