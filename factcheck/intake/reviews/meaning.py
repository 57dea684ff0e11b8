"""What a ClaimReview says, and what is wrong in it, field by field: little must be there, the rest is taken or left."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from factcheck.intake.cleaning import clean_text
from factcheck.intake.fetching.errors import FetchRefused
from factcheck.intake.fetching.locations import read_location, same_page_key
from factcheck.intake.reviews.rows import Problem, Row, Said
from factcheck.intake.wording import worded

LONGEST_CLAIM: Final = 10_000
LARGEST_DOCUMENT: Final = 64 * 1024
DEEPEST: Final = 20
FIRST_YEAR: Final = 1000
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NO_ROW: Final = worded("Give each review as a ClaimReview with url, claimReviewed and reviewRating.")
_UNWIELDY: Final = worded("This row is larger than 64 KB or nested deeper than 20.")
_LEAN: Final = worded("Leave out what is no review.")
_CUT: Final = worded("Shorten it; the review is taken with its beginning.")
_TAKEN_WITHOUT: Final = worded("The review is taken without it.")

Document = dict[str, Any]


def read_row(number: int, found: Document | str) -> Row:
    """A document as a row: what it says, or why it is refused."""
    if isinstance(found, str):
        return Row(number, None, "", {}, (Problem("row", found, _NO_ROW),))
    document = _plain(found)
    if document is None:
        problem = Problem("row", _UNWIELDY, _LEAN)
        return Row(number, None, "", {}, (problem,))
    return _Reading(document).row(number)


@dataclass(slots=True)
class _Reading:
    """One document while it is read, and what was found wrong so far."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def row(self, number: int) -> Row:
        """All that it says."""
        url, key = self.address()
        claim, rating = self.claim(), self.rating_text()
        said = None
        if url and claim and rating:
            said = Said(url=url, claim_text=claim, rating_text=rating, **self.further(url))
        refused = any(problem.refuses for problem in self.problems)
        return Row(number, None if refused else said, key, self.document, tuple(self.problems))

    def further(self, url: str) -> dict[str, Any]:
        """What may be there and need not."""
        publisher = self.first("author", "name") or self.first("publisher", "name") or self.first("author")
        claimant = self.first("itemReviewed", "author", "name") or self.first("itemReviewed", "author")
        return {
            "claimant": self.cut("itemReviewed.author", claimant, 300),
            "claim_date": self.day("itemReviewed", "datePublished"),
            "title": self.cut("headline", self.first("headline") or self.first("name"), 500),
            "publisher_name": self.cut("author", publisher, 300),
            "publisher_site": read_location(url).host.removeprefix("www."),
            "rating_value": self.number("ratingValue"),
            "rating_best": self.number("bestRating"),
            "rating_worst": self.number("worstRating"),
            "review_date": self.day("datePublished"),
            "language": self.language(),
        }

    def address(self) -> tuple[str, str]:
        """The address of the review, and the key by which two spellings of it are one."""
        text = self.first("url") or self.first("mainEntityOfPage", "@id") or self.first("mainEntityOfPage")
        if not text:
            self.refuse(
                "url", worded("There is no address of the review."), worded("Give the address of its page as “url”.")
            )
            return "", ""
        try:
            return str(text).strip(), same_page_key(text)
        except FetchRefused:
            words = worded("“{text}” is no web address.", text=text[:100])
            self.refuse("url", words, worded("Give one that begins with https:// or http://."))
            return "", ""

    def claim(self) -> str:
        """What was claimed."""
        said = self.first("claimReviewed") or self.first("itemReviewed", "text") or self.first("itemReviewed", "name")
        if not said:
            self.refuse(
                "claimReviewed",
                worded("It does not say what was claimed."),
                worded("Give the claim as “claimReviewed”."),
            )
        elif len(said) > LONGEST_CLAIM:
            words = worded("The claim has {count} characters; a claim may have 10,000.", count=f"{len(said):,}")
            self.refuse("claimReviewed", words, worded("Give the sentence that was checked, not the article."))
        return said

    def rating_text(self) -> str:
        """The rating in words; a bare number is told as one."""
        said = self.first("reviewRating", "alternateName") or self.first("reviewRating", "name")
        if not said:
            value, best = self.first("reviewRating", "ratingValue"), self.first("reviewRating", "bestRating")
            said = f"{value} of {best}" if value and best else value
        if not said:
            remedy = worded("Give it in words as “reviewRating.alternateName”.")
            self.refuse("reviewRating", worded("There is no rating."), remedy)
        return self.cut("reviewRating.alternateName", said, 300)

    def number(self, name: str) -> float | None:
        """A number of the rating."""
        text = self.first("reviewRating", name)
        if not text:
            return None
        try:
            number = float(text.replace(",", ".")) if text.isascii() and "_" not in text else math.nan
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        self.note(f"reviewRating.{name}", worded("“{text}” is no number.", text=text[:60]), _TAKEN_WITHOUT)
        return None

    def day(self, *path: str) -> str | None:
        """A date; of a moment its day, as it was written."""
        text = self.first(*path)
        if not text:
            return None
        try:
            found = date.fromisoformat(text[:10]) if text[:10].isascii() else None
        except ValueError:
            found = None
        if found and found.year >= FIRST_YEAR:
            return found.isoformat()
        words = worded("“{text}” is no date like 2026-03-01.", text=text[:60])
        self.note(".".join(path), words, _TAKEN_WITHOUT)
        return None

    def language(self) -> str:
        """The language of the review."""
        text = self.first("inLanguage") or self.first("inLanguage", "alternateName")
        if not text or _LANGUAGE.fullmatch(text):
            return text
        self.note("inLanguage", worded("“{text}” is no language tag like “en”.", text=text[:60]), _TAKEN_WITHOUT)
        return ""

    def cut(self, name: str, text: str, most: int) -> str:
        """A text, no longer than it may be."""
        if len(text) > most:
            words = worded("This has {count} characters; it may have {most}.", count=f"{len(text):,}", most=most)
            self.note(name, words, _CUT)
        return text[:most]

    def first(self, *path: str) -> str:
        """The first word or number that stands at a path, whatever lists stand on the way."""
        return next((text for text in _at(self.document, path) if text), "")

    def refuse(self, name: str, problem: str, remedy: str) -> None:
        """Something without which it is no review."""
        self.problems.append(Problem(name, problem, remedy))

    def note(self, name: str, problem: str, remedy: str) -> None:
        """Something that is left out or cut."""
        self.problems.append(Problem(name, problem, remedy, refuses=False))


