"""Definite descriptions to somebody met before: by role, by a word of the name, by what can stand for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...lexicon import read_groups, read_words
from ...segment import Word
from .naming import Naming, join_words, organisation_heads, person_nouns, singular
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
    last = _last_seen(_seen_ahead(roster) if ahead else _seen_before(roster, seen))
    for fits in (_has_role, _has_word, _is_stand_in, _is_untyped):
        candidates = [entity for entity in last if fits(entity, head, naming)]
        if candidates:
            return max(candidates, key=lambda entity: last[entity])
    return _find_varied(roster, words, naming, seen)


_Seen = Iterator[tuple[Entity, Sighting]]


def _seen_ahead(roster: Roster) -> _Seen:
    """Whoever the article's first paragraphs mention."""
    return roster.look_back(_FARTHEST_PARAGRAPHS, _FARTHEST_PARAGRAPHS)


def _seen_before(roster: Roster, seen: Sighting) -> _Seen:
    window = roster.look_back(seen.paragraph, _FARTHEST_PARAGRAPHS)
    return ((entity, known) for entity, known in window if known.span.start < seen.span.start)


def _last_seen(sightings: _Seen) -> dict[Entity, int]:
    """Where each entity was mentioned last, in the order of first mention."""
    last: dict[Entity, int] = {}
    for entity, known in sightings:
        last[entity] = max(known.span.start, last.get(entity, -1))
    return last


def _has_role(entity: Entity, head: str, naming: Naming) -> bool:
    return head in entity.roles and set(naming.modifiers) & _TELLING <= entity.roles


def _has_word(entity: Entity, head: str, naming: Naming) -> bool:
    """A body whose name has the description's head, and does not speak against its other words."""
    if entity.is_person or head not in organisation_heads() or head not in entity.tokens:
        return False
    return set(naming.modifiers) <= set(entity.tokens) | entity.roles


def _is_stand_in(entity: Entity, head: str, naming: Naming) -> bool:
    """`the regulator` for a body called authority, `the union` for one called guild."""
    if set(naming.modifiers) - _IDLE:
        return False
    return not entity.is_person and bool(set(entity.tokens) & read_groups("stand_ins").get(head, frozenset()))


def _is_untyped(entity: Entity, head: str, naming: Naming) -> bool:
    """A body whose name does not tell what it is can be "the company" or "the group"."""
    if entity.is_person or entity.described or head not in read_groups("organisation_heads")["generic"]:
        return False
    if naming.owner or set(naming.modifiers) - _IDLE or (entity.is_place and not entity.acts):
        return False
    return not set(entity.tokens) & (organisation_heads() - CORPORATE | read_words("time_words"))


def _find_varied(roster: Roster, words: Sequence[Word], naming: Naming, seen: Sighting) -> Entity | None:
    """A bare description of a person in a paragraph that has named one person only: elegant variation."""
    if not _is_bare(words, naming) or singular(naming.head) not in person_nouns():
        return None
    here = roster.look_back(seen.paragraph, 0)
    named = {entity for entity, known in here if entity.is_person and _is_just_before(known, seen)}
    only = named.pop() if len(named) == 1 else None
    return only if only is not None and not only.described else None


def _is_bare(words: Sequence[Word], naming: Naming) -> bool:
    """`the young clerk`, without an owner or a phrase behind it."""
    return naming.determiner == "the" and not naming.plural and all(word.tag not in {"IN", "POS"} for word in words)


def _is_just_before(known: Sighting, seen: Sighting) -> bool:
    return known.span.start < seen.span.start and seen.sentence - known.sentence <= 1


def write_description(words: Sequence[Word], naming: Naming) -> str:
    """A description without article and relative clause, as it stands: "young clerk in the mayor's office"."""
    stops = (index for index, word in enumerate(words) if word.text == "," or word.tag in {"WH", "QM"})
    end = next(stops, len(words))
    start = 1 if end > 1 and _is_idle_determiner(words[0]) else 0
    return join_words(words[start:end]) or naming.text


def _is_idle_determiner(word: Word) -> bool:
    return word.tag in {"DT", "PRP$"} and word.lower not in {"both", "all", "some"}
