"""Who passes a statement on where one sentence does not nest in another: who was told, who is quoted telling it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..annotations import Span
from ..segment import Clause, Word, noun_phrase_end, word_at
from .drafts import Draft, Scene
from .sources import source_end

_TOLD: Final = frozenset({"told", "informed", "assured", "promised", "warned", "advised", "notified", "reassured"})
_BE: Final = frozenset({"was", "were", "been", "is", "are", "being"})
_OWN: Final = frozenset({"i", "we", "my", "our", "me", "us", "you"})
_TOLD_ONE: Final = frozenset({"him", "her", "them"})


def find_relays(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that somebody passes on with who does: "She was told by the guard that P" is hers to tell."""
    starts = [scene.sentence.span.start for scene in scenes]
    quoted = sorted(((part, draft) for draft in drafts if draft.direct for part in draft.parts), key=lambda row: row[0])
    opened = [part.start for part, _ in quoted]
    labels = find_labels(scenes)
    told: list[Draft] = []
    for draft in drafts:
        if draft.relay_source is not None or draft.cue is None or draft.source is None:
            told.append(draft)
            continue
        quoting = _quoting(quoted, opened, draft)
        scene = scenes[max(0, bisect_right(starts, draft.cue.start) - 1)]
        told.append(_relayed(scene, quoting, labels.get(scene.sentence.paragraph), draft))
    return told


def find_labels(scenes: Sequence[Scene]) -> dict[int, Span]:
    """In a conversation printed with labels ("THE CHAIR: Go on."), who speaks in each paragraph."""
    labels: dict[int, Span] = {}
    seen: set[int] = set()
    for scene in scenes:
        paragraph = scene.sentence.paragraph
        if paragraph not in seen and not scene.sentence.headline:
            seen.add(paragraph)
            label = _label(scene)
            if label is not None:
                labels[paragraph] = label
    return labels if len(labels) > 1 else {}


def _label(scene: Scene) -> Span | None:
    """The name or office before a colon that opens a paragraph."""
    texts = [word.text for word in scene.words[:_LONGEST_LABEL]]
    colon = texts.index(":") if ":" in texts else 0
    if not colon or word_at(scene.words, colon + 1).tag in {"", "QUOTE"}:
        return None
    named = texts.index("(") if "(" in texts[:colon] else colon
    return scene.span(0, named) if named and all(map(_is_of_label, texts[:named])) else None


def _is_of_label(text: str) -> bool:
    return text[0].isupper() or text in ".-" or text in _SMALL


_LONGEST_LABEL: Final = 10
_SMALL: Final = frozenset({"of", "the", "and", "de", "al"})


def _relayed(scene: Scene, quoting: Draft | None, label: Span | None, draft: Draft) -> Draft:
    """A draft with who passes it on: who is quoted telling it, whose label stands before it, or who was told."""
    draft = _turned(scene, draft)
    if quoting is not None:
        return _told_of(scene, quoting.source, quoting.cue, draft)
    if label is not None and draft.source is not None and draft.source.start >= label.end:
        return _told_of(scene, label, None, draft)
    told = _told_by(scene, draft) or _told_to(scene, draft) or _read_by(scene, draft) or _reader(scene, draft)
    return draft if told is None else replace(draft, relay_source=told)


def _turned(scene: Scene, draft: Draft) -> Draft:
    """`She was told by the guard that P`, with her as its source: the guard is the source."""
    cue, source = draft.cue, draft.source
    if cue is None or source is None or source.start > cue.start or not _is_passive_telling(scene, cue):
        return draft
    by = next((index for index, word in enumerate(scene.words) if word.start >= cue.start and word.lower == "by"), None)
    if by is None or scene.words[by].start > max(cue.end + _BY_NEAR, draft.span.start):
        return draft
    end = noun_phrase_end(scene.words, by + 1)
    return replace(draft, source=scene.span(by + 1, source_end(scene, by + 1, end))) if end > by + 1 else draft


# "was told / by the guard": so many characters may stand between.
_BY_NEAR: Final = 3


