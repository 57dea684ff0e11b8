"""What the text tells of a name away from it: age, what somebody is said to be, whom the opening describes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...lexicon import read_groups
from ...segment import Word, noun_phrase_end, word_at
from ..drafts import Scene
from .naming import Naming, is_person_noun, read_naming
from .roster import Entity, Roster, Sighting

# A delayed identification names whom the opening describes within so many paragraphs.
_DELAY: Final = 2
_OLDEST: Final = 120


def read_age(words: Sequence[Word], index: int) -> int:
    """The age that stands behind a name: `, 47,`, `, aged 47`; 0 where none does."""
    if word_at(words, index).text != ",":
        return 0
    first = index + 2 if word_at(words, index + 1).lower == "aged" else index + 1
    word = word_at(words, first).text
    closed = word_at(words, first + 1).text in {"", ",", ".", ")"} or word_at(words, first + 1).tag in {"WH", "IN"}
    return int(word) if word.isdecimal() and int(word) <= _OLDEST and closed else 0


def read_predicate(words: Sequence[Word], index: int) -> Naming | None:
    """What somebody is said to be, read from the verb on: `is a lawyer`, `, who has been secretary for years`."""
    verb = index
    while word_at(words, verb).text == "," or word_at(words, verb).tag == "WH" or word_at(words, verb).lower in _HAVE:
        verb += 1
    if word_at(words, verb).lower not in read_groups("copulas")["be"]:
        return None
    end = noun_phrase_end(words, verb + 1)
    naming = read_naming(words[verb + 1 : end]) if end > verb + 1 else None
    return naming if naming is not None and not naming.is_name and is_person_noun(naming.head) else None


_HAVE: Final = frozenset({"has", "had", "have"})


def name_the_described(roster: Roster, scenes: Sequence[Scene]) -> None:
    """Give whom the opening describes the name that follows: "The head of a bank quit. ... Ana Lima said".

    News copy that opens with a description names the person soon after, bare, as somebody already introduced.
    """
    opening = next((scene.sentence.paragraph for scene in scenes if not scene.sentence.headline), None)
    if opening is None:
        return
    for naming, at in _described([scene for scene in scenes if scene.sentence.paragraph == opening]):
        named = _named_later(roster, naming, opening, at)
        if named is not None:
            named.roles |= naming.roles | {naming.head}
            named.gender = named.gender or naming.gender
            roster.foretold[at] = named
            return


def _described(scenes: Sequence[Scene]) -> list[tuple[Naming, int]]:
    """The definite descriptions of one person in the opening paragraph and where they begin, subjects first."""
    found = sorted((row for scene in scenes for row in _persons_of(scene)), key=lambda row: row[:2])
    return [(naming, at) for _, at, naming in found]


def _persons_of(scene: Scene) -> Iterator[tuple[bool, int, Naming]]:
    """The descriptions of one person in a sentence: whether it is no subject, where it begins, what it tells."""
    subjects = {clause.subject[0] for clause in scene.clauses if clause.subject is not None}
    index = 0
    while index < len(scene.words):
        end = noun_phrase_end(scene.words, index)
        naming = read_naming(scene.words[index:end]) if end > index else None
        if naming is not None and _is_one_person(naming):
            yield index not in subjects, scene.words[index].start, naming
        index = max(index + 1, end)


def _is_one_person(naming: Naming) -> bool:
    described = not naming.is_name and not naming.plural and is_person_noun(naming.head)
    return described and naming.determiner in {"the", "a", "an"} and not naming.owner


def _named_later(roster: Roster, naming: Naming, opening: int, at: int) -> Entity | None:
    """The first person named bare after a description, unless somebody with that very role is named too."""
    fresh: Entity | None = None
    for paragraph in range(opening, opening + _DELAY + 1):
        for entity, seen in roster.look_back(paragraph, 0):
            if not entity.is_person or seen.span.start < at:
                continue
            if naming.head in entity.roles:
                return None
            if fresh is None and _is_bare_entry(entity, seen) and {entity.gender, naming.gender} != {"m", "f"}:
                fresh = entity
    return fresh


def _is_bare_entry(entity: Entity, seen: Sighting) -> bool:
    """Whether somebody enters here under a full name, as a subject, and nothing tells who that is."""
    return seen.subject and not entity.introduced and entity.first_seen == seen.span.start and len(entity.tokens) > 1
