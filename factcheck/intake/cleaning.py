"""The border: one function makes any text fit to store, and says what it did (reliability rule 19).

Offsets everywhere count code points of the text as this module leaves it.
"""

import re
import unicodedata
from dataclasses import dataclass

from factcheck.intake.wording import worded

LARGEST_TEXT = 2 * 1024 * 1024
LONGEST_LINE = 1024 * 1024

_LINE_ENDS = re.compile(r"\r\n?|\u0085|\u2028|\u2029")
# C0 and C1 controls but tab and line feed, the byte order mark, lone surrogates, noncharacters.
UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\U000e0000-\U000e007f]")
_SEEN = re.compile(f"[^\\s{_BIDI.pattern[1:-1]}{_INVISIBLE.pattern[1:-1]}]")
# A Latin letter beside one of Cyrillic, or of Greek where it looks Latin; "β-carotene" and "μg" are meant.
_GREEK = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
_MIXED = re.compile(f"[A-Za-z][\u0400-\u04ff{_GREEK}]|[\u0400-\u04ff{_GREEK}][A-Za-z]")


class UnfitText(ValueError):
    """The text cannot be taken in; the message says why and what would help."""

    code = "unfit_text"


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text fit to store, and flags for what people should know of it.

    These are `controls_removed`, `bidi`, `invisible` and `mixed` (words in letters of two alphabets).
    """

    text: str
    flags: tuple[str, ...]


def decode_text(raw: bytes) -> str:
    """Read bytes as UTF-8.

    Raises:
        UnfitText: they are not UTF-8; the message names the first bad byte.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnfitText(
            worded(
                "This is not UTF-8 text: byte {start} does not fit. Save the file as UTF-8 and add it again.",
                start=error.start + 1,
            )
        ) from error


def is_plain(raw: bytes) -> bool:
    """Whether these bytes are UTF-8 text with nothing to take out; what is not, a parser looks at."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not UNFIT.search(text.removeprefix("\ufeff").replace("\r", ""))


def clean_text(text: str) -> CleanText:
    """Make a text fit to store: NFC, one kind of line end, nothing unprintable; keep and flag what merely hides.

    Lone surrogates, NULs and other controls are removed and flagged; direction marks and invisible characters are kept,
    since removing them can change the meaning, and flagged; so are words in letters of two alphabets.
    """
    joined = _LINE_ENDS.sub("\n", text)
    fit, removed = UNFIT.subn("", joined)
    normal = unicodedata.normalize("NFC", fit)
    found = {
        "controls_removed": removed > (joined[:1] == "\ufeff"),
        "bidi": _BIDI.search(normal),
        "invisible": _INVISIBLE.search(normal),
        "mixed": _MIXED.search(normal),
    }
    return CleanText(normal, tuple(flag for flag, hit in found.items() if hit))


def clean_article(text: str) -> CleanText:
    """Make an article fit to store, or refuse it.

    Raises:
        UnfitText: it is empty, over 2 MB, or one of its lines is over 1 MB.
    """
    clean = clean_text(text)
    body = clean.text.strip("\n")
    if not _SEEN.search(body):
        raise UnfitText(worded("There is no text here. Paste the article, its headline on the first line."))
    size = len(body) if body.isascii() else len(body.encode())
    if size > LARGEST_TEXT:
        raise UnfitText(
            worded(
                "This text is {size} MB; an article may have 2 MB. Split it and add the parts.",
                size=f"{size / 1e6:.1f}",
            )
        )
    if size > LONGEST_LINE and any(len(line.encode()) > LONGEST_LINE for line in body.split("\n")):
        raise UnfitText(worded("One line of this text is over 1 MB. Break it into paragraphs and add it again."))
    return CleanText(body, clean.flags)
