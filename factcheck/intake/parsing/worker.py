"""The nursery itself, started by `nursery.py`: has every parser loaded, and forks a child for each file to be read."""

import codecs
import encodings
import gc
import json
import os
import pkgutil
import select
import signal
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from importlib import import_module
from typing import Any, Final

from factcheck.intake.parsing import cage, languages
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.reasons import found_by

IDLE_SECONDS: Final = 60.0
LARGEST_MESSAGE: Final = 64 * 1024
MODULES: Final = {
    "text": "plain",
    "html": "pages",
    "docx": "word",
    "pdf": "portable",
    "transcript": "transcripts",
    "mail": "mails",
    "feed": "feeds",
    "lines": "bundles",
    "mailbox": "bundles",
    "zip": "bundles",
    "subscription": "subscriptions",
    "opml": "subscriptions",
}


def main() -> None:
    """Load every parser, then fork a child for each file that is asked for, until nobody is there or nothing comes."""
    line = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a child has no way to the line
    parsers = {kind: import_module(f"factcheck.intake.parsing.{name}") for kind, name in MODULES.items()}
    warm_up(parsers.values())
    gc.collect()
    gc.freeze()  # children share what is loaded, so nothing of it is looked through again
    line.settimeout(IDLE_SECONDS)
    with suppress(TimeoutError, ConnectionError):
        while serve(line, parsers):
            pass


def serve(line: socket.socket, parsers: dict[str, Any]) -> bool:
    """Take one file, and say how its child ended; false where whoever asks has hung up."""
    asked, (given, taken), _, _ = _ask(line)
    if not asked:
        return False
    told = json.loads(asked)
    child = os.fork()
    if child == 0:
        line.close()
        read_file(parsers[told["kind"]], given, taken, told)
    os.close(given)
    os.close(taken)
    line.send(json.dumps({"status": _end_of(child, line, told["seconds"])}).encode())
    return True


def _ask(line: socket.socket) -> tuple[bytes, list[int], int, Any]:
    asked, files, flags, sender = socket.recv_fds(line, LARGEST_MESSAGE, 2)
    return asked, files or [-1, -1], flags, sender


def _end_of(child: int, line: socket.socket, seconds: float) -> int | None:
    """How the child ended; None where it took too long or nobody waits for it any more, and it was killed."""
    watched = os.pidfd_open(child)
    ready, _, _ = select.select([watched, line.fileno()], [], [], seconds)
    os.close(watched)
    if ready == [watched]:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def read_file(parser: Any, given: int, taken: int, told: dict[str, str]) -> None:
    """The child: read, give up all rights, parse, answer. Whatever goes wrong is a reason, or ends this process."""
    try:
        with os.fdopen(given, "rb") as file:
            content = file.read()
        answers = os.fdopen(taken, "wb")
        cage.enter()
        answers.write(json.dumps(_parse(parser, content, told)).encode())
        answers.flush()
        os._exit(0)  # nothing to tidy, and no library's own end to wait for
    finally:
        os._exit(1)  # a child never goes on as its nursery


def warm_up(parsers: Iterable[Any]) -> None:
    """Load all that may be needed: once the rights are gone, Python's own folder may be closed too."""
    for name in (
        "_strptime",
        "stringprep",
        "email.iterators",
        "xml.sax.expatreader",
        "xml.dom.expatbuilder",
        "html.parser",
    ):
        import_module(name)
    load_charsets()
    for parser in set(parsers):
        parser.warm_up()
    languages.warm_up()


def load_charsets() -> None:
    """Load every charset that Python knows."""
    for charset in (module.name for module in pkgutil.iter_modules(encodings.__path__)):
        with suppress(LookupError):
            codecs.lookup(charset)


def _parse(module: Any, content: bytes, told: dict[str, str]) -> dict[str, Any]:
    try:
        return found_by(lambda: _found(module, content, told))
    except UnfitFile as reason:
        why = f"{type(reason.__cause__).__name__}: {reason.__cause__}"[:300] if reason.__cause__ else ""
        return {"refused": str(reason), "error": why}


def _found(module: Any, content: bytes, told: dict[str, str]) -> dict[str, Any]:
    if told["kind"] == "opml":
        return {"feeds": [asdict(listed) for listed in module.read_list(content)]}
    head = asdict(module.look(content, told)) if told["kind"] == "subscription" else {}
    return {"head": head, "documents": [_told(document) for document in module.parse(content, told)]}


def _told(document: Document) -> dict[str, Any]:
    return asdict(replace(document, language=document.language or languages.detect(document.text)))


if __name__ == "__main__":
    main()
