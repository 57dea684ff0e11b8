"""Direct quotations and the cues beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ..annotations import Act, Span
from ..lexicon import CueVerb, find_cue_verbs
from ..segment import Clause, VerbGroup
from .address import skip_address
from .contents import cue_end
from .drafts import Draft, Scene
from .edges import trim_edges
from .sources import inverted_source, subject_source

# `"..." , was how she put it`: a comma, a verb, a word.
_WAS_HOW: Final = 3
_STEPS_ASIDE: Final = 12
_NAME_AND_COLON: Final = 2
# A name with its title is shorter, a sentence longer.
_LONGEST_NAMING: Final = 80


@dataclass(frozen=True, slots=True)
class QuotationCue:
    """A cue with its source, ready to take the quotations beside it; `after` is the index behind both."""

    verb: CueVerb
    source: Span
    cue: Span
    before: int
    after: int


def find_direct(scene: Scene) -> Iterator[Draft]:
    """The direct quotations of a sentence, each with the cue beside it, or without source and cue."""
    quotes = [index for index, word in enumerate(scene.words) if word.tag == "QUOTE"]
    taken: set[int] = set()
    for cue in _cues(scene) if quotes else ():
        beside = [index for index in _beside(scene, cue, quotes) if index not in taken]
        if beside:
            taken.update(beside)
            yield _quoted(scene, beside, cue)
    for index in sorted(set(quotes) - taken):
        yield _introduced(scene, index) or _loose(scene, index)


def quotation_span(scene: Scene, index: int) -> Span | None:
    """The words of the quotation at a QUOTE word, without its marks and its closing stop or comma."""
    return trim_edges(scene.text, scene.sentence.quotation_of(scene.words[index]).inner)


def _cues(scene: Scene) -> Iterator[QuotationCue]:
    for clause in scene.clauses:
        if clause.verb is not None and not clause.verb.passive:
            yield from _cue_at(scene, clause, clause.verb)
        for group in clause.others:
            if group.form in {"gerund", "participle"}:
                yield from _cue_at(scene, clause, group)


def _cue_at(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[QuotationCue]:
    """The first cue verb at a verb group that quotes and has a source."""
    quoting = (verb for verb in find_cue_verbs(scene.words[group.head].lower) if "Q" in verb.frames)
    found = (_with_source(scene, clause, group, verb) for verb in quoting)
    yield from islice((cue for cue in found if cue is not None), 1)


def _with_source(scene: Scene, clause: Clause, group: VerbGroup, verb: CueVerb) -> QuotationCue | None:
    end = cue_end(scene, group, verb)
    if end is None:
        return None
    source, before, after = _source_of(scene, clause, group, end)
    if source is None:
        return None
    return QuotationCue(verb, source, scene.span(group.start, end), before, skip_address(scene, after, recipient=True))


def _source_of(scene: Scene, clause: Clause, group: VerbGroup, end: int) -> tuple[Span | None, int, int]:
    """The source of a cue that ends at `end`, and where the two together begin and end."""
    source = subject_source(scene, clause)
    if group is not clause.verb:
        return source, group.start, end
    if clause.subject is not None and not clause.shared:
        return source, clause.subject[0], end
    inverted, after = inverted_source(scene, end) or (source, end)
    return inverted, group.start, after


def _beside(scene: Scene, cue: QuotationCue, quotes: list[int]) -> list[int]:
    """The quotations right before and right after a cue."""
    before = [index for index in quotes if index < cue.before and _only_pauses(scene, index + 1, cue.before)]
    after = [index for index in quotes if index >= cue.after and _leads_to(scene, cue.after, index)]
    return [*before[-1:], *after[:1]]


def _only_pauses(scene: Scene, start: int, end: int) -> bool:
    words = scene.words[start:end]
    if any(word.lower == "how" for word in words):
        return len(words) <= _WAS_HOW
    return all(word.tag in {"PU", "RB", "CC"} for word in words)


def _leads_to(scene: Scene, start: int, quote: int) -> bool:
    """Whether only an occasion, a comma or a colon stand between a cue and the quotation after it."""
    between = scene.words[start:quote]
    if not between:
        return True
    closed = between[-1].text in {",", ":"} or between[-1].lower == "that"
    short = len(between) <= _STEPS_ASIDE and not any(word.tag in {"VBD", "VBZ", "VBP", "MD"} for word in between)
    return closed and short


def _quoted(scene: Scene, quotes: list[int], cue: QuotationCue) -> Draft:
    spans = [span for index in quotes if (span := quotation_span(scene, index)) is not None]
    return Draft(
        sentence=scene.sentence.number,
        source=cue.source,
        cue=cue.cue,
        parts=tuple(spans) or (scene.span(quotes[0], quotes[0] + 1),),
        act=cue.verb.act,
        frame="quotation",
        confidence=min(0.98, cue.verb.weight + 0.03),
        lemma=cue.verb.base,
        direct=True,
        quotations=_numbers(scene, quotes),
    )


def _numbers(scene: Scene, quotes: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple((scene.sentence.paragraph, scene.words[index].quotation) for index in quotes)


def _introduced(scene: Scene, index: int) -> Draft | None:
    """`Lima does not: "Crews are tired."` and `Union head: "We are tired"`: a subject, a colon, a quotation."""
    span = quotation_span(scene, index)
    if index < _NAME_AND_COLON or scene.words[index - 1].text != ":" or span is None:
        return None
    source, cue = _before_colon(scene, index)
    if source is None or source.end - source.start > _LONGEST_NAMING:
        return None
    return Draft(
        sentence=scene.sentence.number,
        source=source,
        cue=cue,
        parts=(span,),
        act=Act.ASSERTION,
        frame="colon",
        confidence=0.7,
        direct=True,
        quotations=_numbers(scene, [index]),
    )


def _before_colon(scene: Scene, index: int) -> tuple[Span | None, Span | None]:
    """Source and cue before the colon that leads to a quotation: a clause that echoes, or a mere name."""
    told = (clause for clause in reversed(scene.clauses) if clause.verb is not None and clause.verb.start < index)
    clause = next(told, None)
    if clause is None or clause.verb is None:
        return scene.span(0, index - 1), None
    source = subject_source(scene, clause) if _echoes(scene, clause.verb) else None
    return source, scene.span(clause.verb.start, clause.verb.end)


def _echoes(scene: Scene, group: VerbGroup) -> bool:
    """Whether the verb before a colon says something by itself: a cue, or a bare auxiliary ("Lima does not:")."""
    word = scene.words[group.head].lower
    return bool(find_cue_verbs(word)) or word in {
        "does",
        "did",
        "do",
        "is",
        "was",
        "has",
        "had",
        "disagreed",
        "disagrees",
    }


def _loose(scene: Scene, index: int) -> Draft:
    span = quotation_span(scene, index) or scene.span(index, index + 1)
    numbers = _numbers(scene, [index])
    return Draft(
        scene.sentence.number, None, None, (span,), Act.ASSERTION, "loose", 0.4, direct=True, quotations=numbers
    )
