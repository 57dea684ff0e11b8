"""Many articles in one file: a zip of files, a mailbox, or a line of JSON for each."""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, Final

from factcheck.intake.parsing import feeds, mails, plain, portable, transcripts, word
from factcheck.intake.parsing.checks import check_name, check_zip, kind_of
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.reasons import EMPTY, found_by
from factcheck.intake.wording import worded

MOST_LINES: Final = 10_000
MOST_MAILS: Final = 2_000
ROOM: Final = {
    "text": "plain",
    "html": "pages",
    "docx": "word",
    "pdf": "portable",
    "transcript": "transcripts",
    "mail": "mails",
}
_NAMES: Final = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "url": "url",
    "byline": "byline",
    "language": "language",
}
# A mail begins after an empty line with who sent it and when; some programs write the bare word.
_MAIL: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From (?:\S{1,320} [^\r\n]{0,60}\d\d:\d\d[^\r\n]{0,60})?\r?\n")
_SHIELDED: Final = re.compile(rb"(?m)^>(>{0,9}From )")
# What a computer puts into folders for itself.
_OWN: Final = re.compile(r"^__MACOSX/|(?:^|/)(?:\.(?!\.)[^/]*|thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_DATES: Final = ("published_at", "published", "date")


def warm_up() -> None:
    """Load what any file of a bundle may load."""
    for module in (plain, word, portable, transcripts, mails, feeds):
        module.warm_up()


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The articles of a bundle, and the reason for each part of it that is not read."""
    if told["kind"] == "mailbox":
        return _mailbox(content)
    return _zip(content) if told["kind"] == "zip" else _lines(decode(content, told["charset"]))


def _zip(content: bytes) -> Iterator[Document]:
    with check_zip(content) as bundle:
        for entry in bundle.infolist():
            if not entry.is_dir() and not _OWN.search(entry.filename):
                try:
                    yield from found_by(partial(_file, bundle, entry))
                except UnfitFile as reason:
                    yield Document(refusal=f"{entry.filename[:100]}: {reason}")


def _file(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> list[Document]:
    """The articles of one file of a zip, read where it is: nothing is written under its name."""
    check_name(entry.filename)
    name, content = entry.filename, bundle.read(entry)
    kind = kind_of(name, content)
    if kind not in ROOM:
        raise UnfitFile(worded("A bundle in a bundle is not read. Add it by itself."))
    module = import_module(f"factcheck.intake.parsing.{ROOM[kind]}")
    return _with_text(module.parse(content, {"kind": kind, "name": name, "charset": "", "url": ""}))


def _with_text(documents: Iterable[Document]) -> list[Document]:
    found = [document for document in documents if document.text.strip()]
    if not found:
        raise UnfitFile(EMPTY)
    return found


def _mailbox(content: bytes) -> Iterator[Document]:
    """A mailbox as mail programs export it (mbox): each mail as if it had come by itself."""
    before, *mails_in = _MAIL.split(content)
    if before.strip() or not mails_in:
        raise UnfitFile(worded("This is no mailbox: it does not begin with a mail. Export it again as .mbox."))
    if len(mails_in) > MOST_MAILS:
        counts = {"count": f"{len(mails_in):,}", "most_mails": f"{MOST_MAILS:,}"}
        raise UnfitFile(worded("This mailbox holds {count} mails; at most {most_mails} are read. Split it.", **counts))
    for number, mail in enumerate(mails_in, 1):
        try:
            yield from found_by(partial(_mail, _SHIELDED.sub(rb"\1", mail)))
        except UnfitFile as reason:
            yield Document(refusal=worded("Mail {number} of this mailbox: {reason}", number=number, reason=str(reason)))


def _mail(content: bytes) -> list[Document]:
    return _with_text(mails.parse(content, {}))


def _lines(text: str) -> Iterator[Document]:
    lines = [line for line in re.split(r"\r\n?|\n", text) if line.strip()]
    if len(lines) > MOST_LINES:
        raise UnfitFile(
            worded(
                "This file has {count} lines; at most {most_lines} are read. Split it.",
                count=f"{len(lines):,}",
                most_lines=f"{MOST_LINES:,}",
            )
        )
    for number, line in enumerate(lines, 1):
        try:
            yield _row(json.loads(line, object_pairs_hook=_once))
        except _Twice:
            yield Document(
                refusal=worded(
                    "Line {number} has a name twice, so it can be read in two ways. Mend it and add the file again.",
                    number=number,
                )
            )
        except (ValueError, TypeError, RecursionError):
            yield Document(
                refusal=worded(
                    "Line {number} is no JSON object with a “text”. Mend it and add the file again.", number=number
                )
            )


class _Twice(ValueError):
    """A name stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _row(row: Any) -> Document:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise TypeError(row)
    said = {field: row[name] for name, field in _NAMES.items() if isinstance(row.get(name), str)}
    published = next((row[name] for name in _DATES if isinstance(row.get(name), str)), "")
    return Document(paragraphs=(row["text"],), published=published, **said)
