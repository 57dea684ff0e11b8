"""Quotations without a cue of their own: parts of the utterance before them, or of one that goes over paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..segment import Document
from .drafts import Draft


def link_quotations(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Join loose quotations to the utterances they belong to; those that belong to none are dropped.

    A loose quotation right after an utterance in its paragraph is part of it. A paragraph's last quotation that has
    no closing mark goes on in the next paragraph.
    """
    chain = _Chain(document)
    for draft in drafts:
        if draft.frame == "loose":
            chain.add_loose(draft)
        elif draft.direct:
            chain.add_cued(draft)
        else:
            chain.linked.append(draft)
    return [draft for draft in chain.linked if draft.source is not None]


@dataclass(slots=True)
class _Chain:
    """The drafts linked so far, and the quotations over several paragraphs that still await their cue."""

    document: Document
    linked: list[Draft] = field(default_factory=list)
    waiting: list[Draft] = field(default_factory=list)

    def add_cued(self, draft: Draft) -> None:
        """A quotation with a cue, and all that waited for one."""
        self.linked.append(_with_parts(self.waiting, draft) if self.waiting else draft)
        self.waiting = []

    def add_loose(self, draft: Draft) -> None:
        """A quotation without a cue: kept for one to come, or joined to what stands before it."""
        if _goes_on(self.document, draft):
            self.waiting.append(draft)
            return
        previous = self.linked[-1] if self.linked else None
        if self.waiting and not (previous is not None and _is_open(self.document, previous)):
            self.linked.append(_with_parts(self.waiting, _continued(previous, draft)))
            self.waiting = []
        elif previous is not None:
            self.linked[-1:] = _joined(self.document, previous, draft)


def _is_open(document: Document, previous: Draft) -> bool:
    """Whether an utterance goes on in the next paragraph."""
    return previous.direct and _goes_on(document, previous)


def _joined(document: Document, previous: Draft, draft: Draft) -> list[Draft]:
    """The draft before a loose quotation, and what became of the quotation: a part, an utterance more, or nothing."""
    if _is_open(document, previous) or _same_paragraph(document, previous, draft):
        return _attached(previous, draft)
    if _next_paragraph(document, previous, draft):
        return [previous, _continued(previous, draft)]
    return [previous]


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