def _at(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    """The texts at a path: through lists, through Duke's numbered places, and out of `{"@value": …}`."""
    if isinstance(value, list):
        for one in value[:20]:
            yield from _at(one, path)
    elif not path:
        yield from _text(value)
    elif isinstance(value, dict):
        if path[0] in value:
            yield from _at(value[path[0]], path[1:])
        elif "1" in value:
            yield from _at(value["1"], path)


def _text(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)


def _plain(document: Document) -> Document | None:
    """The document fit to store: nothing unprintable in it; None where it is too large or too deep."""
    try:
        size = len(json.dumps(document, ensure_ascii=False, allow_nan=False))
        cleaned = _cleaned(document, DEEPEST)
    except (ValueError, RecursionError, OverflowError):
        return None
    return cleaned if size <= LARGEST_DOCUMENT and isinstance(cleaned, dict) else None


def _cleaned(value: Any, depth: int) -> Any:
    if depth < 0:
        raise RecursionError
    if isinstance(value, str):
        return _clean_word(value)
    if isinstance(value, list):
        return [_cleaned(one, depth - 1) for one in value]
    if isinstance(value, dict):
        return {_clean_word(name): _cleaned(one, depth - 1) for name, one in value.items()}
    return value


def _clean_word(word: str) -> str:
    return word if word.isascii() and word.isprintable() else clean_text(word).text
