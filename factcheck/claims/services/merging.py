"""Two texts that grew from one: what both changed apart is joined, what both changed in one place stands twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from factcheck.claims.services.versions import Written


@dataclass(frozen=True, slots=True)
class Merged:
    """A proposal: the text, and whether both sides changed the same place, so that somebody has to choose."""

    text: str
    clashes: bool


def merge_written(base: Written, theirs: Written, yours: Written) -> dict[str, Merged]:
    """A proposal for each field."""
    return {
        "rating": merge_values(base.rating, theirs.rating, yours.rating),
        "summary": merge_values(base.summary, theirs.summary, yours.summary),
        "reasoning": merge_texts(base.reasoning, theirs.reasoning, yours.reasoning),
    }


def merge_values(base: str, theirs: str, yours: str) -> Merged:
    """One value of three: whichever changed; yours where both did."""
    if yours in (base, theirs):
        return Merged(theirs, clashes=False)
    return Merged(yours, clashes=theirs != base)


def merge_texts(base: str, theirs: str, yours: str) -> Merged:
    """Join two texts line by line; where both changed a place, their lines stand before yours."""
    lines: list[str] = []
    clashes = False
    for before, left, right in _stretches(base.split("\n"), theirs.split("\n"), yours.split("\n")):
        if right in (before, left):
            lines += left
        elif left == before:
            lines += right
        else:
            clashes = True
            lines += [*left, *([""] if left and right else []), *right]
    return Merged("\n".join(lines), clashes)


def _stretches(
    base: Sequence[str], theirs: Sequence[str], yours: Sequence[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three texts cut into stretches that correspond: those that all share, and those between."""
    done = (0, 0, 0)
    for b, t, y, length in _shared(base, theirs, yours):
        yield list(base[done[0] : b]), list(theirs[done[1] : t]), list(yours[done[2] : y])
        shared = list(base[b : b + length])
        yield shared, shared, shared
        done = (b + length, t + length, y + length)


def _shared(base: Sequence[str], theirs: Sequence[str], yours: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where all three have the same lines: the start in each, and how many; at last the common end."""
    left = SequenceMatcher(None, base, theirs).get_matching_blocks()
    right = SequenceMatcher(None, base, yours).get_matching_blocks()
    i = j = 0
    while i < len(left) and j < len(right):
        (b, t, n), (c, y, m) = left[i], right[j]
        start, end = max(b, c), min(b + n, c + m)
        if start < end:
            yield start, t + start - b, y + start - c, end - start
        i, j = (i + 1, j) if b + n < c + m else (i, j + 1)
    yield len(base), len(theirs), len(yours), 0
