"""One pass over an article: who is named, with which roles, where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...annotations import Span, SpeakerKind
from ...lexicon import read_words
from ...segment import Word, is_time_phrase, noun_phrase_end, word_at
from ..drafts import Scene
from .introductions import name_the_described, read_age, read_predicate
from .naming import Naming, is_person_noun, organisation_heads, person_nouns, read_naming
from .roster import Entity, Roster, Sighting

_PLACING: Final = frozenset({"in", "near", "outside", "around", "across"})
_OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of a scene, words [start, end), read as a naming."""

    start: int
    end: int
    naming: Naming


def take_census(scenes: Sequence[Scene]) -> Roster:
    """The roster of an article: headlines are left out, their capitals are no names."""
    roster = Roster()
    for scene in scenes:
        if scene.sentence.headline:
            continue
        subjects = {clause.subject[0] for clause in scene.clauses if clause.subject is not None}
        begin = _past_dateline(scene)
        phrases = [phrase for phrase in find_phrases(scene.words) if phrase.start >= begin]
        for number, phrase in enumerate(phrases):
            apposed = _apposition(scene, phrase, phrases[number + 1 : number + 3])
            _record(roster, scene, phrase, apposed, subject=phrase.start in subjects)
    name_the_described(roster, scenes)
    return roster


def _past_dateline(scene: Scene) -> int:
    """Behind the place and the agency that open a report: "TALLOW BAY, June 2 (ML) - "."""
    words = scene.words
    if not words or not words[0].text.isupper() or len(words[0].text) == 1:
        return 0
    dashes = (
        index for index in range(1, min(len(words), _LONGEST_DATELINE)) if words[index].text in {"-", "–", "—", "--"}
    )
    return next(dashes, 0)


_LONGEST_DATELINE: Final = 14


def _apposition(scene: Scene, phrase: Phrase, following: Sequence[Phrase]) -> Phrase | None:
    """The phrase between commas right after another one: "Ana Lima, the mayor's deputy, ..."."""
    comma = _past_complement(scene, phrase, following)
    if word_at(scene.words, comma).text != ",":
        return None
    apposed = next((other for other in reversed(following) if other.start == comma + 1), None)
    return apposed if apposed is not None and _is_closed(scene, apposed.end) else None


def _past_complement(scene: Scene, phrase: Phrase, following: Sequence[Phrase]) -> int:
    """`the maker of the gauge, Tallis Rowe`: a phrase goes on with what "of" hangs on it."""
    linked = word_at(scene.words, phrase.end).lower in {"of", "for"}
    return following[0].end if linked and following and following[0].start == phrase.end + 1 else phrase.end


def _is_closed(scene: Scene, end: int) -> bool:
    """Whether an apposition ends here: at a comma, a stop or the words that go on about it."""
    after = word_at(scene.words, end)
    return after.text in {"", ",", "."} or after.tag in {"WH", "IN", "QUOTE"}


def find_phrases(words: Sequence[Word]) -> Iterator[Phrase]:
    """The noun phrases of a sentence; a possessor is a phrase of its own before the phrase it owns."""
    index = 0
    while index < len(words):
        end = noun_phrase_end(words, index)
        if end <= index or words[index].tag in {"PRP", "EX"}:
            index = max(index + 1, end)
            continue
        naming = read_naming(words[index:end])
        yield from _owners(words, index, end, naming)
        yield Phrase(index, end, naming)
        index = end


def _owners(words: Sequence[Word], start: int, end: int, naming: Naming) -> Iterator[Phrase]:
    if not naming.owner:
        return
    possessive = next(
        index
        for index in range(end - 1, start, -1)
        if words[index].tag == "POS" and _joins(words, start, index, naming)
    )
    yield Phrase(start, possessive, read_naming(words[start:possessive]))


def _joins(words: Sequence[Word], start: int, index: int, naming: Naming) -> bool:
    return "".join(word.text for word in words[start:index]) == naming.owner.replace(" ", "")


