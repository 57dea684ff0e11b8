"""Sources, in reading order, to speakers: names, descriptions, documents, pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ...annotations import Span, Speaker, SpeakerKind
from ...lexicon import read_groups, read_words
from ...segment import Word, noun_phrase_end
from ..drafts import Draft, Scene
from ..sources import source_end
from .census import described_kind, sighting, take_census
from .naming import Naming, organisation_heads, person_nouns, read_naming, singular
from .pronouns import PRONOUNS, resolve_pronoun
from .roster import Entity, Roster, Sighting

_INDEFINITE: Final = frozenset(
    {"a", "an", "another", "one", "some", "several", "many", "two", "three", "four", "five", "few"}
)


_NARRATOR: Final = Entity("narrator", ("narrator",), SpeakerKind.NARRATOR)


@dataclass(slots=True)
class _State:
    """What is known while sources are read in order."""

    roster: Roster
    scenes: dict[int, Scene]
    last_speaker: Entity | None = None
    numbers: dict[int, int] = field(default_factory=dict)


def resolve_speakers(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> list[tuple[Speaker, Speaker | None]]:
    """For each draft who is committed to it and who relays it, if anybody does.

    Speakers' ids count up in the order of their first statement: p1, p2 …
    """
    state = _State(take_census(scenes), {scene.sentence.number: scene for scene in scenes})
    subjects = iter(sorted(_subjects(scenes, drafts), key=lambda subject: subject.words[0].start))
    waiting = next(subjects, None)
    found: list[tuple[Entity, Entity | None]] = []
    for draft in drafts:
        while waiting is not None and waiting.words[0].start < _anchor(draft):
            _notice(state, waiting)
            waiting = next(subjects, None)
        relay = _refer(state, draft, draft.relay_source) if draft.relay_source is not None else None
        entity = _NARRATOR if draft.frame == "narration" else _refer(state, draft, draft.committed or draft.source)
        if entity is not _NARRATOR and draft.frame != "asked":  # "Asked by a deputy whether P, he replied": he is not the deputy
            state.last_speaker = relay or entity
        found.append((entity, relay))
    speakers = _number([entity for pair in found for entity in pair if entity is not None])
    return [(speakers[id(entity)], speakers[id(relay)] if relay is not None else None) for entity, relay in found]


@dataclass(frozen=True, slots=True)
class _Subject:
    """A description that is the subject of a clause but no source: somebody a later pronoun may mean."""

    scene: Scene
    words: tuple[Word, ...]


def _anchor(draft: Draft) -> int:
    return draft.source.start if draft.source is not None else draft.span.start


def _subjects(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> Iterator[_Subject]:
    taken = {span.start for draft in drafts for span in (draft.source, draft.relay_source) if span is not None}
    for scene in scenes:
        starts = sorted({clause.subject for clause in scene.clauses if clause.subject is not None})
        for start, end in starts if not scene.sentence.headline else ():
            words = scene.words[start : source_end(scene, start, end)]
            if words and words[0].start not in taken and words[0].tag not in {"PRP", "EX", "WH"}:
                yield _Subject(scene, words)


def _notice(state: _State, subject: _Subject) -> None:
    naming = read_naming(subject.words[: max(1, noun_phrase_end(subject.words, 0))])
    if naming.is_name or not (singular(naming.head) in person_nouns() or naming.head in organisation_heads()):
        return
    span = Span(subject.words[0].start, subject.words[-1].end)
    sentence = subject.scene.sentence
    seen = Sighting(span, sentence.paragraph, sentence.number, subject=True)
    entity = _described(state, subject.words, naming, seen)
    if all(known.span.start != span.start for known in entity.sightings):
        entity.sightings.append(seen)


def _number(entities: Sequence[Entity]) -> dict[int, Speaker]:
    speakers: dict[int, Speaker] = {}
    for entity in entities:
        if entity is _NARRATOR:
            speakers[id(entity)] = Speaker("narrator", entity.name, entity.kind)
        elif id(entity) not in speakers:
            aliases = tuple(sorted(entity.aliases - {entity.name}))
            speakers[id(entity)] = Speaker(f"p{len(speakers) + 1}", entity.name, entity.kind, aliases)
    return speakers


def _refer(state: _State, draft: Draft, span: Span | None) -> Entity:
    scene = _scene_of(state, draft, span)
    words = [word for word in scene.words if span is not None and span.start <= word.start and word.end <= span.end]
    if span is None or not words:
        return Entity("unknown", ("unknown",), SpeakerKind.UNKNOWN)
    seen = Sighting(span, scene.sentence.paragraph, scene.sentence.number, subject=True)
    entity = _read_source(state, draft, words, seen)
    if all(known.span.start != span.start for known in entity.sightings):
        entity.sightings.append(seen)
    return entity


def _scene_of(state: _State, draft: Draft, span: Span | None) -> Scene:
    """The scene a source stands in; a continued quotation has its source sentences before."""
    number = draft.sentence
    while span is not None and number > 0 and span.start < state.scenes[number].sentence.span.start:
        number -= 1
    return state.scenes[number]


def _read_source(state: _State, draft: Draft, words: Sequence[Word], seen: Sighting) -> Entity:
    alone = len(words) == 1 or words[1].lower.endswith(("self", "selves"))
    if alone and words[0].lower in PRONOUNS:
        return _pronoun(state, draft, words[0].lower, seen)
    end = max(1, noun_phrase_end(words, 0))
    naming = read_naming(words[:end])
    if naming.is_name:
        return state.roster.meet(naming, seen)
    apposed = _apposed_name(words, end) or _own_name(words, end)
    if apposed is not None and naming.head not in read_words("document_nouns"):
        person = True if naming.head in person_nouns() else None
        entity = state.roster.meet(apposed, seen, person=person)
        entity.roles |= naming.roles
        return entity
    return _issuer(state, draft, words, naming, seen) or _described(state, words, naming, seen)


def _pronoun(state: _State, draft: Draft, pronoun: str, seen: Sighting) -> Entity:
    entity = resolve_pronoun(pronoun, seen, state.roster.entities, inside=draft.parts, last_speaker=state.last_speaker)
    return entity or Entity(pronoun, (pronoun,), SpeakerKind.UNKNOWN)


def _apposed_name(words: Sequence[Word], start: int) -> Naming | None:
    """The name in an apposition: "the mayor, Ana Lima"."""
    for index in range(start, len(words) - 1):
        if words[index].text != ",":
            continue
        end = noun_phrase_end(words, index + 1)
        naming = read_naming(words[index + 1 : end]) if end > index + 1 else None
        if naming is not None and naming.is_name and words[index + 1].tag not in {"DT", "PRP$"}:
            return naming
        return None
    return None


def _own_name(words: Sequence[Word], start: int) -> Naming | None:
    """`a group that calls itself Grey Heron`, `a man named Ana`."""
    for index in range(start, len(words) - 1):
        if words[index].lower in {"itself", "themselves", "named", "called"} and words[index + 1].tag == "NNP":
            return read_naming(words[index + 1 : noun_phrase_end(words, index + 1)])
    return None


def _issuer(state: _State, draft: Draft, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity | None:
    """Who speaks through a document: "the Kremlin's readout", "an Aurora statement", "a letter from the mayor"."""
    if naming.head not in read_words("document_nouns"):
        return None
    if naming.determiner in PRONOUNS:
        return _pronoun(state, draft, naming.determiner, seen)
    for index, word in enumerate(words):
        if word.tag == "POS":
            return _read_source(state, draft, words[:index], seen)
        if word.lower in {"by", "from"} and index + 1 < len(words):
            return _read_source(state, draft, words[index + 1 :], seen)
    names = [word for word in words if word.tag == "NNP"]
    return _read_source(state, draft, names, seen) if names else None


def _described(state: _State, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity:
    definite = naming.determiner not in _INDEFINITE and not (naming.plural and not naming.determiner)
    known = _known_description(state, naming, seen) if definite else None
    known = known or (_varied(state, words, naming, seen) if definite else None)
    name = _description(words, naming)
    known = known or next(
        (entity for entity in state.roster.entities if entity.described and entity.name == name), None
    )
    return known or state.roster.describe(naming, name, described_kind(naming), seen)


def _description(words: Sequence[Word], naming: Naming) -> str:
    """A description without article and relative clause, as it stands: "senior official in the mayor's office"."""
    end = next((index for index, word in enumerate(words) if word.text == "," or word.tag in {"WH", "QM"}), len(words))
    start = 1 if words[0].tag in {"DT", "PRP$"} and words[0].lower not in {"both", "all", "some"} and end > 1 else 0
    text = ""
    for word in words[start:end]:
        text += word.text if not text or word.tag == "POS" or word.text == "." else f" {word.text}"
    return text or naming.text


def _known_description(state: _State, naming: Naming, seen: Sighting) -> Entity | None:
    """Somebody met before whom a definite description can mean: by role, by a word of the name, or the last body named."""
    earlier = [
        entity
        for entity in state.roster.entities
        if any(known.span.start < seen.span.start for known in entity.sightings)
    ]
    head = naming.head if naming.plural else singular(naming.head)
    bare = not set(naming.modifiers) - {"state", "local", "national", "whole"}
    for candidates in (
        [entity for entity in earlier if _has_role(entity, head, naming)],
        [entity for entity in earlier if _has_word(entity, head, naming)],
        [entity for entity in earlier if bare and _is_stand_in(entity, head)],
        [entity for entity in earlier if bare and not naming.owner and _is_untyped(entity, head)],
    ):
        if candidates and not (naming.plural and head not in organisation_heads()):
            return max(candidates, key=lambda entity: _last_seen(entity, seen))
    return None


def _varied(state: _State, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity | None:
    """A bare description of a person in a paragraph that has named one person only: elegant variation."""
    bare = naming.determiner == "the" and all(word.tag not in {"IN", "POS"} for word in words) and not naming.plural
    if not bare or singular(naming.head) not in person_nouns():
        return None
    named = [
        entity
        for entity in state.roster.entities
        if entity.is_person and any(_just_before(known, seen) for known in entity.sightings)
    ]
    return named[0] if len(named) == 1 and not named[0].described else None


def _just_before(known: Sighting, seen: Sighting) -> bool:
    return known.paragraph == seen.paragraph and known.span.start < seen.span.start and seen.sentence - known.sentence <= 1


def _last_seen(entity: Entity, seen: Sighting) -> int:
    return max((known.span.start for known in entity.sightings if known.span.start < seen.span.start), default=-1)


_EXACT_MODIFIERS: Final = frozenset(
    {"prime", "foreign", "interior", "deputy", "vice", "finance", "health", "defense", "defence", "former"}
)


def _has_role(entity: Entity, head: str, naming: Naming) -> bool:
    return head in entity.roles and set(naming.modifiers) & _EXACT_MODIFIERS <= entity.roles


def _has_word(entity: Entity, head: str, naming: Naming) -> bool:
    """A body one word of whose name is the description's head, and whose name does not speak against its other words."""
    if entity.is_person or head not in organisation_heads() or head not in entity.tokens:
        return False
    return set(naming.modifiers) <= set(entity.tokens) | entity.roles


def _is_stand_in(entity: Entity, head: str) -> bool:
    """`the regulator` for a body called authority, `the union` for one called guild."""
    return not entity.is_person and bool(set(entity.tokens) & read_groups("stand_ins").get(head, frozenset()))


def _is_untyped(entity: Entity, head: str) -> bool:
    """A body whose name does not tell what it is can be "the company" or "the group"."""
    if entity.is_person or entity.described or head not in read_groups("organisation_heads")["generic"]:
        return False
    if set(entity.tokens) & read_words("time_words"):
        return False
    return not set(entity.tokens) & organisation_heads()


__all__ = ["resolve_speakers", "sighting"]
