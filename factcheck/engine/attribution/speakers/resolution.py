"""Sources, in reading order, to speakers: names, descriptions, documents, pronouns."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ...annotations import Span, Speaker, SpeakerKind
from ...lexicon import read_words
from ...segment import Word, noun_phrase_end, split_words, tag_words, word_at
from ..drafts import Draft, Scene
from ..sources import source_end
from .census import described_kind, take_census
from .descriptions import find_described, write_description
from .naming import Naming, organisation_heads, person_nouns, read_naming, singular
from .pronouns import PRONOUNS, resolve_pronoun
from .roster import Entity, Roster, Sighting
from .wording import apposed_name, is_pronoun, issuer_words, own_name, plain, shows_person, spelled_small

_INDEFINITE: Final = frozenset(
    {"a", "an", "another", "one", "some", "several", "many", "two", "three", "four", "five", "few"}
)


_ASKED_BY: Final = 3


@dataclass(slots=True)
class _State:
    """What is known while sources are read in order."""

    roster: Roster
    scenes: Sequence[Scene]
    starts: Sequence[int]
    narrator: Entity
    last_speaker: Entity | None = None
    issuers: dict[str, Entity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Subject:
    """A description that is the subject of a clause but no source: somebody a later pronoun may mean."""

    scene: Scene
    words: tuple[Word, ...]


def resolve_speakers(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> list[tuple[Speaker, Speaker | None]]:
    """For each draft who is committed to it and who relays it, if anybody does.

    Speakers' ids count up in the order of their first statement: p1, p2 …
    """
    starts = [scene.sentence.span.start for scene in scenes]
    narrator = Entity("narrator", ("narrator",), SpeakerKind.NARRATOR)
    state = _State(take_census(scenes), scenes, starts, narrator)
    found = _resolve_in_order(state, drafts, sorted(_subjects(scenes, drafts), key=_start_of))
    speakers = _number([entity for pair in found for entity in pair if entity is not None])
    return [(speakers[entity], speakers[relay] if relay is not None else None) for entity, relay in found]


def _start_of(subject: _Subject) -> int:
    return subject.words[0].start


def _resolve_in_order(
    state: _State, drafts: Sequence[Draft], subjects: Sequence[_Subject]
) -> list[tuple[Entity, Entity | None]]:
    """Who each draft names, with the subjects before it noticed first."""
    waiting = deque(subjects)
    found: list[tuple[Entity, Entity | None]] = []
    for draft in drafts:
        while waiting and _start_of(waiting[0]) < _anchor(draft):
            _notice(state, waiting.popleft())
        found.append(_resolve(state, draft))
    return found


def _resolve(state: _State, draft: Draft) -> tuple[Entity, Entity | None]:
    if draft.frame == "narration":
        return state.narrator, None
    committed = draft.committed or draft.source
    if draft.relay_source is None:
        entity, relay = _refer(state, draft, committed), None
    elif committed is not None and committed.start < draft.relay_source.start:
        entity, relay = _refer(state, draft, committed), _refer(state, draft, draft.relay_source)
    else:
        relay, entity = _refer(state, draft, draft.relay_source), _refer(state, draft, committed)
    entity, relay = _parted(state, draft, entity, relay)
    if draft.frame != "asked":  # "Asked by a visitor whether P, he replied": he is not the visitor
        state.last_speaker = relay or entity
    return entity, relay


def _parted(state: _State, draft: Draft, entity: Entity, relay: Entity | None) -> tuple[Entity, Entity | None]:
    """Who says it and who passes it on, where they are two: nobody passes on what is his own, or unknown."""
    committed = draft.committed or draft.source
    if relay is not None and relay.kind is SpeakerKind.UNKNOWN and draft.relay_cue is None:
        return entity, None
    if relay is entity and committed is not None:
        entity = _stranger(state, committed) or entity
    return entity, None if relay is entity else relay


def _stranger(state: _State, span: Span) -> Entity | None:
    """Whom a bare description means where its teller is out: tellers do not call themselves "the driver"."""
    scene = _scene_of(state, span)
    words = [word for word in scene.words if span.start <= word.start and word.end <= span.end]
    naming = read_naming(words[: max(1, noun_phrase_end(words, 0))]) if words else None
    if naming is None or naming.is_name or is_pronoun(words) or naming.determiner in PRONOUNS:
        return None
    return state.roster.describe(naming, write_description(words, naming), described_kind(naming))


def _anchor(draft: Draft) -> int:
    return draft.source.start if draft.source is not None else draft.span.start


def _subjects(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> Iterator[_Subject]:
    """The subjects below headlines that are no sources and no pronouns."""
    taken = {span.start for draft in drafts for span in (draft.source, draft.relay_source) if span is not None}
    for scene in scenes:
        for start, end in _subject_ranges(scene):
            words = scene.words[start : source_end(scene, start, end)]
            if words and words[0].start not in taken and words[0].tag not in {"PRP", "EX", "WH"}:
                yield _Subject(scene, words)


def _subject_ranges(scene: Scene) -> list[tuple[int, int]]:
    if scene.sentence.headline:
        return []
    return sorted({clause.subject for clause in scene.clauses if clause.subject is not None})


def _notice(state: _State, subject: _Subject) -> None:
    naming = read_naming(subject.words[: max(1, noun_phrase_end(subject.words, 0))])
    if naming.is_name or not (singular(naming.head) in person_nouns() or naming.head in organisation_heads()):
        return
    span = Span(subject.words[0].start, subject.words[-1].end)
    sentence = subject.scene.sentence
    seen = Sighting(span, sentence.paragraph, sentence.number, subject=True)
    state.roster.see(_described(state, subject.words, naming, seen), seen)


def _number(entities: Sequence[Entity]) -> dict[Entity, Speaker]:
    speakers: dict[Entity, Speaker] = {}
    for entity in entities:
        if entity.kind is SpeakerKind.NARRATOR:
            speakers[entity] = Speaker("narrator", entity.name, entity.kind)
        elif entity not in speakers:
            aliases = tuple(sorted(entity.aliases - {entity.name}))
            speakers[entity] = Speaker(f"p{len(speakers) + 1}", entity.name, entity.kind, aliases)
    return speakers


def _refer(state: _State, draft: Draft, span: Span | None) -> Entity:
    if span is None:
        return _unknown("unknown")
    scene = _scene_of(state, span)
    words = [word for word in scene.words if span.start <= word.start and word.end <= span.end]
    words = words or tag_words(split_words(scene.text, span.start, span.end))  # inside a quotation
    if not words:
        return _unknown("unknown")
    seen = Sighting(span, scene.sentence.paragraph, scene.sentence.number, subject=True)
    entity = _read_source(state, draft, spelled_small(words), seen)
    if entity.kind is not SpeakerKind.UNKNOWN:
        state.roster.see(entity, seen)
    return entity


def _unknown(word: str) -> Entity:
    return Entity(word, (word,), SpeakerKind.UNKNOWN)


def _scene_of(state: _State, span: Span) -> Scene:
    """The scene a source stands in; a continued quotation has its source sentences before."""
    return state.scenes[max(0, bisect_right(state.starts, span.start) - 1)]


def _read_source(state: _State, draft: Draft, words: Sequence[Word], seen: Sighting) -> Entity:
    words = _antecedent(state, words) or words
    if is_pronoun(words):
        return _pronoun(state, draft, words[0].lower, seen)
    end = max(1, noun_phrase_end(words, 0))
    naming = read_naming(plain(words[:end]))
    if naming.is_name:
        return state.roster.meet(naming, seen)
    return (
        _apposed(state, words, end, naming, seen)
        or _issuer(state, draft, words, seen)
        or _owned_body(state, draft, naming, seen)
        or _described(state, words, naming, seen)
    )


def _antecedent(state: _State, words: Sequence[Word]) -> Sequence[Word]:
    """`a guard, who said it rained`, where "who" is the source: the phrase before it."""
    if len(words) > 1 or words[0].lower not in {"who", "which", "that"}:
        return ()
    known = _scene_of(state, Span(words[0].start, words[0].end)).words
    end = next((index for index, word in enumerate(known) if word.start == words[0].start), 0)
    end -= word_at(known, end - 1).text == ","
    spans = ((start, noun_phrase_end(known, start)) for start in range(max(0, end - _LONGEST_ANTECEDENT), end))
    return next((known[start:stop] for start, stop in spans if start < stop == end), ())


_LONGEST_ANTECEDENT: Final = 8


def _apposed(state: _State, words: Sequence[Word], end: int, naming: Naming, seen: Sighting) -> Entity | None:
    """Who the name beside a description means: "the mayor, Ana Lima", "a man named Ana"; not beside a document."""
    name = apposed_name(words, end) or own_name(words, end)
    if name is None or naming.head in read_words("document_nouns"):
        return None
    entity = state.roster.meet(name, seen, person=shows_person(naming.head))
    entity.roles |= naming.roles
    return entity


def _pronoun(state: _State, draft: Draft, pronoun: str, seen: Sighting) -> Entity:
    relay = [draft.relay_source] if draft.relay_source not in {None, seen.span} else []
    inside = (*draft.parts, *filter(None, relay), *_askers(state.scenes[seen.sentence]))
    known = resolve_pronoun(pronoun, seen, state.roster, inside=inside, last_speaker=state.last_speaker)
    return known or _unknown(pronoun)


def _askers(scene: Scene) -> Iterator[Span]:
    """`Asked by Lima whether it rained, he said`: whoever asks is not the one who answers."""
    words = scene.words
    if len(words) > _ASKED_BY and words[0].tag in {"VBN", "VBD"} and words[1].lower == "by":
        yield scene.span(2, max(_ASKED_BY, source_end(scene, 2, len(words))))


def _issuer(state: _State, draft: Draft, words: Sequence[Word], seen: Sighting) -> Entity | None:
    """Who speaks through a document: "the palace's readout", "an Aurora statement", "a letter from the mayor".

    Named so once, whoever it is speaks through "the readout" too.
    """
    naming = read_naming(words[: max(1, noun_phrase_end(words, 0))])
    if naming.head not in read_words("document_nouns") | (_OWNED_TEXTS if naming.determiner in PRONOUNS else set()):
        return None
    issuer = _named_issuer(state, draft, words, naming, seen)
    if issuer is None:
        return state.issuers.get(naming.head) if naming.determiner == "the" else None
    state.issuers[naming.head] = issuer
    return issuer


# Texts that speak for themselves, unless somebody has them: "its report".
_OWNED_TEXTS: Final = frozenset({"report"})


def _named_issuer(state: _State, draft: Draft, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity | None:
    if naming.determiner in PRONOUNS:
        return _pronoun(state, draft, naming.determiner, seen)
    issuer = issuer_words(words) or [word for word in words if word.tag == "NNP"]
    return _read_source(state, draft, issuer, seen) if 0 < len(issuer) < len(words) else None


def _owned_body(state: _State, draft: Draft, naming: Naming, seen: Sighting) -> Entity | None:
    """`her office` by the name of whose office it is."""
    if naming.determiner not in PRONOUNS or naming.head not in _OWNED:
        return None
    owner = _pronoun(state, draft, naming.determiner, seen)
    if owner.kind is SpeakerKind.UNKNOWN:
        return None
    return state.roster.describe(naming, f"{owner.name}’s {naming.head}", SpeakerKind.ORGANISATION)


_OWNED: Final = frozenset({"office", "government", "administration", "campaign", "ministry", "cabinet", "party"})


def _described(state: _State, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity:
    definite = naming.determiner not in _INDEFINITE and not (naming.plural and not naming.determiner)
    ahead = state.scenes[seen.sentence].sentence.headline
    known = find_described(state.roster, words, naming, seen, ahead=ahead) if definite else None
    return known or state.roster.describe(naming, write_description(words, naming), described_kind(naming))
