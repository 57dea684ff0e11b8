"""What is looked at before anything is parsed: size, name, first bytes, the directory of a zip (rule 17)."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final

from factcheck.intake.cleaning import UNFIT
from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.wording import worded

LARGEST_FILE: Final = 25 * 1024 * 1024
LARGEST_PAGE: Final = 5 * 1024 * 1024
MOST_ATTRIBUTES: Final = 5_000
LARGEST_UNPACKED, MOST_ENTRIES, MOST_RATIO = 100 * 1024 * 1024, 2_000, 100
SUFFIXES: Final = {
    "txt": "text",
    "text": "text",
    "md": "text",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "docx": "docx",
    "pdf": "pdf",
    "srt": "transcript",
    "vtt": "transcript",
    "eml": "mail",
    "mbox": "mailbox",
    "rss": "feed",
    "atom": "feed",
    "xml": "feed",
    "json": "feed",
    "jsonl": "lines",
    "ndjson": "lines",
    "zip": "zip",
}
SUBSCRIPTION, OPML = "subscription", "opml"  # what is asked for by whoever calls, not by a server
KINDS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "text/vtt": "transcript",
    "application/x-subrip": "transcript",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
    "application/mbox": "mailbox",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/json": "feed",
    "application/feed+json": "feed",
    SUBSCRIPTION: SUBSCRIPTION,
    OPML: OPML,
}
READ: Final = worded(
    "text, HTML, Word (.docx), PDF, subtitles (.srt, .vtt), e-mail (.eml), feeds, and of many .zip, .mbox and .jsonl"
)
_MAGIC: Final = {"pdf": (b"%PDF-",), "docx": (b"PK\x03\x04",), "zip": (b"PK\x03\x04", b"PK\x05\x06")}
_WORD: Final = frozenset({"[Content_Types].xml", "word/document.xml"})
_NO_TEXT: Final = (
    *(b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x7fELF", b"\xca\xfe\xba\xbe", b"SQLite format 3\x00"),
    *(b"\x1f\x8b", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"Rar!\x1a", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
)
_NO_TEXT_WITH_NUL: Final = (b"MZ", b"BZh", b"RIFF", b"OggS", b"ID3", b"II*", b"MM")  # a text may begin so too
_UNDECODED: Final = "\ufffd".encode()
MOST_NOISE, SHARE_OF_NOISE, LOOKED_AT = 64, 0.05, 16 * 1024  # a few are taken out, more are no text
_UNTOLD: Final = ("", "application/octet-stream", "binary/octet-stream")
_NO_LETTERS: Final = (b"", b"<", b"{")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]|^MZ")
_LONG_TAG: Final = re.compile(rb"<[A-Za-z][^<>]{20000,}")
_UNSAFE: Final = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")


def kind_of(name: str, content: bytes, media_type: str = "") -> str:
    """What a file is, by its media type where a server gave one, else by its name; its first bytes must agree.

    Raises:
        UnfitFile: it is too large, of a kind that is not read, or not what it says.
    """
    if not content and not media_type:
        raise UnfitFile(worded("This file is empty. Look whether it was saved, and add it again."))
    if len(content) > LARGEST_FILE:
        raise UnfitFile(
            worded(
                "This file is {count} MB; at most 25 MB are read. Split it and add the parts.",
                count=f"{len(content) / 1e6:.1f}",
            )
        )
    kind = _told_kind(name, content[:1024], media_type)
    _check_head(kind, content[:1024])
    if kind in ("html", "feed", SUBSCRIPTION, OPML) and len(content) > LARGEST_PAGE:
        raise UnfitFile(worded("This page is over 5 MB. Cut it down and add it again."))
    if kind in ("docx", "zip"):
        with check_zip(content) as bundle:
            return "docx" if _WORD.issubset(bundle.namelist()) else kind
    return kind


def _told_kind(name: str, head: bytes, media_type: str) -> str:
    suffix = PurePosixPath(name.lower()).suffix.removeprefix(".")
    kind = KINDS.get(media_type) or SUFFIXES.get(suffix)
    if kind is None and not suffix and media_type in _UNTOLD:
        kind = _by_head(head)
    if kind is None:
        ending = suffix[:10] or "no ending"
        raise UnfitFile(worded("Files of this kind ({ending}) are not read. Give {read}.", ending=ending, read=READ))
    return kind


def _by_head(head: bytes) -> str | None:
    """What a file is of which neither name nor server says it: by how it begins."""
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MAGIC["pdf"]):
        return "pdf"
    if head.startswith(_MAGIC["zip"]):
        return "docx" if b"[Content_Types].xml" in head or b"word/" in head else "zip"
    if begin.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "text" if begin[:1] not in _NO_LETTERS and not _CONTROLS.search(head) else None


def check_name(name: str) -> None:
    """Look at the name of a file in a bundle; nothing is ever written under it.

    Raises:
        UnfitFile: it leads out of the bundle: whoever packed it meant harm.
    """
    if _UNSAFE.search(name):
        raise UnfitFile(worded("This packed file names places outside itself. Pack it again without them."))


def _check_head(kind: str, head: bytes) -> None:
    if kind in _MAGIC:
        # A PDF may begin with a few bytes of what carried it.
        if not head.startswith(_MAGIC[kind]) and not (kind == "pdf" and b"%PDF-" in head):
            raise UnfitFile(worded("This is named .{kind} but is none. Save it again as what it is.", kind=kind))
    else:
        require_text(head)


def require_text(head: bytes) -> None:
    """Look at the first bytes of what says that it is text.

    Raises:
        UnfitFile: they are those of something packed, printed or run.
    """
    if head.startswith(_NO_TEXT) or (head.startswith(_NO_TEXT_WITH_NUL) and b"\x00" in head):
        raise UnfitFile(worded("This file is not the text that its name says. Save it again as what it is."))


def require_words(text: str, content: bytes) -> None:
    """Look at the beginning of what was decoded: text has few characters that no text has.

    Marks of what could not be decoded count too, but for those that stood there.

    Raises:
        UnfitFile: it is noise.
    """
    begin = text[:LOOKED_AT]
    noise = len(UNFIT.findall(begin)) + (begin.count("\ufffd") if _UNDECODED not in content else 0)
    if noise > MOST_NOISE and noise > SHARE_OF_NOISE * len(begin):
        raise UnfitFile(worded("This file is not text. Save it as text, UTF-8, and add it again."))


def refuse_crowded(markup: bytes) -> None:
    """Refuse markup with a tag of more attributes than any has, over which parsers brood.

    Raises:
        UnfitFile: there is one.
    """
    for tag in _LONG_TAG.finditer(markup):
        if len(tag[0].split()) > MOST_ATTRIBUTES:
            raise UnfitFile(
                worded("This page has a tag of thousands of attributes, as no article has. Paste its text.")
            )


def check_zip(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose directory promises nothing that would hurt.

    Raises:
        UnfitFile: it is broken, a bomb, or locked.
    """
    try:
        bundle = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnfitFile(worded("This packed file is broken. Pack it again.")) from error
    _check_entries(bundle.infolist(), len(content))
    return bundle


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UnfitFile(
            worded(
                "This packed file holds {count} files; at most {most_entries} are read. Split it.",
                count=f"{len(entries):,}",
                most_entries=f"{MOST_ENTRIES:,}",
            )
        )
    whole = sum(entry.file_size for entry in entries)
    if whole > min(LARGEST_UNPACKED, MOST_RATIO * max(size, 1024)):
        raise UnfitFile(worded("This packed file grows beyond 100 MB, or more than a hundredfold. Split it."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnfitFile(worded("This packed file is locked with a password. Unlock it and add it again."))
