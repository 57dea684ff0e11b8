"""Everybody an article names, in the order of their first mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ...annotations import Span, SpeakerKind
from .naming import Naming, organisation_heads, person_nouns

_CORPORATE: Final = frozenset({"inc", "inc.", "corp", "corp.", "ltd", "ltd.", "plc", "llc", "gmbh", "co", "co.", "&"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One mention: its span, paragraph and sentence, and whether it is the subject of a clause."""

    span: Span
    paragraph: int
    sentence: int
    subject: bool


@dataclass(slots=True)
class Entity:
    """A person, body or group of an article, while mentions are still being added."""

    name: str
    tokens: tuple[str, ...]
    kind: SpeakerKind
    gender: str = ""
    described: bool = False
    roles: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        """Whether this is one person."""
        return self.kind is SpeakerKind.PERSON


class Roster:
    """The entities of one article; names that can be one are kept as one."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []

    def meet(self, naming: Naming, sighting: Sighting, *, person: bool | None = None) -> Entity:
        """The entity a proper name stands for: one met before, or a new one. `person` tells what the context shows."""
        tokens = tuple(token.lower() for token in naming.name)
        kind = name_kind(naming, person=person)
        entity = self._find(tokens, kind)
        if entity is None:
            entity = Entity(" ".join(naming.name), tokens, kind, naming.gender)
            self.entities.append(entity)
        self._learn(entity, naming, tokens, person=person)
        entity.sightings.append(sighting)
        return entity

    def describe(self, naming: Naming, name: str, kind: SpeakerKind, sighting: Sighting) -> Entity:
        """A new entity known only by description."""
        entity = Entity(name, tuple(name.lower().split()), kind, naming.gender, described=True)
        entity.roles |= {role for role in (naming.head, *naming.roles) if role}
        entity.sightings.append(sighting)
        self.entities.append(entity)
        return entity

    def _find(self, tokens: tuple[str, ...], kind: SpeakerKind) -> Entity | None:
        same = [entity for entity in self.entities if not entity.described]
        exact = next((entity for entity in same if entity.tokens == tokens), None)
        return exact or next((entity for entity in reversed(same) if may_be_same(entity, tokens, kind)), None)

    def _learn(self, entity: Entity, naming: Naming, tokens: tuple[str, ...], *, person: bool | None) -> None:
        if len(tokens) > len(entity.tokens):
            entity.aliases.add(entity.name)
            entity.name, entity.tokens = " ".join(naming.name), tokens
        elif tokens != entity.tokens:
            entity.aliases.add(" ".join(naming.name))
        entity.gender = entity.gender or naming.gender
        entity.roles |= naming.roles
        if person or naming.roles & person_nouns():
            entity.kind = SpeakerKind.PERSON


def name_kind(naming: Naming, *, person: bool | None) -> SpeakerKind:
    """Person or organisation, by titles, by the words of the name and by its length."""
    lower = [token.lower() for token in naming.name]
    if person is not None:
        return SpeakerKind.PERSON if person else SpeakerKind.ORGANISATION
    if lower[-1] in organisation_heads() or _CORPORATE & set(lower) or naming.determiner == "the":
        return SpeakerKind.ORGANISATION
    if naming.roles or naming.gender:
        return SpeakerKind.PERSON
    if (
        naming.head
        or set(naming.modifiers) & organisation_heads()
        or any(token in organisation_heads() for token in lower)
    ):
        return SpeakerKind.ORGANISATION
    return (
        SpeakerKind.PERSON
        if len(lower) in {2, 3} and not naming.name[0].isupper() or _looks_personal(naming)
        else SpeakerKind.ORGANISATION
    )


def _looks_personal(naming: Naming) -> bool:
    """Two or three words with capitals that are not all capitals."""
    return 2 <= len(naming.name) <= 4 and all(not token.isupper() or len(token) == 1 for token in naming.name)  # noqa: PLR2004 - words


def may_be_same(entity: Entity, tokens: tuple[str, ...], kind: SpeakerKind) -> bool:
    """Whether a name can be another form of an entity's: a surname alone, a body's first word, its initials."""
    known = entity.tokens
    if len(tokens) == 1 and entity.is_person:
        return known[-1] == tokens[0]
    if entity.is_person and kind is SpeakerKind.PERSON:
        return len(known) == 1 and known[0] == tokens[-1]
    if entity.is_person:
        return False
    if len(tokens) == 1 and len(known) > 1:
        initials = "".join(token[0] for token in known if token not in {"of", "the", "and", "for"})
        return known[0] == tokens[0] or initials == tokens[0].replace(".", "") or known[-1] == tokens[0]
    if kind is SpeakerKind.PERSON and not set(tokens) & organisation_heads() and len(known) == 1:
        return False
    return len(known) == 1 and known[0] == tokens[0] and len(tokens) > 1
