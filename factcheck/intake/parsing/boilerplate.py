"""Lines of a page that are no part of the article: told by their own words, and left out."""

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 240  # characters; what is longer is a paragraph, whatever it begins with
_SIGNS: Final = re.compile(
    r"^\W{0,4}(?:"
    r"(?:read|see|watch|listen|find out) (?:more|also|next)\b|read (?:the full|our|all)\b"
    r"|more (?:on this|from|stories)\b"
    r"|related(?: (?:articles?|stories|topics|content|links?))?\W{0,3}$|related(?: (?:articles?|stories|topics))?:"
    r"|also (?:read|on|in the news)\b|recommended(?: for you| stories| reading)?\W{0,3}$"
    r"|most (?:read|popular|viewed)\W{0,3}$"
    r"|(?:advertisement|sponsored(?: content)?|promoted content|skip (?:to|past) .{0,40})\W{0,3}$|story continues below"
    r"|sign up\b.{0,80}\b(?:newsletter|updates|inbox|alerts|briefing)|subscribe (?:to|now|for)\b|get the latest\b"
    r"|follow us\b"
    r"|(?:share|tweet|print|email|comments?|save|copy link|share this .{0,30})\W{0,3}$|click here\b"
    r"|download (?:our|the) app\b"
    r"|(?:photo(?:graph)?|image|picture|video|getty images|file photo|caption)"
    r"(?: credit| source| caption)?s?\W{0,2}(?::|/|by\b|$)"
    r"|(?:©|\(c\)|copyright\b)|all rights reserved\b"
    r"|this (?:article|story|site) (?:was (?:originally )?(?:published|amended)|uses cookies)"
    r"|we use cookies\b|(?:accept|manage) (?:all )?cookies|terms (?:of|and)\b.{0,60}\bpolicy\b"
    r"|(?:\d{1,2} )?min(?:ute)?s? read\W{0,3}$"
    r"|last (?:updated|modified)\b.{0,60}$|published:? .{0,40}\d{4}.{0,30}$"
    r")",
    re.IGNORECASE,
)
_RIGHTS: Final = re.compile(
    r"(?:©\s{0,3}\d{4}|all rights reserved|getty images|/ ?(?:AFP|Reuters|AP|EPA|PA))\W{0,3}$", re.IGNORECASE
)
_SHORT: Final = 140


def is_boilerplate(line: str) -> bool:
    """Whether a line leads elsewhere, names a picture or claims rights, and says nothing of the article's matter."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return False
    return bool(_SIGNS.search(line) or (len(line) <= _SHORT and _RIGHTS.search(line)))


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
