"""The shapes in which reviews come, made one: bytes in, numbered ClaimReview documents out.

JSON: a ClaimReview, a list, a `@graph`, a DataFeed (whose items may be null or hold nulls), Google's answer to
`claims:search`; a line of any of them. Tables: with the heads of Duke, of Data Commons' research file, or ours.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.reviews.heads import PATHS, nested
from factcheck.intake.wording import worded

DEEPEST: Final = 20
MOST_ROWS: Final = 200_000
LONGEST_CELL: Final = 1024 * 1024
NO_REVIEWS: Final = worded(
    "No review was found here. Give ClaimReview JSON-LD, a DataFeed, JSONL, or a table with a head."
)
NO_JSON: Final = worded("This file holds what no JSON may. Export it anew.")
NO_HEAD: Final = worded(
    "The first line of this table names no column claimReviewed or claim_text. Give the columns their names."
)
TOO_MANY: Final = worded("This file has more than 200,000 reviews. Split it and import the parts.")
_CLAIM_COLUMNS: Final = ("claimReviewed", "claim_text", "itemReviewed.text")
_AROUND: Final = ("dataFeedElement", "@graph", "item", "claim_review")  # what reviews may stand in
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|")

Document = dict[str, Any]
Found = tuple[int, Document | str]  # the number in its file; the document, or why there is none


def read_documents(name: str, content: bytes) -> Iterator[Found]:
    """Every review of a file, in its order.

    Raises:
        UnfitFile: the file as a whole is nothing that holds reviews; says why.
    """
    text = decode(content).lstrip("\ufeff")
    head = text.lstrip()[:1]
    if name.lower().endswith((".jsonl", ".ndjson")):
        found = _lines(text)
    elif head and head in "{[":
        found = _json(text)
    else:
        found = _table(text)
    number = 0
    for number, (place, document) in enumerate(found, 1):
        if number > MOST_ROWS:
            raise UnfitFile(TOO_MANY)
        yield place, document
    if number == 0:
        raise UnfitFile(NO_REVIEWS)


def _json(text: str) -> Iterator[Found]:
    try:
        whole = _load(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and "\n" in text:
            yield from _lines(text)  # a document a line, whatever its name is
            return
        raise UnfitFile(_broken_at(error.lineno)) from error
    except (ValueError, RecursionError) as error:
        raise UnfitFile(NO_JSON) from error
    yield from enumerate(_reviews_in(whole), 1)


def _broken_at(line: int) -> str:
    return worded(
        "This file is no whole JSON: it breaks off or errs in line {line}. "
        "Export it anew; name it .jsonl where each line is a document.",
        line=line,
    )


def _lines(text: str) -> Iterator[Found]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from ((number, found) for found in _line(line))


def _line(line: str) -> list[Document | str]:
    try:
        return list(_reviews_in(_load(line))) or [worded("This row holds no review.")]
    except (ValueError, RecursionError):
        return [worded("This row is no JSON.")]


def _load(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _reviews_in(found: Any, depth: int = 0) -> Iterator[Document | str]:
    """The reviews of whatever JSON this is; nulls, and what is something else beside reviews, are passed over."""
    if depth > DEEPEST or found is None:
        return
    if isinstance(found, list):
        for one in found:
            yield from _reviews_in(one, depth + 1)
    elif isinstance(found, dict):
        yield from _reviews_of(found, depth)
    else:
        yield worded("This row is no object.")


def _reviews_of(found: Document, depth: int) -> Iterator[Document | str]:
    kinds = _kinds(found)
    inner = next((name for name in _AROUND if name in found), None)
    if "ClaimReview" in kinds:
        yield found
    elif inner:
        yield from _reviews_in(found[inner], depth + 1)
    elif claims := _googles(found):
        yield from _of_google(claims)
    elif any(name in found for name in _CLAIM_COLUMNS):
        yield nested(found)
    elif not kinds:
        yield worded("This row is no ClaimReview.")


def _kinds(found: Document) -> Sequence[str]:
    said = found.get("@type", ())
    kinds = said if isinstance(said, list) else [said]
    return [str(kind).rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _googles(found: Document) -> Sequence[Any]:
    """The claims of an answer of Google's, or one of them."""
    claims = found.get("claims", [found] if isinstance(found.get("claimReview"), list) else ())
    return claims if isinstance(claims, list) else ()


def _of_google(claims: Sequence[Any]) -> Iterator[Document | str]:
    for claim in claims:
        reviews = claim.get("claimReview") if isinstance(claim, dict) else None
        for review in reviews if isinstance(reviews, list) else [None]:
            yield (
                _from_google(claim, review)
                if isinstance(review, dict)
                else worded("This row is no claim with its reviews.")
            )


def _from_google(claim: Document, review: Document) -> Document:
    publisher = review.get("publisher")
    return {
        "@type": "ClaimReview",
        "claimReviewed": claim.get("text"),
        "itemReviewed": {"author": {"name": claim.get("claimant")}, "datePublished": claim.get("claimDate")},
        "author": {"name": publisher.get("name")} if isinstance(publisher, dict) else None,
        "url": review.get("url"),
        "headline": review.get("title"),
        "datePublished": review.get("reviewDate"),
        "reviewRating": {"alternateName": review.get("textualRating")},
        "inLanguage": review.get("languageCode"),
    }


def _table(text: str) -> Iterator[Found]:
    csv.field_size_limit(LONGEST_CELL)
    first = text[:LONGEST_CELL].split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise UnfitFile(NO_REVIEWS) from error
    if not any(PATHS.get(name, name) in _CLAIM_COLUMNS for name in head):
        raise UnfitFile(NO_HEAD)
    yield from _table_rows(rows, head)


def _table_rows(rows: Iterator[list[str]], head: Sequence[str]) -> Iterator[Found]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield number, worded("This row cannot be read as a row of a table.")
            continue
        if len(cells) > len(head) and any(cells[len(head) :]):
            gaps = {"cells": len(cells), "columns": len(head)}
            yield number, worded("This row has {cells} cells, and the table has {columns} columns.", **gaps)
        elif any(cell.strip() for cell in cells):
            yield number, nested(_named(head, cells))


def _named(head: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    """The cells by their names; an apostrophe that an export put before a formula is taken away again."""
    plain = [cell[1:] if cell[:1] == "'" and cell[1:].lstrip().startswith(_FORMULA) else cell for cell in cells]
    return {name: cell for name, cell in zip(head, plain, strict=False) if name and cell.strip()}
