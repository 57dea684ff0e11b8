"""What parsing gives: plain values, which cross from the child to its parent as JSON."""

import hashlib
import re
from dataclasses import dataclass

NO_TEXT, ATTACHED = "no_text", "attached"


class UnfitFile(ValueError):
    """This file cannot be taken in; the message says why and what would help.

    Of a bundle of which nothing can be read, `reasons` are those of all its parts, and the message is the first.
    """

    code = "unfit_file"

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons[:1])
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself, or which feeds a page names where it is none; what is not known is empty.

    `every` are the minutes for which it asks to be left alone, `quiet_hours` (UTC) and `quiet_days` (in English) when
    it does not change. `links` are the addresses and names of a page's feeds.
    """

    is_feed: bool = True
    title: str = ""
    site: str = ""
    language: str = ""
    every: int = 0
    quiet_hours: tuple[int, ...] = ()
    quiet_days: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed of an OPML list."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article, as it stood in a page or file; what is not known is empty. Dates are ISO 8601.

    `left_out` are the lines that are no part of the article: "Read more", captions, copyright. `notes` say what people
    should know of it (`NO_TEXT`, `ATTACHED`). A part of a bundle that is not read has a `refusal` in place of a text.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    byline: str = ""
    outlet: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    url: str = ""
    key: str = ""  # by which a feed or bundle tells it from its others
    notes: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def text(self) -> str:
        """The article as it is stored: the headline, then paragraphs apart from each other."""
        body = [paragraph for paragraph in self.paragraphs if paragraph.strip() != self.title.strip()]
        return "\n\n".join([self.title.strip(), *body] if self.title.strip() else body)


def without_text(content: bytes, told: dict[str, str]) -> Document:
    """The document of a file that is whole and in which no words stand: known by its name, and by its bytes."""
    name = re.split(r"[/\\]", told["name"] or told["url"].split("?")[0])[-1].strip() or told["kind"]
    digest = hashlib.sha256(content).hexdigest()[:8]
    return Document(title=f"{name} [{digest}]", url=told["url"], notes=(NO_TEXT,))
