"""Invented clashes and lookalikes between voiced statements: nothing public teaches figures, denials and pledges.

Each is made from a content that somebody is said to have stated: the same words denied, negated, with another figure,
day, place or direction clash; the same words shortened, hedged or denied twice do not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.engine.annotations import Act
from factcheck.engine.conflict.voice import say

Voiced = tuple[str, str, int]

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|has|have|had|can|could|would|should|does|did|do|must)\b(?! not\b|n’t|n't)"
)
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w,]|\.\d)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_CYCLES = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("January", "February", "March", "April", "May", "June"),
    ("July", "August", "September", "October", "November", "December"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("morning", "afternoon", "evening"), ("north", "south", "east", "west"), ("first", "second", "third", "fourth"),
    ("all", "none"), ("always", "never"), ("everyone", "nobody"), ("before", "after"), ("inside", "outside"),
    ("rise", "fall"), ("rises", "falls"), ("rose", "fell"), ("increase", "decrease"), ("increased", "decreased"),
    ("up", "down"), ("more", "fewer"), ("higher", "lower"), ("grow", "shrink"), ("grew", "shrank"), ("gain", "loss"),
    ("support", "oppose"), ("supports", "opposes"), ("supported", "opposed"), ("accept", "reject"),
    ("accepted", "rejected"), ("win", "lose"), ("won", "lost"), ("open", "closed"), ("guilty", "innocent"),
    ("safe", "dangerous"), ("true", "false"), ("legal", "illegal"), ("alive", "dead"), ("start", "stop"),
    ("started", "stopped"), ("begin", "end"), ("began", "ended"), ("keep", "drop"), ("approved", "blocked"),
    ("allow", "ban"), ("allowed", "banned"), ("present", "absent"), ("early", "late"), ("possible", "impossible"),
    ("enough", "too little"), ("strong", "weak"), ("success", "failure"), ("better", "worse"), ("likely", "unlikely"),
    ("attended", "missed"), ("knew", "did not know"), ("with", "without"), ("increase", "cut"), ("raise", "lower"),
    ("raised", "cut"), ("buy", "sell"), ("bought", "sold"), ("join", "leave"), ("joined", "left"), ("arrived", "left"),
    ("confirmed", "ruled out"), ("signed", "refused to sign"), ("paid", "refused to pay"), ("agreed", "refused"),
)  # fmt: skip
_SWAPS = {word: tuple(other for other in cycle if other != word) for cycle in _CYCLES for word in cycle}
_WORD = re.compile(r"[A-Za-z]+")


_BY_ANOTHER = 0.7
_ASKED = 0.5
_LONG = 9  # words
_YEARS = range(1900, 2101)
_FEW = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Who is said to have stated what."""

    speaker: str
    content: str


def invent(said: Said, others: Sequence[Said], pick: random.Random) -> Iterator[Voiced]:
    """Pairs around one statement, 1 for a clash; `others` are statements of the same article."""
    other = pick.choice(others)
    rival = other.speaker if pick.random() < _BY_ANOTHER else said.speaker
    plain = say(said.speaker, Act.ASSERTION, said.content)
    if said.content.startswith("to "):
        yield from _intended(said, rival, pick)
    else:
        yield from _denied(said, rival, pick)
        for changed in _changed(said.content, others, pick):
            yield plain, say(rival, Act.ASSERTION, changed), 1
    yield from _lookalikes(said, rival, pick)
    yield plain, say(other.speaker, Act.ASSERTION, other.content), 0


def _intended(said: Said, rival: str, pick: random.Random) -> Iterator[Voiced]:
    promised, refused = (say(said.speaker, act, said.content) for act in (Act.PLEDGE, Act.REFUSAL))
    demanded = say(rival, Act.DEMAND, said.content)
    not_to = "not " + said.content
    yield from pick.sample(
        [
            (promised, refused, 1), (demanded, refused, 1), (promised, say(said.speaker, Act.PLEDGE, not_to), 1),
            (promised, demanded, 0), (demanded, say(rival, Act.DEMAND, said.content), 0),
            (refused, say(said.speaker, Act.PLEDGE, not_to), 0),
            (promised, say(said.speaker, Act.ASSERTION, not_to), 1),
        ],
        3,
    )  # fmt: skip


