"""The parent's side: has a child read one file, waits no longer than it may, and takes any end as a reason."""

import json
import signal
import tempfile
from typing import Any, Final

from factcheck.intake.parsing.checks import OPML, SUBSCRIPTION, kind_of
from factcheck.intake.parsing.documents import Document, FeedHead, ListedFeed, UnfitFile
from factcheck.intake.parsing.nursery import run_child
from factcheck.intake.parsing.reasons import EMPTY
from factcheck.intake.wording import worded

SECONDS: Final = 20
TOO_LONG = worded("Reading this file took too long, so it was given up. Split it, or paste its text.")
DIED = worded("Reading this file failed, so it was given up. Save it anew, or paste its text.")
NO_ITEMS = worded("This feed has no entries with a text. Look at it again when it has.")


def parse_file(name: str, content: bytes, media_type: str = "", charset: str = "", url: str = "") -> list[Document]:
    """The documents of a file or page, read in a process of its own; always at least one with a text.

    Of a bundle also what of it is not read, each with its reason.

    Raises:
        UnfitFile: it cannot be taken in; the message says why and what would help.
    """
    kind = kind_of(name, content, media_type)
    told = {"kind": kind, "name": name[:200], "charset": charset[:40], "url": url}
    documents = [_document(row) for row in _answer(content, told)["documents"]]
    if not any(document.text.strip() for document in documents):
        raise _without_text(kind, documents)
    return [document for document in documents if document.text.strip() or document.refusal]


def _without_text(kind: str, documents: list[Document]) -> UnfitFile:
    refused = [document.refusal for document in documents if document.refusal]
    return UnfitFile(*refused or [NO_ITEMS if kind == "feed" else EMPTY])


def parse_feed(content: bytes, charset: str, url: str) -> tuple[FeedHead, list[Document]]:
    """A feed and its items, in its order; or the feeds that a page names.

    Raises:
        UnfitFile: it is neither; the message says why and what would help.
    """
    kind = kind_of("", content, SUBSCRIPTION)
    answer = _answer(content, {"kind": kind, "name": "", "charset": charset[:40], "url": url})
    links = tuple((address, title) for address, title in answer["head"].pop("links"))
    head: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in answer["head"].items()
    }
    return FeedHead(**head, links=links), [_document(row) for row in answer["documents"]]


def parse_opml(content: bytes) -> list[ListedFeed]:
    """The feeds of an OPML list.

    Raises:
        UnfitFile: it is none; the message says what would help.
    """
    told = {"kind": kind_of("", content, OPML), "name": "", "charset": "", "url": ""}
    return [ListedFeed(**row) for row in _answer(content, told)["feeds"]]


def _answer(content: bytes, told: dict[str, str]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(content)
        given.seek(0)
        ended = run_child(given.fileno(), taken.fileno(), told, SECONDS)
        taken.seek(0)
        if ended != 0:
            raise UnfitFile(TOO_LONG if ended in (None, -signal.SIGXCPU, -signal.SIGKILL) else DIED)
        answer: dict[str, Any] = json.loads(taken.read())
    if "refused" in answer:
        raise UnfitFile(answer["refused"])
    return answer


def _document(row: dict[str, Any]) -> Document:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Document(**values)
