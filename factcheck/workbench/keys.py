"""The keyboard: every key of the pages in one list.

Pages name the key as it comes from us (`data-key="n"`); a person may press another in its place, and `keys.js` reads
both from the sheet that this makes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
SHAPE: Final = re.compile(r"g \S|\S")  # one key, or two after each other of which the first is g
FIXED: Final = frozenset({"?", "Enter"})  # help stays where it is; Enter is the browser's own


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key as it comes from us, and what it does."""

    key: str
    words: Words

    @property
    def field(self) -> str:
        """The name of its field on the account page."""
        return "key_" + "_".join(f"{ord(sign):x}" for sign in self.key)

    @property
    def is_fixed(self) -> bool:
        """Whether nobody can change it."""
        return self.key in FIXED


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together."""

    title: Words
    shortcuts: Sequence[Shortcut]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A shortcut with the key that this person presses for it."""

    shortcut: Shortcut
    key: str


GROUPS: Final = (
    Group(
        _("Move"),
        (
            Shortcut("j", _("Next")),
            Shortcut("k", _("Previous")),
            Shortcut("Enter", _("Open")),
            Shortcut("u", _("Up, to the list")),
            Shortcut("x", _("Choose the row")),
            Shortcut("f", _("Filter")),
            Shortcut("/", _("Search")),
            Shortcut("?", _("This sheet")),
        ),
    ),
    Group(
        _("Go to"),
        (
            Shortcut("g i", _("Inbox")),
            Shortcut("g c", _("Conflicts")),
            Shortcut("g l", _("Claims")),
            Shortcut("g a", _("Articles")),
            Shortcut("g s", _("Speakers")),
            Shortcut("g w", _("Work")),
            Shortcut("g n", _("Notices")),
            Shortcut("g f", _("Feeds")),
            Shortcut("g j", _("Jobs")),
            Shortcut("g m", _("Imports")),
            Shortcut("g e", _("Exports")),
            Shortcut("g p", _("People")),
        ),
    ),
    Group(
        _("Do"),
        (
            Shortcut("n", _("New: an article; in the reader, a statement")),
            Shortcut("c", _("Open a claim")),
            Shortcut("a", _("Assign to me")),
            Shortcut("e", _("Evidence")),
            Shortcut("t", _("Tag")),
            Shortcut("d", _("Decide the first")),
            Shortcut("r", _("Try again")),
            Shortcut("z", _("Take the last back")),
            Shortcut("y", _("Do again what was taken back")),
        ),
    ),
    Group(
        _("Decide a conflict"),
        (
            Shortcut("1", _("Conflict")),
            Shortcut("2", _("Compatible")),
            Shortcut("3", _("Different time or scope")),
            Shortcut("4", _("Superseded")),
            Shortcut("5", _("Same claim")),
            Shortcut("6", _("Needs clarification")),
        ),
    ),
)


def shortcuts() -> Iterator[Shortcut]:
    """Every shortcut."""
    return (shortcut for group in GROUPS for shortcut in group.shortcuts)


def sheet_for(own: Mapping[str, str]) -> list[tuple[Words, list[Pressed]]]:
    """The sheet of a person: by group, each shortcut with their own key for it."""
    return [(group.title, [Pressed(one, own.get(one.key, one.key)) for one in group.shortcuts]) for group in GROUPS]


def find_clash(pressed: Mapping[str, str]) -> tuple[str, str] | None:
    """Two shortcuts that one key would press, by our keys; `g` alone would never be heard, as pairs begin with it."""
    seen: dict[str, str] = {key: key for key in FIXED} | {"g": "g i"}
    for key, own in pressed.items():
        if own in seen and seen[own] != key:
            return seen[own], key
        seen[own] = key
    return None


def words_of(key: str) -> Words:
    """What one of our keys does."""
    return next(one.words for one in shortcuts() if one.key == key)
