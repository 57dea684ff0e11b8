"""A text file: as it stands."""

from collections.abc import Iterator

from factcheck.intake.cleaning import UNFIT, clean_text
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile, without_text
from factcheck.intake.wording import worded

LARGEST, LONGEST_LINE = 2 * 1024 * 1024, 1024 * 1024
LOOKED_AT = 16 * 1024
MOST_UNFIT, SHARE_UNFIT = 64, 0.05  # characters that no text has: a few are taken out, more are no text


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
    unfit = len(UNFIT.findall(text[:LOOKED_AT]))
    if unfit > MOST_UNFIT and unfit > SHARE_UNFIT * len(text[:LOOKED_AT]):
        raise UnfitFile(worded("This file is not text. Save it as text, UTF-8, and add it again."))
    is_blank = bool(unfit) and not clean_text(text).text.strip()
    yield without_text(content, told) if is_blank else Document(paragraphs=(text,), url=told["url"])
