from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from .. import acts
from ..annotations import Act, Article, Passage, Quote, Span, Speaker, SpeakerKind, Statement
from ..normalize import is_negated
from ..segment import check_text, segment_text

_MARKS: Final = frozenset('“”„‟"«»')


def state(id_: str, text: str, speaker: Speaker, published: datetime | None) -> Statement:
    """A statement that somebody types, as if an article of its own held these words and nothing else.

    Raises:
        UnreadableArticle: the text is empty, larger than 2 MB or holds NUL characters.
    """
    check_text(text)
    span = Span(0, len(text))
    act = acts.classify_act(acts.Utterance(text, Quote.INDIRECT, Act.ASSERTION, "say", 0.0))
    hedged = acts.is_hedged(text, "")
    return Statement(
        id=id_,
        article_id=id_,
        passage=Passage(0, text),
        content=span,
        parts=(span,),
        source=None,
        cue=None,
        speaker=speaker,
        reported_by=None,
        act=act,
        quote=Quote.INDIRECT,
        hedged=hedged,
        negated=act is Act.DENIAL or is_negated(text),
        checkworthiness=acts.score_checkworthiness(text, act, hedged=hedged),
        confidence=1.0,
        published=published,
    )


def mark(id_: str, article: Article, span: Span, speaker: Speaker) -> Statement:
    """A statement that somebody marks in an article: the words of the span, in their sentences, as `speaker` says them.

    The span lies inside the text and holds words.

    Raises:
        UnreadableArticle: the words hold NUL characters.
    """
    typed = state(id_, span.of(article.text), speaker, article.published)
    return replace(
        typed,
        article_id=article.id,
        passage=_passage_around(article.text, span),
        content=span,
        parts=(span,),
        quote=Quote.NONE if speaker.kind is SpeakerKind.NARRATOR else _quote_of(article.text, span),
    )


def _passage_around(text: str, span: Span) -> Passage:
    """The whole sentences that the span touches; only its own paragraphs are cut up for that."""
    first, last = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    around = text[first : len(text) if last == -1 else last]
    sentences = [sentence.span for sentence in segment_text(around).sentences]
    touched = [one for one in sentences if one.start + first < span.end and span.start < one.end + first]
    start = min([span.start, *(one.start + first for one in touched)])
    end = max([span.end, *(one.end + first for one in touched)])
    return Passage(start, text[start:end])


def _quote_of(text: str, span: Span) -> Quote:
    """How much of the words stands in quotation marks, by the marks at their edges and between them."""
    words = span.of(text)
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    inside = sum(character in _MARKS for character in words[1:-1])
    if not inside and {before, words[0]} & _MARKS and {after, words[-1]} & _MARKS:
        return Quote.DIRECT
    return Quote.MIXED if inside or {words[0], words[-1]} & _MARKS else Quote.INDIRECT
