"""Some stored claims, laid out to be searched: which hold a word, and what each means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from .meaning import WIDTH

Key = TypeVar("Key")
Figures = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

_AT_ONCE: Final = 256  # directions that are made wide at once: so many stay in the nearest memory


@dataclass(frozen=True, slots=True)
class Record(Generic[Key]):
    """A claim as it is stored: the numbers of its words, in order, and what it means, empty while that is not read.

    Both are bytes: four a number, one a step of the direction.
    """

    key: Key
    words: bytes
    meaning: bytes = b""


class Part(Generic[Key]):
    """Records that were added together. None changes; those whose `alive` is unset are passed over."""

    def __init__(self, records: Sequence[Record[Key]]) -> None:
        self.keys = [record.key for record in records]
        self.alive = np.ones(len(records), dtype=bool)
        self._passed_over = 0
        self.lengths = np.array([len(record.words) // 4 for record in records], dtype=np.float32)
        self._ends = np.cumsum(self.lengths, dtype=np.int64)
        self._words = np.frombuffer(b"".join(record.words for record in records), dtype=np.int32)
        self._meanings = _lay_out(records)
        self._lengthening = _lengthening(self._meanings)
        self._post_words()

    def holders(self, number: int) -> tuple[Numbers, Figures]:
        """The records in which a word stands, and how often it does."""
        place = int(np.searchsorted(self._numbers, number))
        if place == len(self._numbers) or self._numbers[place] != number:
            return self._holders[:0], self._often[:0]
        between = slice(self._starts[place], self._starts[place + 1])
        return self._holders[between], self._often[between]

    def counts(self, numbers: Numbers) -> Numbers:
        """In how many standing records each of these words stands."""
        if not len(self._numbers):
            return np.zeros(len(numbers), dtype=np.int32)
        places = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        counts = np.where(self._numbers[places] == numbers, np.diff(self._starts)[places], 0)
        for place in np.flatnonzero(counts) if self._passed_over else ():
            counts[place] = self.alive[self.holders(int(numbers[place]))[0]].sum()
        return counts.astype(np.int32)

    def pass_over(self, row: int) -> None:
        """Leave a record out from now on."""
        self.alive[row] = False
        self._passed_over += 1

    def nearness(self, meaning: Figures) -> Figures:
        """How near each record's meaning is to this one, the cosine of both; 0 where it is not read."""
        near = np.empty(len(self.keys), dtype=np.float32)
        wide = np.empty((_AT_ONCE, WIDTH), dtype=np.float32)
        for first in range(0, len(near), _AT_ONCE):
            rows = self._meanings[first : first + _AT_ONCE]
            np.copyto(wide[: len(rows)], rows)
            np.dot(wide[: len(rows)], meaning, out=near[first : first + len(rows)])
        near *= self._lengthening
        return near

    def words_of(self, row: int) -> Numbers:
        """The words of a record, in order."""
        end = int(self._ends[row])
        return self._words[end - int(self.lengths[row]) : end]

    def record(self, row: int) -> Record[Key]:
        """A record as it was put in."""
        meaning = self._meanings[row]
        return Record(self.keys[row], self.words_of(row).tobytes(), meaning.tobytes() if meaning.any() else b"")

    def _post_words(self) -> None:
        """By number of word, in which records it stands: their places in a row, and where those of each word begin."""
        rows = np.repeat(np.arange(len(self.keys), dtype=np.int32), self.lengths.astype(np.int64))
        order = np.argsort(self._words, kind="stable")
        numbers, rows = self._words[order], rows[order]
        new = np.ones(len(rows), dtype=bool)
        new[1:] = (numbers[1:] != numbers[:-1]) | (rows[1:] != rows[:-1])
        firsts = np.flatnonzero(new)
        self._often = np.diff(firsts, append=len(rows)).astype(np.float32)
        self._holders = rows[firsts]
        self._numbers, starts = np.unique(numbers[firsts], return_index=True)
        self._starts = np.append(starts, len(firsts))


def _lay_out(records: Sequence[Record[Key]]) -> npt.NDArray[np.int8]:
    """What each means, a row each; nothing where it is not read."""
    unread = bytes(WIDTH)
    return np.frombuffer(b"".join(record.meaning or unread for record in records), dtype=np.int8).reshape(-1, WIDTH)


def _lengthening(meanings: npt.NDArray[np.int8]) -> Figures:
    """By what each row's product with a direction is made the cosine."""
    squares = np.empty(len(meanings), dtype=np.float32)
    for first in range(0, len(meanings), _AT_ONCE):
        wide = meanings[first : first + _AT_ONCE].astype(np.float32)
        squares[first : first + len(wide)] = np.einsum("ij,ij->i", wide, wide)
    lengthening: Figures = (1 / np.sqrt(np.maximum(squares, 1))).astype(np.float32)
    return lengthening
