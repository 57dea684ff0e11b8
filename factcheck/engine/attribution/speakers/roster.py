"""Everybody an article names, in the order of their first mention."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ...annotations import Span, SpeakerKind
from ...lexicon import has_tag, possible_tags
from .naming import Naming, organisation_heads, person_nouns

CORPORATE: Final = frozenset({"inc", "inc.", "corp", "corp.", "ltd", "ltd.", "plc", "llc", "gmbh", "co", "co.", "&"})
_LONGEST_PERSON_NAME: Final = 4
# Behind the end of any text that is read.
_NOWHERE: Final = 1 << 31
# How many mentions of one paragraph are looked through.
_MOST_RECALLED: Final = 60
# How many entities that share a word with a name are compared with it.
_COMPARED: Final = 20


@dataclass(frozen=True, slots=True)
class Sighting:
    """One mention: its span, paragraph and sentence, and whether it is the subject of a clause."""

    span: Span
    paragraph: int
    sentence: int
    subject: bool


@dataclass(slots=True, eq=False)
class Entity:
    """A person, body or group of an article, while mentions are still being added."""

    name: str
    tokens: tuple[str, ...]
    kind: SpeakerKind
    gender: str = ""
    described: bool = False
    roles: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    seen_at: set[int] = field(default_factory=set)
    acts: bool = False
    is_place: bool = False
    shown: bool = False
    age: int = 0
    introduced: bool = False
    first_seen: int = _NOWHERE
    mentions: int = 0

    @property
    def is_person(self) -> bool:
        """Whether this is one person."""
        return self.kind is SpeakerKind.PERSON

    @property
    def may_be_person(self) -> bool:
        """Whether this is one person, or a name that has acted and is nothing else for all that is told."""
        if self.kind is SpeakerKind.PERSON:
            return self.shown or not self.is_place
        told = self.described or self.shown or self.is_place or self.kind is not SpeakerKind.ORGANISATION
        return (
            not told
            and self.acts
            and not self.name.isupper()
            and organisation_heads().isdisjoint(self.tokens)
            and CORPORATE.isdisjoint(self.tokens)
        )


class Roster:
    """The entities of one article; names that can be one are kept as one.

    Sightings are kept by paragraph, so that looking back a few paragraphs costs the same in a long text.
    """

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, ...], Entity] = {}
        self._by_token: dict[str, list[Entity]] = defaultdict(list)
        self._by_description: dict[str, Entity] = {}
        self._by_paragraph: dict[int, list[tuple[Entity, Sighting]]] = defaultdict(list)
        self.foretold: dict[int, Entity] = {}

    def meet(self, naming: Naming, sighting: Sighting, *, person: bool | None = None) -> Entity:
        """The entity a proper name stands for: one met before, or a new one. `person` tells what the context shows."""
        tokens = tuple(token.lower() for token in naming.name)
        kind = name_kind(naming, person=person)
        entity = self._by_name.get(tokens) or self._find_similar(tokens, kind)
        if entity is None:
            entity = Entity(naming.written, tokens, kind, naming.gender)
            self._index(entity)
        self._learn(entity, naming, tokens, person=person)
        self.see(entity, sighting)
        return entity

    def describe(self, naming: Naming, name: str, kind: SpeakerKind) -> Entity:
        """The entity known by a description: the one of that description, or a new one."""
        entity = self._by_description.get(name)
        if entity is None:
            entity = Entity(name, tuple(name.lower().split()), kind, naming.gender, described=True)
            entity.roles |= {role for role in (naming.head, *naming.roles) if role}
            self._by_description[name] = entity
        return entity

    def see(self, entity: Entity, sighting: Sighting) -> None:
        """Remember a mention, once."""
        if sighting.span.start not in entity.seen_at:
            entity.seen_at.add(sighting.span.start)
            entity.first_seen = min(entity.first_seen, sighting.span.start)
            entity.mentions += 1
            entity.acts = entity.acts or sighting.subject
            insort(self._by_paragraph[sighting.paragraph], (entity, sighting), key=_place)

    def sightings(self, paragraph: int) -> Iterator[tuple[Entity, Sighting]]:
        """The mentions of one paragraph in the order in which they were met."""
        yield from self._by_paragraph.get(paragraph, ())

    def look_back(self, paragraph: int, paragraphs: int, before: int = _NOWHERE) -> Iterator[tuple[Entity, Sighting]]:
        """The mentions of a paragraph and of some before it, in reading order, that begin before an offset."""
        for number in range(max(0, paragraph - paragraphs), paragraph + 1):
            mentions = self._by_paragraph.get(number, [])
            end = bisect_left(mentions, before, key=_place)
            yield from mentions[max(0, end - _MOST_RECALLED) : end]

    def _index(self, entity: Entity) -> None:
        self._by_name[entity.tokens] = entity
        for key in {entity.tokens[0], entity.tokens[-1], _initials(entity.tokens)}:
            self._by_token[key].append(entity)

    def _find_similar(self, tokens: tuple[str, ...], kind: SpeakerKind) -> Entity | None:
        for key in (tokens[-1], tokens[0], tokens[0].replace(".", "")):
            for entity in reversed(self._by_token.get(key, [])[-_COMPARED:]):
                if may_be_same(entity, tokens, kind):
                    return entity
        return self._find_by_first_name(tokens) if len(tokens) == 1 else None

    def _find_by_first_name(self, tokens: tuple[str, ...]) -> Entity | None:
        """The person known to go by that first name, or whose family name comes first."""
        namesakes = self._by_token.get(tokens[0], [])[-_COMPARED:]
        known = (entity for entity in reversed(namesakes) if entity.is_person and (entity.shown or entity.acts))
        return next((entity for entity in known if entity.tokens[0] == tokens[0]), None)

    def _learn(self, entity: Entity, naming: Naming, tokens: tuple[str, ...], *, person: bool | None) -> None:
        if len(tokens) > len(entity.tokens):
            entity.aliases.add(entity.name)
            entity.name, entity.tokens = naming.written, tokens
            self._index(entity)
        elif tokens != entity.tokens:
            entity.aliases.add(naming.written)
        entity.gender = entity.gender or naming.gender
        entity.roles |= naming.roles
        if person or naming.roles & person_nouns():
            entity.kind = SpeakerKind.PERSON
        elif person is False:
            entity.kind = SpeakerKind.ORGANISATION
        entity.shown = entity.shown or person is not None or bool(entity.gender) or bool(naming.roles)


def _place(mention: tuple[Entity, Sighting]) -> int:
    return mention[1].span.start


def name_kind(naming: Naming, *, person: bool | None) -> SpeakerKind:
    """Person or organisation: what the context shows, else what the name does."""
    is_person = _is_person_name(naming) if person is None else person
    return SpeakerKind.PERSON if is_person else SpeakerKind.ORGANISATION


def _is_person_name(naming: Naming) -> bool:
    """Whether a name is a person's, by its last word, by titles, by its other words and by its length."""
    lower = [token.lower() for token in naming.name]
    if naming.determiner == "the" or lower[-1] in organisation_heads() or not CORPORATE.isdisjoint(lower):
        return False
    if naming.roles or naming.gender:
        return True
    return organisation_heads().isdisjoint({*naming.modifiers, *lower}) and _looks_personal(naming)


