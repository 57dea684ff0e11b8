from typing import NamedTuple


class Tokens(NamedTuple):
    """A text's pieces: vocabulary ids, and where each begins and ends in code points."""

    ids: list[int]
    offsets: list[tuple[int, int]]
