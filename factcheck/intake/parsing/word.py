"""A Word document: headings, paragraphs and tables in their order."""

import io
from collections.abc import Iterator

import mammoth
from lxml import html

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.checks import check_zip
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.pages import blocks
from factcheck.intake.wording import worded


def warm_up() -> None:
    """Load what reading a tree loads."""
    list(blocks(html.fragment_fromstring("<p>Words.</p>", create_parent="div")))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one article of a document.

    Raises:
        UnfitFile: it is no Word document, or its XML brings its own grammar.
    """
    refuse_grammars(content)
    made = mammoth.convert_to_html(
        io.BytesIO(content), external_file_access=False, convert_image=mammoth.images.img_element(_no_image)
    ).value
    tree = html.fragment_fromstring(made, create_parent="div") if made else None
    kept, left_out = part(blocks(tree) if tree is not None else [])
    yield Document(title=kept[0] if kept else "", paragraphs=kept[1:], left_out=left_out)


def refuse_grammars(content: bytes) -> None:
    """Refuse XML with a DTD or entities, whatever part of the document it stands in.

    Raises:
        UnfitFile: there is one, or this is no Word document.
    """
    with check_zip(content) as bundle:
        if "word/document.xml" not in bundle.namelist() and "[Content_Types].xml" not in bundle.namelist():
            raise UnfitFile(worded("This is no Word document. Save it as .docx and add it again."))
        for name in bundle.namelist():
            if name.endswith((".xml", ".rels")):
                xml = bundle.read(name).replace(b"\x00", b"")
                if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
                    raise UnfitFile(worded("This document brings a grammar of its own, which no Word document does."))


def _no_image(_image: object) -> dict[str, str]:
    return {}
