"""Subtitles: what was said, by whom where it says so, without numbers and times."""

import re
from collections.abc import Iterator
from typing import Final

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.checks import require_words
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.wording import worded

DASHES: Final = ">-–—"
LONG: Final = 400  # characters of one voice, after which a sentence's end begins a paragraph
LONGEST: Final = 2000
_TIMES: Final = re.compile(r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s{1,3}-->")
_VOICE: Final = re.compile(r"<v(?:\.[\w.]{1,40})?\s{1,3}([^<>]{1,80})>")
_TAG: Final = re.compile(r"<[^<>]{0,80}>|\{\\[^{}]{0,40}\}")
_LABEL: Final = re.compile(r"^(?:>>\s{0,3}|[-–—]\s{1,3}|[A-Z][^\W\d_]?[\w .’'-]{0,58}(?:\([^()]{0,30}\))?:\s)")
_ROLLS: Final = re.compile(r"\w<\d{1,2}:\d{2}[:.][\d:.]{2,12}>")  # a time for each word: then each line is shown again
_ENDS: Final = re.compile(r"[.!?…][\"'”’»)\]]{0,2}$")


def warm_up() -> None:
    """Load what guessing a charset loads."""
    decode("déjà vu".encode("cp1252"))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one conversation of a file of subtitles; its name is the headline.

    Raises:
        UnfitFile: nothing in it is said at a time.
    """
    name = re.sub(r"[_.-]+", " ", told["name"].rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    text = decode(content, told["charset"])
    require_words(text, content)
    kept, left_out = part(_paragraphs(_cues(text)))
    if not kept and not left_out:
        raise UnfitFile(
            worded("There are no subtitles in this file: nothing in it is said at a time. Save it as text.")
        )
    yield Document(title=name.capitalize() or "Transcript", paragraphs=kept, left_out=left_out)


def _cues(text: str) -> Iterator[str]:
    """The lines that are spoken, each with the voice that its tag names; of lines that roll up each once."""
    rolls = bool(_ROLLS.search(text))
    last = ""
    for said in _lines(text):
        if not rolls or said != last:
            yield said
        last = said


def _lines(text: str) -> Iterator[str]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        at = next((place for place, line in enumerate(lines) if _TIMES.search(line)), None)
        if at is not None:
            for line in lines[at + 1 :]:
                said = _TAG.sub("", _VOICE.sub(lambda voice: f"{voice[1].strip()}: ", line)).strip()
                if said:
                    yield said


def _paragraphs(cues: Iterator[str]) -> Iterator[str]:
    """A paragraph for each turn; a voice that is named again goes on."""
    said: list[str] = []
    length, voice = 0, ""
    for cue in cues:
        label = _label(cue)
        if _is_new_turn(label, voice) or _is_long(length, said):
            yield " ".join(said)
            said, length = [], 0
        said.append(cue.removeprefix(voice).strip() if said and label else cue)
        length, voice = length + len(said[-1]) + 1, label or voice
    yield " ".join(said)


def _is_long(length: int, said: list[str]) -> bool:
    """Whether a voice has said so much that a paragraph ends: with a sentence, or where no sentence does."""
    return length > LONGEST or (length > LONG and bool(_ENDS.search(said[-1])))


def _is_new_turn(label: str, voice: str) -> bool:
    """Whether somebody else speaks; a dash says only that, so it is never the same voice twice."""
    return bool(label) and (label != voice or label[0] in DASHES)


def _label(cue: str) -> str:
    """Who speaks, as the cue begins."""
    found = _LABEL.match(cue)
    return found[0] if found else ""
