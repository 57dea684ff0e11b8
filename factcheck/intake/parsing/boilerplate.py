"""Lines of a page that are no part of the article: told by their own words (`signs/`, a file a language), and left out.

All languages are looked for in every text, since many pages carry two of them and some do not say which.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

LONGEST: Final = 240  # characters; what is longer is a paragraph, whatever it begins with
_SHORT: Final = 140
_END: Final = r"\W{0,3}(?:$|:)"  # what END stands for in the files
# A line that gives a date is no sentence: it is short, and does not end as one does but for "a.m." and the like.
_DATE: Final = r"\b(?=.{0,90}$)\D{0,40}\d.{0,60}(?:[^.!?…»”\"]|\b(?:г|р|h|hs|[ap]\.? ?m)\.)$"
_AGENCIES: Final = (
    r"AFP|Reuters|AP|EPA|PA|dpa|APA|ANSA|EFE|Lusa|Belga|Keystone|picture alliance|imago|LaPresse|Europa Press|TASS"
    r"|ТАСС|РИА Новости|Интерфакс|Укрінформ|УНІАН"
)


def _read_signs() -> Mapping[str, Sequence[str]]:
    """The patterns of all languages, by the sections in which they stand."""
    signs: dict[str, list[str]] = defaultdict(list)
    for file in sorted((Path(__file__).parent / "signs").glob("*.txt")):
        section = ""
        for line in filter(None, file.read_text("utf-8").split("\n")):
            if line.startswith("["):
                section = line.strip("[]")
            elif not line.startswith("#"):
                signs[section].append(line.replace("END", _END))
    return signs


def _any(section: str) -> str:
    return "(?:" + "|".join(_FOUND[section]) + ")"


_FOUND: Final = _read_signs()
_SIGNS: Final = re.compile(
    rf"^\W{{0,4}}(?:{_any('opens')}|{_any('alone')}\s?\(?\d{{0,5}}\)?\W{{0,3}}$"
    rf"|{_any('before a credit')}\W{{0,2}}(?::|/|$)|{_any('before a date')}{_DATE})",
    re.IGNORECASE,
)
_RIGHTS: Final = re.compile(
    rf"(?:(?:©\s{{0,3}}\d{{4}}|all rights reserved|getty images|/ ?(?:{_AGENCIES}))\W{{0,3}}"
    rf"|\b{_any('in a caption')}\s?[:/] ?(?:[^.!?:]|\b\w\.){{1,50}})$",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(rf"^\s{{0,3}}>|^{_any('before a quoted mail')}", re.IGNORECASE)


def is_boilerplate(line: str) -> bool:
    """Whether a line leads elsewhere, names a picture or claims rights, and says nothing of the article's matter."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return False
    return bool(_SIGNS.search(line) or (len(line) <= _SHORT and _RIGHTS.search(line)))


def is_quoted(line: str) -> bool:
    """Whether a line of a mail is another mail's, or says whose mail follows."""
    return bool(_QUOTED.search(line[:LONGEST]))


def part(lines: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of the article, and those to leave out; what comes twice in a row stands once."""
    kept: list[str] = []
    left_out: list[str] = []
    for line in lines:
        clean = " ".join(line.split())
        if not clean or (kept and kept[-1] == clean):
            continue
        (left_out if is_boilerplate(clean) else kept).append(clean)
    return tuple(kept), tuple(left_out)
