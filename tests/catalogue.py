"""The French catalogue: what the sources say to people, what is translated, and the file that Django reads.

`make messages` adds what is new with an empty translation, takes out what is gone, writes the `.mo`, and names what
waits to be translated. It needs no gettext tools; Django's own texts come with Django.
"""

import ast
import os
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PO = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
CALLS = {
    "_",
    "_lazy",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext_lazy",
    "worded",
}
CONTEXT = "\4"  # between what a message belongs to and the message, as gettext has it
SILENT = ("api", "migrations", "engine")  # rooms whose texts stay English
GAPS = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w+)\}|%%|</?\w+>")


@dataclass
class Message:
    """What the sources say: one form or two; and where."""

    one: str
    many: str = ""
    places: set[str] = field(default_factory=set)


@lru_cache
def found_messages() -> dict[str, Message]:
    """Every message of the sources by its first form."""
    found: dict[str, Message] = {}
    for place, one, many in [*_of_python(), *_of_templates(), *_of_classes()]:
        message = found.setdefault(one, Message(one))
        message.many = message.many or many
        message.places.add(place)
    return found


def _of_python() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "factcheck").rglob("*.py")):
        if not set(path.relative_to(ROOT).parts) & set(SILENT):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                    yield from _of_call(str(path.relative_to(ROOT)), node)


def _of_call(place: str, node: ast.Call) -> Iterator[tuple[str, str, str]]:
    forms = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    words = [form for form in forms if isinstance(form, str)]
    if words and "ngettext" in getattr(node.func, "id", ""):
        yield place, words[0], words[1]
    elif words and "pgettext" in getattr(node.func, "id", ""):
        yield place, CONTEXT.join(words[:2]), ""
    elif words:
        yield place, words[0], ""


def _of_templates() -> Iterator[tuple[str, str, str]]:
    from django.utils.translation.template import templatize

    quoted = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    call = re.compile(rf"(?<!\w)(?:gettext|_)\({quoted}\)|ngettext\({quoted},\s*{quoted},")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for one, first, many in call.findall(templatize(path.read_text(encoding="utf-8"))):
            forms = [str(ast.literal_eval(form)) if form else "" for form in (one or first, many)]
            yield str(path.relative_to(ROOT)), forms[0], forms[1]


def _of_classes() -> Iterator[tuple[str, str, str]]:
    """What stands in no call: refusals that say their docstring, values of the contract, columns of lists."""
    for word in [*_refusals(), *_terms(), *_columns()]:
        yield "values", word, ""


def _refusals() -> Iterator[str]:
    from factcheck.intake.fetching.errors import FetchRefused
    from factcheck.ledger.errors import Refusal

    roots: list[Any] = [Refusal, FetchRefused]
    while roots:
        children = roots.pop().__subclasses__()
        roots += children
        yield from (child.__doc__ or "" for child in children if ".api." not in child.__module__ and child.code)


def _terms() -> Iterator[str]:
    from factcheck.claims.models import Bearing
    from factcheck.engine import Act, ConflictKind, Quote, SpeakerKind

    values = [*Act, *ConflictKind, *Quote, *SpeakerKind, *Bearing, "kept", "moved", "new", "gone"]
    yield from (str(value).replace("_", " ") for value in values if value != "none")


def _columns() -> Iterator[str]:
    from django.contrib import admin
    from django.contrib.admin.utils import get_fields_from_path, label_for_field

    for model, page in admin.site._registry.items():
        yield str(model._meta.verbose_name_plural)
        yield from (str(label_for_field(name, model, page)) for name in page.list_display)
        filters = [entry[0] if isinstance(entry, tuple) else entry for entry in page.list_filter]
        yield from (str(get_fields_from_path(model, str(name))[-1].verbose_name) for name in filters)


