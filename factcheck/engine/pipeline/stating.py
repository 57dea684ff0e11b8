from __future__ import annotations

from datetime import datetime

from .. import acts
from ..annotations import Act, Passage, Quote, Span, Speaker, Statement
from ..normalize import is_negated
from ..segment import check_text


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
