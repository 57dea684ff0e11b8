"""Bytes become text: mark of order, what the header says, strict UTF-8, what the page says, and a guess at last."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import charset_normalizer

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before the shorter mark that it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META: Final = re.compile(rb"<meta[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"^<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})[\"']")
# As browsers read them: pages that name the smaller set use the larger.
_MEANT: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "big5": "big5hkscs",
}
# As servers and pages write charsets that Python knows by another name; `-i` and `-e` say who turns Hebrew around.
_SPELLED: Final = dict(
    spelled.split(" ")
    for spelled in (
        *("latin-9 iso8859-15", "iso885915 iso8859-15", "mac mac_roman", "csmacintosh mac_roman", "dos-874 cp874"),
        *("windows-949 cp949", "x-windows-949 cp949", "x-x-big5 big5", "cn-big5 big5", "gb_2312 gb2312"),
        *("gb_2312-80 gb2312", "utf8mb4 utf-8", "unicode-1-1-utf-8 utf-8"),
    )
)
_ORDER: Final = re.compile(r"-[ie]$", re.IGNORECASE)
_BROAD: Final = ("utf-16", "utf-32")
_GUESSED_FROM: Final = 64 * 1024
_LOOKED_AT: Final = 4096
_TAG: Final = re.compile(rb"<[^<>]{0,2000}>")
SPARSE: Final = 0.2
FIRST_ACCENT: Final = 0x80
FEWEST_WIDE, SAME = 8, 0.8
MOSTLY: Final = 2  # so many characters are whole for each that is not: UTF-8 with flaws, as chance makes none
# Signs that stand in no word: letters of Central Europe, read as those of the West.
_MISREAD: Final = re.compile(r"[^\W\d_]{2}[¹³¼¾¶±]|[^\W\d_][¿¥£¦][^\W\d_]")
_SHIFTED: Final = re.compile(rb"\x1b\$[@B]")  # how Japanese mail goes over into its own letters
_TURKISH, _ICELANDIC = re.compile(r"[ýþð]"), re.compile(r"[áéíóæ]")


def decode(content: bytes, charset: str = "") -> str:
    """The text of these bytes; what no charset fits is read as Western European, with marks where it cannot be."""
    for name, errors in _candidates(content, charset):
        try:
            return content.decode(name, errors)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def bare(content: bytes) -> bytes:
    """How a file begins, whatever its charset: without marks of order, empty bytes and spaces before it."""
    return content[:_LOOKED_AT].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")


def _candidates(content: bytes, charset: str) -> Iterator[tuple[str, str]]:
    """Charsets to be tried in turn, and what to do with bytes that do not fit."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            yield name, "strict"
            yield from () if mark == codecs.BOM_UTF8 else ((name, "replace"),)
    yield from ((name, "strict") for name in _told(content, charset))
    if _is_nearly_utf8(content):
        yield "utf-8", "replace"
    yield from ((name, "strict") for name in _guessed(_TAG.sub(b" ", content[:_GUESSED_FROM])))


def _told(content: bytes, charset: str) -> Iterator[str]:
    """By the header, strict UTF-8, the page itself."""
    head = content[:_LOOKED_AT]
    if b"\x00" not in head:  # then there are not two bytes a character, whatever the header says
        yield from ("utf-8" for name in _known(charset) if name.startswith(_BROAD))
    yield from _known(charset)
    yield from _wide(head)
    if _SHIFTED.search(head):
        yield "iso2022_jp_2"
    yield "utf-8"
    yield from _said(head)


def _said(head: bytes) -> Iterator[str]:
    for found in (_XML.search(head), _META.search(head)):
        if found:
            yield from _known(found[1].decode("ascii", "replace"))


def _wide(head: bytes) -> Iterator[str]:
    """Two bytes a character without a mark of order: one half of them says nearly always the same, the alphabet."""
    if len(head) >= FEWEST_WIDE and b"\x00" in head:
        first, second = _sameness(head[::2]), _sameness(head[1::2])
        if max(first, second) >= SAME > min(first, second):
            yield "utf-16-be" if first > second else "utf-16-le"


def _sameness(half: bytes) -> float:
    often = Counter(half).most_common(2)
    return sum(times for _, times in often) / len(half) if any(byte == 0 for byte, _ in often) else 0.0


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether a byte is broken here and there, or the end is cut off, in what is UTF-8 otherwise."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(letter >= "\x80" for letter in text) - broken > MOSTLY * broken


def _guessed(words: bytes) -> Iterator[str]:
    if sum(byte >= FIRST_ACCENT for byte in words) < SPARSE * len(words):
        yield _western(words)  # a few accents and quotation marks among plain letters: too little to guess from
    guess = charset_normalizer.from_bytes(words).best()
    if guess:
        yield guess.encoding


def _western(words: bytes) -> str:
    """The charset of a text in Latin letters: Western, unless what that makes of it stands in no such text."""
    text = words.decode("cp1252", "replace")
    if _MISREAD.search(text):
        guess = charset_normalizer.from_bytes(words, cp_isolation=["cp1250", "iso8859_2", "cp1252"]).best()
        return guess.encoding if guess else "cp1250"
    return "cp1254" if _TURKISH.search(text) and not _ICELANDIC.search(text) else "cp1252"


def _known(charset: str) -> Iterator[str]:
    name = ""
    for spelling in (charset, charset.removeprefix("x-"), _SPELLED.get(charset.lower()) or _ORDER.sub("", charset)):
        with suppress(LookupError):
            name = name or (codecs.lookup(spelling).name if spelling else "")
    if name and not name.startswith(("utf-7", "idna", "punycode", "rot", "hex", "zip", "zlib", "bz2", "base64", "uu")):
        yield _MEANT.get(name, name)
