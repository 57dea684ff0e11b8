"""Finding what is published by its words: the same way as everything else (`ledger/fulltext.py`)."""

from factcheck.ledger.fulltext import FullText
from factcheck.publishing.models import PublicationQuerySet

WORDS = FullText("publishing_publishedwords", "publication_id", "publishing_words_index")


def matching(publications: PublicationQuerySet, query: str) -> PublicationQuerySet:
    """Those of these publications in which all words of the query stand; none where it has no words."""
    return WORDS.matching(publications, query)
