"""A text file: as it stands."""

from collections.abc import Iterator

from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.wording import worded

LARGEST, LONGEST_LINE = 2 * 1024 * 1024, 1024 * 1024


def warm_up() -> None:
    """Load what guessing a charset loads."""
    decode("déjà vu".encode("cp1252"))


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one article of a text file; its first line is the headline.

    Raises:
        UnfitFile: it is too large, or no text.
    """
    if len(content) > LARGEST:
        raise UnfitFile(
            worded(
                "This text is {count} MB; an article may have 2 MB. Split it and add the parts.",
                count=f"{len(content) / 1e6:.1f}",
            )
        )
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in content[:4096] and not is_wide:
        raise UnfitFile(worded("This file is not text. Save it as text, UTF-8, and add it again."))
    yield Document(paragraphs=(decode(content, told["charset"]),), url=told["url"])
