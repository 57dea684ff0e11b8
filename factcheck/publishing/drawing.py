"""Words that fit into a picture: which of them there are letters for, how far they go, and where a line ends."""

import unicodedata
from functools import cache
from pathlib import Path

from PIL import ImageFont

LETTERS = Path(__file__).parent / "letters" / "NotoSans-Bold.ttf"
_NO_LETTER = "\U0010ffff"  # what stands for every sign that the font lacks


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    """The letters of pictures, so many pixels large; laid out simply, the same on every machine."""
    return ImageFont.truetype(LETTERS, size, layout_engine=ImageFont.Layout.BASIC)


def writable(words: str) -> str:
    """Words without the signs that there are no letters for; nothing where those are more than a few."""
    signs = [sign for sign in unicodedata.normalize("NFC", words) if unicodedata.category(sign) not in ("Cf", "Mn")]
    spaced = " ".join("".join(signs).split())
    known = "".join(sign for sign in spaced if _has_letter(sign))
    return " ".join(known.split()) if len(known) >= 0.9 * len(spaced) else ""  # an emoji, not an alphabet


def shortened(words: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """As much of these words as goes so far, with a sign that there was more."""
    if font.getlength(words) <= width:
        return words
    while words and font.getlength(f"{words}…") > width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def lines_of(words: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Words in lines that go so far; the last one that there is room for says where there were more."""
    lines, left = [""], words.split(" ")
    while left:
        longer = f"{lines[-1]} {left[0]}".strip()
        if not lines[-1] or font.getlength(longer) <= width:
            lines[-1] = longer
            left.pop(0)
        elif len(lines) == most:
            lines[-1] = f"{lines[-1]} {' '.join(left)}"
            break
        else:
            lines.append("")
    return [shortened(line, font, width) for line in lines]


@cache
def _has_letter(sign: str) -> bool:
    font = letters(16)
    return sign == " " or bytes(font.getmask(sign)) != bytes(font.getmask(_NO_LETTER))
