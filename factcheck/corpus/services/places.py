"""Where people say that a statement stands: offsets or words, checked against the stored text."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.corpus.errors import UnfitSpan, WordsNotFound
from factcheck.corpus.models import Anchor, Revision
from factcheck.engine import Span
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.wording import grouped

SHOWN = 60
FARTHEST_CUE = 600  # characters: in the statement's paragraph, or the one beside it


@dataclass(frozen=True, slots=True)
class Place:
    """What a person marked: offsets in code points, `[start, end)`, of a revision; or the very words, typed.

    Words are looked for in the text; with a start given, the ones nearest to it are meant.
    """

    revision: int
    start: int | None = None
    end: int | None = None
    words: str = ""


def span_of(place: Place, revision: Revision, *, was: Anchor | None = None) -> Span:
    """The place as a span of the revision, without the spaces at its edges.

    Raises:
        StaleVersion: the article has changed since the person saw it.
        UnfitSpan: it lies outside the text, runs over paragraphs, or holds no word.
        WordsNotFound: the words typed do not stand in the text, or more than once.
    """
    if place.revision != revision.number:
        raise StaleVersion(_("The article changed since you loaded it. Load the page again and mark the words there."))
    if place.start is None or place.end is None:
        return _found(place.words, revision.text, place.start)
    return _checked(place.start, place.end, revision.text, was)


def cue_near(words: str, text: str, content: Span) -> Span | None:
    """The words of saying that a person typed, where they stand nearest to a statement and not in it; None for none.

    Raises:
        WordsNotFound: they do not stand beside the statement.
    """
    wanted = words.strip()
    if not wanted:
        return None
    found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    first, last = max(0, content.start - FARTHEST_CUE), min(len(text), content.end + FARTHEST_CUE)
    spans = [Span(*match.span()) for match in found.finditer(text, first, last)]
    near = [span for span in spans if _between(span, content, text).count("\n\n") <= 1]
    if not near:
        raise WordsNotFound(
            _("“%(shown)s” does not stand beside the statement. Give the verb of saying as the text has it.")
            % {"shown": _shortened(wanted)}
        )
    return min(near, key=lambda span: (span.overlaps(content), _distance(span, content)))


def _between(one: Span, other: Span, text: str) -> str:
    return text[min(one.end, other.end) : max(one.start, other.start)]


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _shortened(words: str) -> str:
    return words[:SHOWN] + ("…" if len(words) > SHOWN else "")


def _found(words: str, text: str, near: int | None) -> Span:
    wanted = words.strip()
    if not wanted:
        raise UnfitSpan(_("No words are marked. Select some in the text, or type them as they stand there."))
    starts = _places_of(wanted, text)
    if not starts:
        raise WordsNotFound(
            _("“%(shown)s” does not stand in the text. Copy the words from it, with their marks.")
            % {"shown": _shortened(wanted)}
        )
    if near is None and len(starts) > 1:
        raise WordsNotFound(
            _("These words stand %(count)s times in the text. Add the words beside them.") % {"count": len(starts)}
        )
    start = starts[0] if near is None else min(starts, key=lambda one: abs(one - near))
    return _checked(start, start + len(wanted), text, None)


def _places_of(words: str, text: str) -> list[int]:
    starts, start = [], text.find(words)
    while start != -1:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts


def _checked(start: int, end: int, text: str, was: Anchor | None) -> Span:
    if not 0 <= start < end <= len(text):
        raise UnfitSpan(
            _("%(start)s to %(end)s lies outside the text, which has %(count)s characters. Select words in the text.")
            % {"start": grouped(start), "end": grouped(end), "count": grouped(len(text))}
        )
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end or not any(character.isalnum() for character in words):
        raise UnfitSpan(_("Nothing but spaces or marks is selected. Select the words of the statement."))
    if "\n" in text[start:end] and not (was and "\n" in was.content):
        raise UnfitSpan(_("A statement stands in one paragraph. Select words of one, and mark the rest by itself."))
    return Span(start, end)
