"""A PDF: its words in reading order, lines joined to paragraphs, words parted at line ends made whole."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from statistics import median
from typing import Final

import pypdf
from pypdf.errors import LimitReachedError

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.columns import Piece, in_columns
from factcheck.intake.parsing.documents import Document, UnfitFile, without_text
from factcheck.intake.wording import worded

MOST_PAGES: Final = 500
_BOMB: Final = worded(
    "This PDF unpacks to far more than a text needs, or leads back into itself. Print it anew, or paste its text."
)
MOST_DRAWN: Final = 8 * 1024 * 1024
FULL: Final = 0.75  # of the usual length: a shorter line may end a paragraph
MOST_REPEATS: Final = 3
LARGER: Final = 1.15  # letters of a headline, beside those of the text
FURTHER, MOST_FURTHER = 1.5, 6  # of the usual step from line to line: what is further apart is another column
LONGEST_TITLE: Final = 200  # characters of a first paragraph that is more of a headline than the name it holds
SAME_EDGE: Final = 40.0  # points; the first line of a paragraph may stand in
_ENDS: Final = re.compile(r"[.!?:…][\"'”’»)\]]{0,2}$")
_PARTED: Final = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_LIGATURES: Final = {0xFB00 + at: letters for at, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_COUNTED: Final = re.compile(r"\b\d{1,3}(?: ?(?:/|of|von|sur|de) ?\d{1,3})?$|^\d{1,3}\b")
LARGEST_SHARE: Final = 3  # of so many letters one must be left without margins: else it is the pages that are alike
MOST_MARGIN: Final = 3  # lines from a page's edge
_NUMBER: Final = re.compile(r"^(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?$", re.IGNORECASE)


def warm_up() -> None:
    """Load what reading a page loads."""
    writer, kept = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(kept)
    pypdf.PdfReader(kept).pages[0].extract_text()


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one article of a PDF.

    Raises:
        UnfitFile: it is locked, longer than 500 pages, or a bomb.
    """
    try:
        yield from _documents(content, told)
    except LimitReachedError as error:
        raise UnfitFile(_BOMB) from error


def _documents(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnfitFile(worded("This PDF is locked with a password. Unlock it and add it again."))
    if len(reader.pages) > MOST_PAGES:
        raise UnfitFile(
            worded(
                "This PDF has {count} pages; at most 500 are read. Split it and add the parts.",
                count=f"{len(reader.pages):,}",
            )
        )
    pages = [_lines(page) for page in reader.pages]
    if pages and not "".join(chain.from_iterable(pages)).strip():
        yield without_text(content, told)  # pictures of pages, most often: people can type what they say
    else:
        yield _read(reader, pages)


def _read(reader: pypdf.PdfReader, pages: list[list[str]]) -> Document:
    kept, left_out = part(join_lines(line for page in without_margins(pages) for line in page))
    return Document(title=_title(reader, kept), paragraphs=kept, left_out=left_out)


def _lines(page: pypdf.PageObject) -> list[str]:
    """The lines of a page.

    Raises:
        UnfitFile: it draws more than can be read in the time that a file has.
    """
    drawn = page.get_contents()
    if drawn is not None and len(drawn.get_data()) > MOST_DRAWN:
        raise UnfitFile(worded("A page of this PDF draws more than 8 MB, which no page of text does. Paste its text."))
    pieces: list[Piece] = []

    sizes: list[float] = []

    def note(text: str, seen: list[float], place: list[float], _font: object, size: float) -> None:
        if text.strip():
            pieces.append(Piece(place[4] + seen[4], place[5] + seen[5], text.strip()))
            sizes.append(abs(size * place[3]))

    lines = page.extract_text(visitor_text=note).split("\n")
    begins = set(_set_apart(pieces, sizes))
    apart = (("", line) if line.strip() in begins else (line,) for line in in_columns(pieces) or lines)
    return [line.translate(_LIGATURES) for line in chain.from_iterable(apart)]


def _set_apart(pieces: list[Piece], sizes: list[float]) -> Iterator[str]:
    """Lines that begin something else than the line before: they stand in other letters, or further down."""
    steps = [abs(other.y - one.y) for one, other in pairwise(pieces)]
    usual = median(filter(None, steps)) if any(steps) else 0.0
    for step, (one, other), letters in zip(steps, pairwise(pieces), pairwise(sizes), strict=True):
        is_other = max(letters) > LARGER * min(letters)
        if step and (is_other or _is_below(one, other, step / usual)):
            yield other.text


def _is_below(one: Piece, other: Piece, steps: float) -> bool:
    """Whether there is room between a line and the next of its column."""
    return abs(other.x - one.x) < SAME_EDGE and FURTHER < steps < MOST_FURTHER


def _title(reader: pypdf.PdfReader, kept: tuple[str, ...]) -> str:
    """What the PDF calls itself, if it says so on its page too; programs write their own names there."""
    said = str((reader.metadata and reader.metadata.title) or "").strip()
    is_first = bool(kept) and said.casefold() in kept[0].casefold() and len(kept[0]) <= LONGEST_TITLE
    if said and not is_first and said.casefold() in " ".join(kept[:3]).casefold():
        return said[:300]
    return kept[0][:300] if kept else ""


def without_margins(pages: list[list[str]]) -> list[list[str]]:
    """Pages without their numbers, and without what stands at the top or bottom of three of them, or of both."""
    margins = Counter(_alike(line) for page in pages for line in {*page[:2], *page[-2:]})
    repeated = {line for line, times in margins.items() if times >= min(MOST_REPEATS, max(len(pages), 2))}
    own = [
        [line for at, line in enumerate(page) if not _is_margin(line, min(at, len(page) - 1 - at), repeated)]
        for page in pages
    ]
    return own if _letters(own) * LARGEST_SHARE > _letters(pages) else pages


def _letters(pages: list[list[str]]) -> int:
    return sum(len(line.strip()) for page in pages for line in page)


def _alike(line: str) -> str:
    """A line as it is on every page: with any number of the page in it."""
    return _COUNTED.sub("#", line.strip())


def _is_margin(line: str, from_edge: int, repeated: set[str]) -> bool:
    return bool(_NUMBER.match(line.strip())) or (from_edge < MOST_MARGIN and _alike(line) in repeated)


def join_lines(lines: Iterator[str]) -> Iterator[str]:
    """Paragraphs of lines: one ends at an empty line, or at a sentence's end in a line that could have gone on."""
    every = [line.strip() for line in lines]
    lengths = sorted(len(line) for line in every if line) or [0]
    short = FULL * lengths[int(0.8 * (len(lengths) - 1))]
    paragraph = ""
    for line in every:
        paragraph = _joined(paragraph, line)
        if not line or (_ENDS.search(line) and len(line) < short):
            yield paragraph
            paragraph = ""
    yield paragraph


def _joined(paragraph: str, line: str) -> str:
    if not paragraph or not line:
        return paragraph + line
    if _PARTED.search(paragraph):
        return (paragraph[:-1] if line[0].islower() else paragraph) + line
    return f"{paragraph} {line}"
