"""A text file: as it stands."""

from collections.abc import Iterator

from factcheck.intake.cleaning import UNFIT, clean_text
from factcheck.intake.parsing.checks import require_words
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile, without_text
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
    text = decode(content, told["charset"])
    require_words(text, content)
    is_blank = bool(UNFIT.search(text)) and not clean_text(text).text.strip()
    yield without_text(content, told) if is_blank else Document(paragraphs=(text,), url=told["url"])
