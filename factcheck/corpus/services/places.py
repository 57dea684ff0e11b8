"""Where people say that a statement stands: offsets or words, checked against the stored text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.corpus.errors import UnfitSpan, WordsNotFound
from factcheck.corpus.models import Anchor, Revision
from factcheck.engine import Span
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.wording import grouped

SHOWN = 60


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


def _found(words: str, text: str, near: int | None) -> Span:
    wanted = words.strip()
    if not wanted:
        raise UnfitSpan(_("No words are marked. Select some in the text, or type them as they stand there."))
    starts = _places_of(wanted, text)
    if not starts:
        shown = wanted[:SHOWN] + ("…" if len(wanted) > SHOWN else "")
        raise WordsNotFound(
            _("“%(shown)s” does not stand in the text. Copy the words from it, with their marks.") % {"shown": shown}
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
