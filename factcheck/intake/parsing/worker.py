"""The child: reads one file from its input, gives documents as JSON; run by `child.py`."""

import codecs
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from encodings.aliases import aliases
from importlib import import_module
from typing import Any

from factcheck.intake.parsing import cage, languages
from factcheck.intake.parsing.documents import Document, UnfitFile

MODULES = {
    "text": "plain",
    "html": "pages",
    "docx": "word",
    "pdf": "portable",
    "transcript": "transcripts",
    "mail": "mails",
    "feed": "feeds",
    "lines": "bundles",
    "zip": "bundles",
}
HUNGRY = "This file needs more memory than a file may. Split it, or paste its text."
DEEP = "This file is nested too deeply. Save it anew, or paste its text."
GARBLED = "This file is damaged, so it could not be read. Save it anew, or paste its text."


def main() -> None:
    """Read, parse, answer. Whatever goes wrong is a reason, or ends this process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    told = json.loads(sys.argv[1])
    module = import_module(f"factcheck.intake.parsing.{MODULES[told['kind']]}")
    warm_up(module)
    content = sys.stdin.buffer.read()
    cage.enter()
    answers.write(json.dumps(_parse(module, content, told)).encode())
    answers.flush()
    os._exit(0)  # nothing to tidy, and no library's own end to wait for


def warm_up(module: Any) -> None:
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
    module.warm_up()
    languages.warm_up()


def load_charsets() -> None:
    """Load every charset that Python knows."""
    for charset in {*aliases.values(), "charmap", "unicode_escape", "raw_unicode_escape"}:
        with suppress(LookupError):
            codecs.lookup(charset)


def _parse(module: Any, content: bytes, told: dict[str, str]) -> dict[str, Any]:
    try:
        return {"documents": [_told(document) for document in module.parse(content, told)]}
    except UnfitFile as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": HUNGRY}
    except RecursionError:
        return {"refused": DEEP}
    except Exception as error:  # noqa: BLE001 -- the outermost: a stranger's bytes break parsers in every way
        return {"refused": GARBLED, "error": f"{type(error).__name__}: {error}"[:300]}


def _told(document: Document) -> dict[str, Any]:
    return asdict(replace(document, language=document.language or languages.detect(document.text)))


if __name__ == "__main__":
    main()
