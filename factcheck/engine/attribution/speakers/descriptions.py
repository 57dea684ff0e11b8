"""Definite descriptions to somebody met before: by role, by a word of the name, by what can stand for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from ...lexicon import has_tag, possible_tags, read_groups, read_words
from ...segment import Word
from .naming import Naming, is_person_noun, join_words, organisation_heads, person_nouns, singular
from .roster import CORPORATE, Entity, Roster, Sighting

_FARTHEST_PARAGRAPHS: Final = 60
# Modifiers that tell offices apart; others only adorn ("the embattled minister").
_TELLING: Final = frozenset(
    {"prime", "foreign", "interior", "deputy", "vice", "finance", "health", "defense", "defence", "former"}
)
_IDLE: Final = frozenset({"state", "local", "national", "whole"})


def find_described(
    roster: Roster, words: Sequence[Word], naming: Naming, seen: Sighting, *, ahead: bool
) -> Entity | None:
    """Who a definite description means, if met before; with `ahead`, if met anywhere, as for a headline."""
    head = naming.head if naming.plural else singular(naming.head)
    if naming.plural and head not in organisation_heads():
        return None
    if seen.span.start in roster.foretold:
        return roster.foretold[seen.span.start]
    last = _last_seen(_seen_ahead(roster) if ahead else _seen_before(roster, seen))
    known = _best_fit(last, head, naming) or _find_varied(roster, words, naming, seen)
    return known or _find_later(roster, head, naming)


def _best_fit(last: dict[Entity, int], head: str, naming: Naming) -> Entity | None:
    """Who was mentioned last of those who fit in the surest way that any fits."""
    for fits in (_has_role, _has_word, _is_stand_in, _is_untyped, _is_of_age, _has_kindred_role):
        candidates = [entity for entity in last if fits(entity, head, naming)]
        if candidates and fits is _is_untyped:
            return max(candidates, key=lambda entity: (entity.acts, entity.mentions, last[entity]))
        if candidates:
            return max(candidates, key=lambda entity: last[entity])
    return None


def _find_later(roster: Roster, head: str, naming: Naming) -> Entity | None:
    """The one person of that role whom the article names later on."""
    if not is_person_noun(head):
        return None
    later = {entity for entity, _ in _seen_ahead(roster) if entity.is_person and _has_role(entity, head, naming)}
    return later.pop() if len(later) == 1 else None


_Seen = Iterator[tuple[Entity, Sighting]]


def _seen_ahead(roster: Roster) -> _Seen:
    """Whoever the article's first paragraphs mention."""
    return roster.look_back(_FARTHEST_PARAGRAPHS, _FARTHEST_PARAGRAPHS)


def _seen_before(roster: Roster, seen: Sighting) -> _Seen:
    return roster.look_back(seen.paragraph, _FARTHEST_PARAGRAPHS, seen.span.start)


def _last_seen(sightings: _Seen) -> dict[Entity, int]:
    """Where each entity was mentioned last, in the order of first mention; mentions come as they are read."""
    return {entity: known.span.start for entity, known in sightings}


def _has_role(entity: Entity, head: str, naming: Naming) -> bool:
    if head not in entity.roles or not set(naming.modifiers) & _TELLING <= entity.roles:
        return False
    return entity.is_person or _may_be_owned(entity, naming)


def _may_be_owned(entity: Entity, naming: Naming) -> bool:
    """Whether nothing that a description says of a body's field or owner is strange to what the body is called."""
    fields = {word for word in naming.modifiers if word not in _IDLE and _is_field(word)}
    return {*fields, *_owner_words(naming)} <= {*entity.tokens, *entity.roles}


def _is_field(word: str) -> bool:
    """Whether a word before a noun names a field ("agriculture ministry") and does not only adorn."""
    return has_tag(word, "NN") or not possible_tags(word)


def _owner_words(naming: Naming) -> set[str]:
    """`the referees' union`: the words of the owner, in the singular and plural, that are not idle."""
    return {word.lower() for word in naming.owner.split() if word.lower() not in {"the", "a", "an", "its", "their"}}