def read_po(path: Path = PO) -> dict[str, list[str]]:
    """The translations by first form: one, or one for each number."""
    known: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        said: dict[str, str] = {}
        for line in block.splitlines():
            name, _space, quoted = line.partition(" ")
            if name.startswith("msg"):
                said[name] = _unquoted(quoted)
            elif name.startswith('"'):
                said[list(said)[-1]] += _unquoted(line)
        if said.get("msgid"):
            context = [said["msgctxt"]] if "msgctxt" in said else []
            known[CONTEXT.join([*context, said["msgid"]])] = [
                words for name, words in said.items() if name.startswith("msgstr")
            ]
    return known


def is_fuzzy(path: Path = PO) -> bool:
    """Whether a translation waits to be looked at."""
    return "fuzzy" in path.read_text(encoding="utf-8")


def head_of(path: Path = PO) -> str:
    """What stands before the messages: the glossary and the head."""
    return path.read_text(encoding="utf-8").split("\n\n")[0]


def write_po(found: Mapping[str, Message], known: Mapping[str, list[str]]) -> None:
    """The catalogue anew, in the order of the messages."""
    blocks = [head_of()]
    for message in sorted(found.values(), key=lambda one: (one.one.casefold(), one.one)):
        empty = ["", ""] if message.many else [""]
        told = known.get(message.one, empty)
        blocks.append("\n".join(_block(message, told if len(told) == len(empty) else empty)))
    PO.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _block(message: Message, told: list[str]) -> Iterator[str]:
    yield from (f"#: {place}" for place in sorted(message.places))
    *context, one = message.one.split(CONTEXT)
    yield from (f"msgctxt {_quoted(words)}" for words in context)
    yield f"msgid {_quoted(one)}"
    if not message.many:
        yield f"msgstr {_quoted(told[0])}"
        return
    yield f"msgid_plural {_quoted(message.many)}"
    yield from (f"msgstr[{number}] {_quoted(words)}" for number, words in enumerate(told))


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _unquoted(quoted: str) -> str:
    return str(ast.literal_eval(quoted))


def missing(found: Mapping[str, Message], known: Mapping[str, list[str]]) -> list[str]:
    """The messages without a translation in each form."""
    return [
        one for one, message in found.items() if not (told := known.get(one)) or not all(told) or _short(message, told)
    ]


def _short(message: Message, told: list[str]) -> bool:
    return len(told) != (2 if message.many else 1)


def gaps(words: str) -> list[str]:
    """The gaps of a message, in order of their names."""
    return sorted(gap[0] for gap in GAPS.finditer(words) if gap[0] != "%%")


def as_mo(found: Mapping[str, Message], known: Mapping[str, list[str]], head: str) -> bytes:
    """The translations as gettext reads them (GNU's format, little-endian): sorted, with their offsets."""
    pairs = {"": "".join(_unquoted(line) for line in head.splitlines() if line.startswith('"'))}
    for one, told in known.items():
        if one in found and all(told):
            many = found[one].many
            pairs[f"{one}\0{many}" if many else one] = "\0".join(told)
    encoded = sorted((key.encode(), told.encode()) for key, told in pairs.items())
    texts = b""
    ids: list[int] = []
    strings: list[int] = []
    start = 28 + 16 * len(encoded)
    for column, places in ((0, ids), (1, strings)):
        for row in encoded:
            places += [len(row[column]), start + len(texts)]
            texts += row[column] + b"\0"
    count = len(encoded)
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return header + struct.pack(f"<{4 * count}I", *ids, *strings) + texts


def whole(found: Mapping[str, Message], names: Iterable[str]) -> str:
    """Messages as they would stand in the catalogue, to be copied and translated."""
    return "\n\n".join("\n".join(_block(found[name], ["", ""] if found[name].many else [""])) for name in names)


def main() -> int:
    """Bring the catalogue up to date and say what waits."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    sys.path.insert(0, str(ROOT))
    django.setup()
    import config.urls  # noqa: F401 -- brings every room in, and the lists of the admin

    found, known = found_messages(), read_po()
    write_po(found, known)
    PO.with_suffix(".mo").write_bytes(as_mo(found, known, head_of()))
    waiting = missing(found, known)
    print(whole(found, waiting))
    print(f"{len(found)} messages, {len(waiting)} to translate in {PO.relative_to(ROOT)}; then run this again.")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
