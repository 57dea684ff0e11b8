"""Stored claims in memory, and which of them a text makes again. Parts are added; many small ones are laid together."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

from .parts import Figures, Numbers, Part, Record
from .signs import SIGNS, Table, Weights, shipped_weights
from .words import COMMON, FIGURE, Seen, read_seen

Key = TypeVar("Key", bound=Hashable)

_SATURATION: Final = 1.2  # BM25's k1 and b, as nearly everybody sets them
_LENGTH: Final = 0.75
_FULL_WORDS: Final = 30.0  # what BM25 is divided by, so that signs are of one size
_BY_WORDS, _BY_MEANING = 40, 40  # candidates that are weighed: the best by each
_MOST_WORDS: Final = 150  # different words of a text that are searched for
_MOST_PARTS: Final = 8
_SHOWN: Final = 6
_UNREAD, _BEHIND = np.float32(0.45), np.float32(-0.15)  # what a candidate by words has, more or less


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """A stored claim that the text may make again: how likely, the most telling shared words, how near both mean."""

    key: Key
    score: float
    words: tuple[str, ...]
    meaning: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """A text as it is searched for: its different words, and what it means, None where no model reads."""

    words: Sequence[Seen]
    meaning: Figures | None


def read_question(text: str, meaning: Figures | None) -> Question:
    """A text with its words, each once."""
    different = {seen.number: seen for seen in reversed(read_seen(text))}
    return Question(list(different.values())[-_MOST_WORDS:], meaning)


class Shelf(Generic[Key]):
    """Stored claims, each under its key. Not safe for several threads at once."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or shipped_weights()
        self._parts: list[Part[Key]] = []
        self._places: dict[Key, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def put(self, records: Sequence[Record[Key]]) -> None:
        """Store claims, in the place of those with the same keys."""
        if not records:
            return
        self.drop(record.key for record in records)
        self._add(records)
        if len(self._parts) > _MOST_PARTS:
            standing = [part.record(int(row)) for part in self._parts for row in np.flatnonzero(part.alive)]
            self._parts = []
            self._add(standing)

    def drop(self, keys: Iterable[Key]) -> None:
        """Pass over the claims with these keys from now on; one that is not here is let be."""
        for key in keys:
            place = self._places.pop(key, None)
            if place is not None:
                self._parts[place[0]].pass_over(place[1])

    def match(self, question: Question, most: int) -> list[Match[Key]]:
        """The stored claims that the text most likely makes again, at most so many, the likeliest first."""
        if not self._places:
            return []
        search = _Search(self._parts, question)
        rows = search.candidates()
        scores = self._weights.scores(search.weigh(rows))
        # Equal ones by the order in which they were put here, so that the same question has the same answer.
        best = np.lexsort((rows, -scores.round(6)))[:most]
        return [search.tell(int(place), float(scores[place])) for place in best]

    def _add(self, records: Sequence[Record[Key]]) -> None:
        number = len(self._parts)
        self._parts.append(Part(records))
        self._places |= {record.key: (number, row) for row, record in enumerate(records)}


class _Search(Generic[Key]):
    """One question put to all parts, whose rows are counted through."""

    def __init__(self, parts: Sequence[Part[Key]], question: Question) -> None:
        self._parts, self._question = parts, question
        self._starts = np.cumsum([0, *(len(part.keys) for part in parts)])
        self._total = int(self._starts[-1])
        self._alive = np.concatenate([part.alive for part in parts])
        self._standing = int(self._alive.sum())
        lengths = np.concatenate([part.lengths for part in parts])
        usual = max(float(lengths[self._alive].mean()), 1.0)
        self._stretch = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / usual)
        self._held = [self._holders(seen.number) for seen in question.words]
        self._rarity = [self._rarity_of(len(rows)) for rows, _ in self._held]
        self._words = self._sum_words()
        self._near = None if question.meaning is None else self._nearness(question.meaning)

    def candidates(self) -> Numbers:
        """The rows that are worth weighing: the best by words, and the best by meaning."""
        chosen = [_best(self._words, _BY_WORDS)]
        if self._near is not None:
            chosen.append(_best(np.where(self._alive, self._near, -1), _BY_MEANING))
        rows = np.unique(np.concatenate(chosen))
        standing: Numbers = rows[self._alive[rows]]
        return standing

    def weigh(self, rows: Numbers) -> Table:
        """The signs of these rows, a column each."""
        none = np.zeros((0, len(rows)), dtype=np.float32)
        often = np.stack([_often_in(rows, *held) for held in self._held]) if self._held else none
        self._rows, self._often = rows, often
        rarity = np.array(self._rarity)[:, None]
        common = np.array([seen.number & COMMON for seen in self._question.words], dtype=bool)
        gains = rarity * often * (_SATURATION + 1) / (often + self._stretch[rows])
        words, all_words = gains[~common].sum(axis=0) / _FULL_WORDS, gains.sum(axis=0) / _FULL_WORDS
        shared = ((often > 0) * rarity)[~common].sum(axis=0)
        covered, other_figures = self._look_into(rows, shared)
        best = max(float(self._words.max()) / _FULL_WORDS, 1e-6)
        near, behind = self._meanings(rows)
        columns = {
            "words": words,
            "all_words": all_words,
            "covered": covered,
            "meaning": near,
            "meaning_squared": near * near,
            "words_of_best": words / best,
            "behind_nearest": behind,
            "other_figures": other_figures,
            "words_and_meaning": words * near,
        }
        return np.stack([columns[sign] for sign in SIGNS], axis=1).astype(np.float32)

    def tell(self, place: int, score: float) -> Match[Key]:
        """The candidate at this place as a match, with the most telling shared words in the order of the text."""
        shared = [
            (-self._rarity[number], number)
            for number in np.flatnonzero(self._often[:, place]).tolist()
            if not self._question.words[number].number & COMMON
        ]
        shown = sorted(number for _, number in sorted(shared)[:_SHOWN])
        row = int(self._rows[place])
        near = 0.0 if self._near is None else float(self._near[row])
        words = tuple(self._question.words[number].shown for number in shown)
        part, row_there = self._place(row)
        return Match(part.keys[row_there], score, words, near or None)

    def _place(self, row: int) -> tuple[Part[Key], int]:
        number = int(np.searchsorted(self._starts, row, side="right")) - 1
        return self._parts[number], row - int(self._starts[number])

    def _holders(self, number: int) -> tuple[Numbers, Figures]:
        """The standing rows in which a word stands, in order, and how often."""
        held = [part.holders(number) for part in self._parts]
        rows = np.concatenate([rows + start for (rows, _), start in zip(held, self._starts, strict=False)])
        often = np.concatenate([often for _, often in held])
        standing = self._alive[rows]
        return rows[standing].astype(np.int32), often[standing]

    def _rarity_of(self, holders: int) -> float:
        return math.log(1 + (self._standing - holders + 0.5) / (holders + 0.5))

    def _sum_words(self) -> Figures:
        """BM25 of each row, by words that tell something."""
        sums = np.zeros(self._total, dtype=np.float32)
        for seen, (rows, often), rarity in zip(self._question.words, self._held, self._rarity, strict=True):
            if not seen.number & COMMON:
                sums[rows] += rarity * often * (_SATURATION + 1) / (often + self._stretch[rows])
        return sums

    def _nearness(self, meaning: Figures) -> Figures:
        return np.concatenate([part.nearness(meaning) for part in self._parts])

    def _meanings(self, rows: Numbers) -> tuple[Figures, Figures]:
        """How near each row's meaning is, and how far behind the nearest of all; what is not read is taken as usual."""
        if self._near is None:
            return np.full(len(rows), _UNREAD, dtype=np.float32), np.full(len(rows), _BEHIND, dtype=np.float32)
        near, nearest = self._near[rows], float(self._near[self._alive].max())
        return np.where(near == 0, _UNREAD, near), np.where(near == 0, _BEHIND, near - nearest)

    def _look_into(self, rows: Numbers, shared: Figures) -> tuple[Figures, Figures]:
        """Of each row, how much of its telling words is shared; and whether it has figures, none of which is shared."""
        words = [np.unique(part.words_of(there)) for part, there in map(self._place, rows.tolist())]
        numbers = np.concatenate([*words, np.zeros(0, dtype=np.int32)])
        places = np.repeat(np.arange(len(rows)), [len(each) for each in words])
        telling = self._rarities_of(numbers) * (numbers & COMMON == 0)
        whole = np.bincount(places, weights=telling, minlength=len(rows))
        figures = numbers & FIGURE != 0
        asked = np.isin(numbers, [seen.number for seen in self._question.words])
        has = np.bincount(places, weights=figures, minlength=len(rows)) > 0
        has_shared = np.bincount(places, weights=figures & asked, minlength=len(rows)) > 0
        covered = np.where(whole > 0, shared / np.maximum(whole, 1e-6), 0).astype(np.float32)
        return covered, (has & ~has_shared).astype(np.float32)

    def _rarities_of(self, numbers: Numbers) -> Figures:
        """How telling each of these words is."""
        different, back = np.unique(numbers, return_inverse=True)
        holders = sum((part.counts(different) for part in self._parts), np.zeros(len(different), dtype=np.int32))
        rarities: Figures = np.log(1 + (self._standing - holders + 0.5) / (holders + 0.5))[back]
        return rarities


def _often_in(rows: Numbers, holders: Numbers, often: Figures) -> Figures:
    """How often a word stands in each of these rows."""
    if not len(holders):
        return np.zeros(len(rows), dtype=np.float32)
    places = np.minimum(np.searchsorted(holders, rows), len(holders) - 1)
    return np.where(holders[places] == rows, often[places], np.float32(0))


def _best(figures: Figures, most: int) -> Numbers:
    """The places of the largest positive figures."""
    places = np.argpartition(-figures, min(most, len(figures)) - 1)[:most].astype(np.int32)
    positive: Numbers = places[figures[places] > 0]
    return positive