def _has_word(entity: Entity, head: str, naming: Naming) -> bool:
    """A body whose name has the description's head, and does not speak against its other words."""
    if entity.is_person or head not in organisation_heads() or head not in entity.tokens:
        return False
    return set(naming.modifiers) <= set(entity.tokens) | entity.roles


def _is_stand_in(entity: Entity, head: str, naming: Naming) -> bool:
    """`the regulator` for a body called authority, `the union` for one called guild."""
    if set(naming.modifiers) - _IDLE or not _owner_words(naming) <= set(entity.tokens):
        return False
    return not entity.is_person and bool(set(entity.tokens) & read_groups("stand_ins").get(head, frozenset()))


def _is_untyped(entity: Entity, head: str, naming: Naming) -> bool:
    """A body whose name does not tell what it is can be "the company" or "the group"."""
    if entity.is_person or entity.described or head not in read_groups("organisation_heads")["generic"]:
        return False
    if naming.owner or set(naming.modifiers) - _IDLE or (entity.is_place and not entity.acts):
        return False
    if any(character.isdigit() for character in entity.name):
        return False  # a drug, a flight, a road
    return _typing_words().isdisjoint(entity.tokens)


@cache
def _typing_words() -> frozenset[str]:
    """Words that tell what a name stands for."""
    return (organisation_heads() - CORPORATE) | read_words("time_words")


def _is_of_age(entity: Entity, head: str, naming: Naming) -> bool:
    """`the 54-year-old`: who is that old, as far as anybody's age was told."""
    del naming
    return entity.age > 0 and head == f"{entity.age}-year-old"


def _has_kindred_role(entity: Entity, head: str, naming: Naming) -> bool:
    """`the barrister` for somebody's counsel."""
    if not entity.is_person or naming.owner or any(_is_field(word) for word in naming.modifiers):
        return False
    return any(head in group and not entity.roles.isdisjoint(group) for group in read_groups("role_kin").values())


def _find_varied(roster: Roster, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity | None:
    """A bare description of a person in a paragraph that has named one person only: elegant variation."""
    head = singular(naming.head)
    if not _is_bare(words, naming) or not is_person_noun(head):
        return None
    here = roster.look_back(seen.paragraph, 0, seen.span.start)
    named = {entity for entity, _ in here if _may_vary(entity, head, naming)}
    return named.pop() if len(named) == 1 else None


def _may_vary(entity: Entity, head: str, naming: Naming) -> bool:
    """Whether a person can be called so although nothing said it: named, of that gender, of no other office or age."""
    if not entity.is_person or entity.described or {entity.gender, naming.gender} == {"m", "f"}:
        return False
    if head.endswith("-year-old"):
        return not entity.age
    leads = head in _LEADING and not entity.roles.isdisjoint(_RANKS)
    return leads or entity.roles.isdisjoint(person_nouns())


# `the army chief` for a general.
_LEADING: Final = frozenset({"chief", "head", "leader", "boss", "commander"})
_RANKS: Final = frozenset({"general", "admiral", "marshal", "brigadier", "commissioner", "superintendent", "colonel"})


def _is_bare(words: Sequence[Word], naming: Naming) -> bool:
    """`the young clerk`, without an owner, a field or a phrase behind it."""
    if naming.determiner != "the" or naming.plural:
        return False
    nouns = sum(word.tag == "NN" for word in words)
    single = nouns <= 1 + (naming.head in _LEADING)
    return single and all(word.tag in {"DT", "JJ", "NN", "RB", "CD"} for word in words)


def write_description(words: Sequence[Word], naming: Naming) -> str:
    """A description without article and relative clause, as it stands: "young clerk in the mayor's office"."""
    stops = (index for index, word in enumerate(words) if word.text == "," or word.tag in {"WH", "QM"})
    end = next(stops, len(words))
    start = 1 if end > 1 and _is_idle_determiner(words[0]) else 0
    return join_words(words[start:end]) or naming.text


def _is_idle_determiner(word: Word) -> bool:
    return word.tag in {"DT", "PRP$"} and word.lower not in {"both", "all", "some"}
