"""A Word document: headings, paragraphs and tables in their order."""

import io
import re
from collections.abc import Iterator
from typing import Final

import mammoth
from lxml import html

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.checks import check_zip
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.shaping import blocks, drop_note_marks, flatten_tables
from factcheck.intake.wording import worded

MOST_PIECES: Final = 100_000  # paragraphs and stretches of one look: as many as are read in the time that a file has
_PIECE: Final = re.compile(rb"<w:[pr][ >]")


def warm_up() -> None:
    """Load what reading a tree loads."""
    list(blocks(html.fragment_fromstring("<p>Words.</p>", create_parent="div")))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one article of a document.

    Raises:
        UnfitFile: it is no Word document, or its XML brings its own grammar.
    """
    refuse_unfit(content)
    made = mammoth.convert_to_html(
        io.BytesIO(content), external_file_access=False, convert_image=mammoth.images.img_element(_no_image)
    ).value
    tree = html.fragment_fromstring(made, create_parent="div") if made else None
    if tree is not None:
        drop_note_marks(tree)
        flatten_tables(tree)
    kept, left_out = part(blocks(tree) if tree is not None else [])
    yield Document(title=kept[0] if kept else "", paragraphs=kept[1:], left_out=left_out)


def refuse_unfit(content: bytes) -> None:
    """Refuse XML with a DTD or entities, whatever part of the document it stands in, and what would take too long.

    Raises:
        UnfitFile: there is one, or it is of more pieces than any article, or this is no Word document.
    """
    with check_zip(content) as bundle:
        if "word/document.xml" not in bundle.namelist() and "[Content_Types].xml" not in bundle.namelist():
            raise UnfitFile(worded("This is no Word document. Save it as .docx and add it again."))
        for name in bundle.namelist():
            if name.endswith((".xml", ".rels")):
                _refuse_part(bundle.read(name).replace(b"\x00", b""))


def _refuse_part(xml: bytes) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UnfitFile(worded("This document brings a grammar of its own, which no Word document does."))
    if sum(1 for _ in _PIECE.finditer(xml)) > MOST_PIECES:
        raise UnfitFile(worded("This document has more pieces than a book. Split it, or paste its text."))


def _no_image(_image: object) -> dict[str, str]:
    return {}
