"""Pictures with words in them, by the standard library alone: a canvas of shades, letters, and PNG.

A pixel is a number of the palette. Each ink has sixteen of them, from the ground that it is written on to itself, so
that letters have soft edges: ink 1 on its ground is 16 to 31.
"""

import json
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHADES = 16
LETTERS = Path(__file__).parent / "letters" / "noto_sans_bold.bin"
Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign as rows of shades, where it begins from the pen and the line's top, and how far the pen goes on."""

    advance: int
    left: int
    top: int
    rows: tuple[bytes, ...]

    def halved(self) -> "Letter":
        """Half as large: each pixel is the mean of four."""
        pairs = [(self.rows[at], self.rows[at + 1]) for at in range(0, len(self.rows) - 1, 2)]
        rows = [bytes(sum(four) // 4 for four in zip(a[::2], a[1::2], b[::2], b[1::2], strict=False)) for a, b in pairs]
        return Letter(round(self.advance / 2), self.left // 2, self.top // 2, tuple(rows))


@dataclass(frozen=True, slots=True)
class Ink:
    """A color on the ground that it is written on."""

    color: Color
    ground: Color

    def shades(self) -> bytes:
        """From the ground to the color."""
        steps = [(shade / (SHADES - 1)) for shade in range(SHADES)]
        mixed = [round(a + (b - a) * step) for step in steps for a, b in zip(self.ground, self.color, strict=True)]
        return bytes(mixed)


class Canvas:
    """A picture that begins as the ground of its first ink."""

    def __init__(self, width: int, height: int, inks: Sequence[Ink]) -> None:
        self.width, self.height, self._inks = width, height, inks
        self._rows = [bytearray(width) for _ in range(height)]

    def fill(self, left: int, top: int, width: int, height: int, ink: int, *, is_ground: bool = False) -> None:
        """A rectangle of an ink, or of the ground of one."""
        pixel = ink * SHADES + (0 if is_ground else SHADES - 1)
        for row in self._rows[top : top + height]:
            row[left : left + width] = bytes([pixel]) * len(row[left : left + width])

    def write(self, left: int, top: int, words: str, ink: int, *, is_small: bool = False) -> None:
        """Words from a place on to the right; what does not fit on the canvas is cut off."""
        shaded = bytes(ink * SHADES + min(shade, SHADES - 1) for shade in range(256))
        for sign in words:
            letter = _letters(is_small=is_small)[sign]
            for number, shades in enumerate(letter.rows, top + letter.top):
                self._lay(number, left + letter.left, shades.translate(shaded))
            left += letter.advance

    def _lay(self, number: int, left: int, pixels: bytes) -> None:
        if 0 <= number < self.height and 0 <= left < self.width:
            row = self._rows[number]
            under = row[left : left + len(pixels)]
            row[left : left + len(pixels)] = bytes(map(max, under, pixels))  # letters may lean over each other

    def as_png(self) -> bytes:
        """The picture as PNG, with a palette."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        colors = b"".join(ink.shades() for ink in self._inks)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self._rows), 6)
        parts = ((b"IHDR", head), (b"PLTE", colors), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def writable(words: str) -> str:
    """Words without the signs that there are no letters for; nothing where those are more than a few."""
    signs = [sign for sign in unicodedata.normalize("NFC", words) if unicodedata.category(sign) not in ("Cf", "Mn")]
    spaced = " ".join("".join(signs).split())
    known = "".join(sign for sign in spaced if sign in _letters(is_small=False))
    return " ".join(known.split()) if len(known) >= 0.9 * len(spaced) else ""  # an emoji, not an alphabet


def width_of(words: str, *, is_small: bool = False) -> int:
    """How far these words go."""
    letters = _letters(is_small=is_small)
    return sum(letters[sign].advance for sign in words)


def shortened(words: str, width: int, *, is_small: bool = False) -> str:
    """As much of these words as goes so far, with a sign that there was more."""
    if width_of(words, is_small=is_small) <= width:
        return words
    while words and width_of(f"{words}…", is_small=is_small) > width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def lines_of(words: str, width: int, most: int) -> list[str]:
    """Words in lines that go so far; the last one that there is room for says where there were more."""
    lines, left = [""], words.split(" ")
    while left:
        longer = f"{lines[-1]} {left[0]}".strip()
        if not lines[-1] or width_of(longer) <= width:
            lines[-1] = longer
            left.pop(0)
        elif len(lines) == most:
            lines[-1] = f"{lines[-1]} {' '.join(left)}"
            break
        else:
            lines.append("")
    return [shortened(line, width) for line in lines]


@cache
def _letters(*, is_small: bool) -> dict[str, Letter]:
    if is_small:
        return {sign: letter.halved() for sign, letter in _letters(is_small=False).items()}
    raw = zlib.decompress(LETTERS.read_bytes())
    length = int.from_bytes(raw[:4], "big")
    shapes, found = memoryview(raw)[4 + length :], {}
    for sign, advance, left, top, width, height in json.loads(raw[4 : 4 + length])["letters"]:
        rows = tuple(bytes(shapes[at : at + width]) for at in range(0, width * height, width or 1))
        found[sign], shapes = Letter(advance, left, top, rows), shapes[width * height :]
    return found


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