def _looks_personal(naming: Naming) -> bool:
    """Two to four words, not all capitals and not all of them everyday words ("Safe Plate", "Lusmark Two")."""
    spelled = all(not token.isupper() or len(token) == 1 for token in naming.name)
    return 1 < len(naming.name) <= _LONGEST_PERSON_NAME and spelled and not _is_worded(naming)


def _is_worded(naming: Naming) -> bool:
    """Whether a name is made of everyday words, or ends in one that counts."""
    lower = [token.lower() for token in naming.name]
    counts = has_tag(lower[-1], "CD") or lower[-1].isdecimal()
    return counts or all(possible_tags(token) for token in lower)


def _initials(tokens: tuple[str, ...]) -> str:
    return "".join(token[0] for token in tokens if token not in {"of", "the", "and", "for"})


def may_be_same(entity: Entity, tokens: tuple[str, ...], kind: SpeakerKind) -> bool:
    """Whether a name can be another form of an entity's: a surname alone, a body's first word, its initials."""
    return _may_be_person(entity, tokens, kind) if entity.is_person else _may_be_body(entity, tokens, kind)


def _may_be_person(entity: Entity, tokens: tuple[str, ...], kind: SpeakerKind) -> bool:
    """A surname after the full name, or the full name after the surname."""
    known = entity.tokens
    if len(tokens) == 1:
        return known[-1] == tokens[0]
    return kind is SpeakerKind.PERSON and len(known) == 1 and known[0] == tokens[-1]


def _may_be_body(entity: Entity, tokens: tuple[str, ...], kind: SpeakerKind) -> bool:
    """A body's first or last word or its initials after the full name, or the full name after its first word."""
    known = entity.tokens
    if len(tokens) == 1 and len(known) > 1:
        return tokens[0] in {known[0], known[-1]} or _initials(known) == tokens[0].replace(".", "")
    stranger = kind is SpeakerKind.PERSON and organisation_heads().isdisjoint(tokens)
    return len(known) == 1 and known[0] == tokens[0] and len(tokens) > 1 and not stranger