def _record(roster: Roster, scene: Scene, phrase: Phrase, apposed: Phrase | None, *, subject: bool) -> None:
    naming = phrase.naming
    if naming.is_name and not is_time_phrase(scene.words, phrase.start, phrase.end):
        seen = sighting(scene, phrase.start, phrase.end, subject=subject)
        entity = roster.meet(naming, seen, person=_evidence(scene, phrase, apposed))
        _learn_around(entity, scene, phrase, apposed)
    elif apposed is not None and apposed.naming.is_name and _is_describing(naming):
        _record_apposed(roster, scene, apposed, naming, subject=subject)


def _learn_around(entity: Entity, scene: Scene, phrase: Phrase, apposed: Phrase | None) -> None:
    """What the words beside a name tell: a place, an age, a role."""
    entity.is_place = entity.is_place or word_at(scene.words, phrase.start - 1).lower in _PLACING
    if entity.mentions == 1:
        entity.introduced = apposed is not None or not phrase.naming.roles <= read_words("courtesy_titles")
    entity.age = entity.age or read_age(scene.words, phrase.end)
    if apposed is not None and not apposed.naming.is_name:
        _add_roles(entity, apposed.naming)
    predicate = read_predicate(scene.words, phrase.end)
    if predicate is not None:
        _add_roles(entity, predicate)


def _record_apposed(roster: Roster, scene: Scene, apposed: Phrase, role: Naming, *, subject: bool) -> None:
    """`the mayor, Ana Lima`: the name, with what the phrase before it tells."""
    seen = sighting(scene, apposed.start, apposed.end, subject=subject)
    entity = roster.meet(apposed.naming, seen, person=singular_head(role) in person_nouns())
    entity.introduced = True
    _add_roles(entity, role)


def singular_head(naming: Naming) -> str:
    """The head noun of a description when it names one person or body; empty for a plural."""
    return "" if naming.plural else naming.head


def _is_describing(naming: Naming) -> bool:
    return is_person_noun(singular_head(naming)) or naming.head in organisation_heads()


def _add_roles(entity: Entity, naming: Naming) -> None:
    entity.roles |= naming.roles | ({naming.head} if _is_describing(naming) else set())
    entity.roles |= set(naming.modifiers) & {"prime", "foreign", "interior", "deputy", "former", "army", "police"}
    entity.gender = entity.gender or naming.gender


def _evidence(scene: Scene, phrase: Phrase, apposed: Phrase | None) -> bool | None:
    """What the words around a name show: a person, a body, or nothing."""
    behind = _evidence_behind(tuple(word.lower for word in scene.words[phrase.end : phrase.end + 2]))
    if behind is not None:
        return behind
    if apposed is not None and not apposed.naming.is_name and _is_describing(apposed.naming):
        return apposed.naming.head in person_nouns()
    titled = not phrase.naming.roles.isdisjoint(person_nouns())
    return True if titled and phrase.naming.name[-1].lower() not in organisation_heads() else None


def _evidence_behind(following: tuple[str, ...]) -> bool | None:
    """`Lima, who`, `Lima, 47`: a person; `Aurora, which`: a body."""
    if following[:1] == ("who",) or following in _PERSONAL:
        return True
    if following == (",", "which"):
        return False
    return True if following[:1] == (",",) and _is_age(following[-1]) else None


def _is_age(word: str) -> bool:
    return word.isdecimal() and int(word) <= _OLDEST


_PERSONAL: Final = frozenset({(",", "who"), (",", "whose")})


def sighting(scene: Scene, start: int, end: int, *, subject: bool) -> Sighting:
    """The sighting of words [start, end) of a scene."""
    return Sighting(
        Span(scene.words[start].start, scene.words[end - 1].end),
        scene.sentence.paragraph,
        scene.sentence.number,
        subject,
    )


def described_kind(naming: Naming) -> SpeakerKind:
    """What a description names: a group, a person, a body."""
    if naming.plural:
        return SpeakerKind.GROUP
    if is_person_noun(naming.head) or naming.gender or naming.head in {"somebody", "someone", "one", "person"}:
        return SpeakerKind.PERSON
    return SpeakerKind.ORGANISATION
