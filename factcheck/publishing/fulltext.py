"""Finding what is published by its words: the same way as everything else (`ledger/fulltext.py`)."""

from factcheck.ledger.fulltext import FullText
from factcheck.publishing.models import PublicationQuerySet

WORDS = FullText("publishing_publishedwords", "id", "publishing_words_index", by="place")


def matching(publications: PublicationQuerySet, query: str, *, newest: int = 0) -> PublicationQuerySet:
    """Those of these publications in which all words of the query stand; none where it has no words.

    `newest`: of all that is found, so many that were published last; a withdrawn one has no words.
    """
    return WORDS.matching(publications, query, newest=newest)


def newest_places(query: str, most: int, before: int) -> list[int]:
    """The places before a place, highest first, of what is published and has all words of the query; so many."""
    return WORDS.newest(query, most, before)
