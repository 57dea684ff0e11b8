"""Quotations without a cue of their own: parts of the utterance before them, or of one that goes over paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..segment import Document
from .drafts import Draft


def link_quotations(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Join loose quotations to the utterances they belong to; those that belong to none are dropped.

    A loose quotation right after an utterance in its paragraph is part of it. A paragraph's last quotation that has
    no closing mark goes on in the next paragraph.
    """
    linked: list[Draft] = []
    waiting: list[Draft] = []
    for draft in drafts:
        if draft.frame != "loose":
            linked.append(_with_parts(waiting, draft) if draft.direct and waiting else draft)
            waiting = [] if draft.direct else waiting
            continue
        previous = linked[-1] if linked else None
        if _goes_on(document, draft):
            waiting.append(draft)
        elif previous is not None and previous.direct and _goes_on(document, previous):
            linked[-1:] = _attached(previous, draft)
        elif waiting:
            linked.append(_with_parts(waiting, _continued(previous, draft)))
            waiting = []
        elif previous is not None and _same_paragraph(document, previous, draft):
            linked[-1:] = _attached(previous, draft)
        elif previous is not None and _next_paragraph(document, previous, draft):
            linked.append(_continued(previous, draft))
    return [draft for draft in linked if draft.source is not None]


# No utterance has more; a text of nothing but quotation marks might.
_MOST_PARTS: Final = 100


def _goes_on(document: Document, draft: Draft) -> bool:
    paragraph, number = draft.quotations[-1]
    return document.quotations[paragraph][number].goes_on


def _paragraph(document: Document, draft: Draft) -> int:
    return document.sentences[max(draft.sentence, draft.last_sentence)].paragraph


def _same_paragraph(document: Document, previous: Draft, draft: Draft) -> bool:
    return (
        _paragraph(document, previous) == _paragraph(document, draft)
        and draft.sentence - max(previous.sentence, previous.last_sentence) <= 1
    )


def _next_paragraph(document: Document, previous: Draft, draft: Draft) -> bool:
    return _paragraph(document, draft) - _paragraph(document, previous) == 1 and previous.direct


def _attached(previous: Draft, draft: Draft) -> list[Draft]:
    """Part of the utterance before it, or, after reported speech, an utterance of the same source."""
    if previous.direct and len(previous.parts) < _MOST_PARTS:
        merged = tuple(sorted((*previous.parts, *draft.parts)))
        numbers = (*previous.quotations, *draft.quotations)
        return [replace(previous, parts=merged, quotations=numbers, last_sentence=draft.sentence)]
    return [previous, _continued(previous, draft)]


def _continued(previous: Draft | None, draft: Draft) -> Draft:
    if previous is None:
        return draft
    return replace(draft, source=previous.source, cue=None, act=previous.act, frame="continued", confidence=0.55)


def _with_parts(waiting: Sequence[Draft], draft: Draft) -> Draft:
    parts = [*(part for before in waiting for part in before.parts), *draft.parts]
    numbers = [*(number for before in waiting for number in before.quotations), *draft.quotations]
    return replace(draft, parts=tuple(sorted(parts)), quotations=tuple(numbers))