def _denied(said: Said, rival: str, pick: random.Random) -> Iterator[Voiced]:
    content = said.content
    acts = (Act.ASSERTION, Act.DENIAL, Act.ACCUSATION)
    plain, denied, accused = (say(said.speaker, act, content) for act in acts)
    by_rival, rival_denies, rival_accuses = (say(rival, act, content) for act in acts)
    made = [(plain, rival_denies, 1), (by_rival, denied, 1), (rival_accuses, denied, 1), (accused, rival_denies, 1)]
    made += [(denied, rival_denies, 0), (plain, rival_accuses, 0), (accused, by_rival, 0)]
    if negated := negate(content):
        made += [(plain, say(rival, Act.ASSERTION, negated), 1), (by_rival, say(said.speaker, Act.OPINION, negated), 1)]
        made += [(denied, say(rival, Act.ASSERTION, negated), 0), (plain, say(rival, Act.DENIAL, negated), 0)]
        made += [(say(said.speaker, Act.DENIAL, negated), say(rival, Act.DENIAL, content), 1)]
    yield from pick.sample(made, 3)


def _lookalikes(said: Said, rival: str, pick: random.Random) -> Iterator[Voiced]:
    plain = say(said.speaker, Act.ASSERTION, said.content)
    words = said.content.split()
    if len(words) > _LONG:
        shorter = " ".join(words[: pick.randint(len(words) * 2 // 3, len(words) - 1)])
        yield plain, say(rival, Act.ASSERTION, shorter), 0
    if pick.random() < _ASKED:
        yield plain, say(rival, Act.QUESTION, "whether " + said.content.removeprefix("that ")), 0
    number = _NUMBER.search(said.content)
    if number:
        about = pick.choice(("about ", "some ", "around ", "nearly "))
        yield (
            plain,
            say(rival, Act.ASSERTION, said.content[: number.start()] + about + said.content[number.start() :]),
            0,
        )


def negate(content: str) -> str | None:
    """The content with its first auxiliary negated, or None where it has none."""
    found = _AUXILIARY.search(content)
    return f"{content[: found.end()]} not{content[found.end() :]}" if found else None


def _changed(content: str, others: Sequence[Said], pick: random.Random) -> Iterator[str]:
    made = [changed for change in (_figure, _direction) if (changed := change(content, pick))]
    names = [name for said in others for name in _NAME.findall(said.content) if name not in content]
    own = _NAME.search(content)
    if own and names:
        made.append(content[: own.start()] + pick.choice(names) + content[own.end() :])
    yield from pick.sample(made, min(2, len(made)))


def _figure(content: str, pick: random.Random) -> str | None:
    found = list(_NUMBER.finditer(content))
    if not found:
        return None
    number = pick.choice(found)
    value = float(number[1].replace(",", ""))
    year = value in _YEARS and "," not in number[1]
    changed = (
        value + pick.choice((-3, -2, -1, 1, 2, 3))
        if year or value < _FEW
        else value * pick.choice((0.3, 0.5, 0.7, 1.4, 2, 3))
    )
    changed = abs(changed)
    shown = f"{changed:.1f}" if "." in number[1] else f"{round(changed):,}" if not year else f"{round(changed)}"
    return content[: number.start()] + shown + content[number.end() :] if shown != number[1] else None


def _direction(content: str, pick: random.Random) -> str | None:
    found = [word for word in _WORD.finditer(content) if word[0] in _SWAPS]
    if not found:
        return None
    word = pick.choice(found)
    return content[: word.start()] + pick.choice(_SWAPS[word[0]]) + content[word.end() :]
