"""What one revision says otherwise than the one before: for readers, and for the lead who publishes it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from factcheck.ledger.wording import quoted
from factcheck.publishing.review import Answer, Place, Review, Source

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 20_000  # signs of a text that are compared word by word


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    role: str  # "same", "new" or "old"
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the review that reads otherwise."""

    part: str
    pieces: Sequence[Piece]


def differences(before: Review, after: Review) -> list[Difference]:
    """The parts that differ, in the order of the page."""
    old, new = dict(_parts(before)), dict(_parts(after))
    return [Difference(part, _compare(old[part], new[part])) for part in new if old[part] != new[part]]


def _parts(review: Review) -> Iterator[tuple[str, str]]:
    yield _("Claim"), review.claim
    yield _("Rating"), review.rating.label
    yield _("In one sentence"), review.summary
    yield _("Reasoning"), review.reasoning
    yield _("Evidence"), "\n".join(_source(source) for source in review.evidence)
    yield _("Right of reply"), "\n".join(_answer(answer) for answer in review.replies)
    yield _("Where the claim was made"), "\n".join(_place(place) for place in review.appearances)
    yield _("Who says otherwise"), "\n".join(_place(place) for place in review.denials)


def _source(source: Source) -> str:
    said = [source.title, source.bearing, source.url, source.archived_url, source.excerpt]
    return " · ".join(part for part in said if part)


def _answer(answer: Answer) -> str:
    return f"{answer.who}: {quoted(answer.words) if answer.words else answer.outcome}"


def _place(place: Place) -> str:
    voice = "" if place.voice.is_narrator else f"{place.voice.introduced}: "
    return f"{voice}{quoted(place.words)} ({place.outlet or place.title})"


def _compare(old: str, new: str) -> list[Piece]:
    if max(len(old), len(new)) > LONGEST:
        return [Piece("old", old), Piece("new", new)]
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(before[a:b])))
            continue
        found += [Piece("old", "".join(before[a:b]))] if b > a else []
        found += [Piece("new", "".join(after[c:d]))] if d > c else []
    return found
