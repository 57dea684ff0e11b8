from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a data file, each cut at white space; comment lines and empty lines are left out."""
    text = (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return tuple(tuple(line.split()) for line in lines if line.strip())


@cache
def read_words(name: str) -> frozenset[str]:
    """Every word of a data file, whatever its row; an underscore in a word stands for a space."""
    return frozenset(word.replace("_", " ") for row in read_rows(name) for word in row)


@cache
def read_groups(name: str) -> dict[str, frozenset[str]]:
    """The rows of a data file as groups: the first word of a row, with a colon, names the group of the others."""
    groups: dict[str, set[str]] = {}
    for row in read_rows(name):
        groups.setdefault(row[0].rstrip(":"), set()).update(word.replace("_", " ") for word in row[1:])
    return {group: frozenset(words) for group, words in groups.items()}
