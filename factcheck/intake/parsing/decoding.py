"""Bytes become text: mark of order, what the header says, strict UTF-8, what the page says, and a guess at last."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

import charset_normalizer

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META: Final = re.compile(rb"<meta[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"^<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})[\"']")
# As browsers read them: pages that name the smaller set use the larger.
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_GUESSED_FROM: Final = 64 * 1024
SPARSE: Final = 0.2
FIRST_ACCENT: Final = 0x80


def decode(content: bytes, charset: str = "") -> str:
    """The text of these bytes; what no charset fits is read as Western European, with marks where it cannot be."""
    for name in _candidates(content, charset):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _candidates(content: bytes, charset: str) -> Iterator[str]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            yield name
    yield from _known(charset)
    yield "utf-8"
    head = content[:4096]
    for found in (_XML.search(head), _META.search(head)):
        if found:
            yield from _known(found[1].decode("ascii", "replace"))
    if sum(byte >= FIRST_ACCENT for byte in content) < SPARSE * len(content):
        yield "cp1252"  # a few accents and quotation marks among plain letters: too little to guess from
    guess = charset_normalizer.from_bytes(content[:_GUESSED_FROM]).best()
    if guess:
        yield guess.encoding


def _known(charset: str) -> Iterator[str]:
    try:
        name = codecs.lookup(charset).name if charset else ""
    except LookupError:
        return
    if name and not name.startswith(("utf-7", "idna", "punycode", "rot", "hex", "zip", "zlib", "bz2", "base64", "uu")):
        yield _MEANT.get(name, name)