def _told_of(scene: Scene, teller: Span | None, cue: Span | None, draft: Draft) -> Draft:
    """A draft in somebody's own words: "I told you that P" is his statement, anything else he passes on."""
    if draft.source is not None and draft.source.of(scene.text).lower() in _OWN:
        return replace(draft, committed=teller)
    return replace(draft, relay_source=teller, relay_cue=cue)


def _quoting(quoted: Sequence[tuple[Span, Draft]], opened: Sequence[int], draft: Draft) -> Draft | None:
    """The direct quotation in which a draft's source and cue stand."""
    cue, source = draft.cue, draft.source
    if cue is None or source is None:
        return None
    at = bisect_right(opened, cue.start) - 1
    if at < 0 or quoted[at][1] is draft or not quoted[at][0].contains(cue) or not quoted[at][0].contains(source):
        return None
    return quoted[at][1]


def _told_by(scene: Scene, draft: Draft) -> Span | None:
    """`She was told by the guard that P`: the subject of the passive."""
    cue, source = draft.cue, draft.source
    if cue is None or source is None or source.start < cue.start:
        return None
    if not _is_passive_telling(scene, cue):
        return None
    return _named_before(scene, cue.start)


def _is_passive_telling(scene: Scene, cue: Span) -> bool:
    inside = {word.lower for word in scene.words if cue.start <= word.start < cue.end}
    return not (_TOLD.isdisjoint(inside) or _BE.isdisjoint(inside))


def _named_before(scene: Scene, start: int) -> Span | None:
    """The last subject before an offset, if it is a name or a pronoun."""
    subjects = (clause.subject for clause in scene.clauses if clause.subject is not None)
    subject = max((place for place in subjects if scene.words[place[0]].start < start), default=None)
    named = subject is not None and scene.words[subject[1] - 1].tag in {"PRP", "NNP"}
    return scene.span(*subject) if subject is not None and named else None


def _told_to(scene: Scene, draft: Draft) -> Span | None:
    """`The guard had told her that P`: she knows, where what she was told lies further back than the story."""
    cue = draft.cue
    if cue is None or draft.direct:
        return None
    first = next((index for index, word in enumerate(scene.words) if word.start >= cue.start), len(scene.words))
    if word_at(scene.words, first).lower not in {"had", "has", "have"}:
        return None
    told = _full_verb(scene.words, first)
    one = word_at(scene.words, told + 1)
    return Span(one.start, one.end) if word_at(scene.words, told).lower in _TOLD and one.lower in _TOLD_ONE else None


def _read_by(scene: Scene, draft: Draft) -> Span | None:
    """`said in a letter read out by Ana Lima that P`: she passes it on."""
    cue = draft.cue
    if cue is None or draft.direct:
        return None
    words = scene.words
    for index in range(1, len(words) - 1):
        if words[index].lower != "by" or not cue.start <= words[index].start < draft.span.start:
            continue
        if not _READ.isdisjoint({word.lower for word in words[max(0, index - 2) : index]}):
            return scene.span(index + 1, source_end(scene, index + 1, noun_phrase_end(words, index + 1)))
    return None


_READ: Final = frozenset({"read", "quoted", "cited", "relayed"})
_MESSAGES: Final = frozenset({"message", "letter", "email", "e-mail", "note", "text", "statement", "postcard"})


def _reader(scene: Scene, draft: Draft) -> Span | None:
    """`Ana Lima read out a message from a guard, who said that P`: whoever reads passes it on."""
    source = draft.source
    if source is None or source.of(scene.text).lower() != "who":
        return None
    before = [word.lower for word in scene.words if word.start < source.start]
    if _MESSAGES.isdisjoint(before) or "from" not in before:
        return None
    reader = next((clause.subject for clause in scene.clauses if _reads(scene, clause)), None)
    return scene.span(*reader) if reader is not None else None


def _reads(scene: Scene, clause: Clause) -> bool:
    return clause.verb is not None and scene.words[clause.verb.head].lower in _READ


def _full_verb(words: Sequence[Word], first: int) -> int:
    """Past "had" and the adverbs behind it."""
    index = first + 1
    while word_at(words, index).tag == "RB":
        index += 1
    return index
