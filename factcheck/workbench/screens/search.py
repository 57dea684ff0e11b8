"""Search across the desk: articles, statements and claims that have all the words, of what this person may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from factcheck.claims.models import Claim
from factcheck.corpus.models import Article, Statement
from factcheck.corpus.services.finding import matching
from factcheck.corpus.services.unread import unread_with
from factcheck.newsroom.models import User

SHOWN, MOST_WORDS, LONGEST = 12, 8, 200


@dataclass(frozen=True, slots=True)
class SearchScreen:
    """What was found, the first dozen of each sort."""

    query: str
    articles: Sequence[Article]
    statements: Sequence[Statement]
    claims: Sequence[Claim]

    @property
    def more(self) -> frozenset[str]:
        """The sorts of which there may be more than is shown."""
        found = {"articles": self.articles, "statements": self.statements, "claims": self.claims}
        return frozenset(sort for sort, rows in found.items() if len(rows) == SHOWN)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.articles or self.statements or self.claims)


def search_for(person: User, query: str) -> SearchScreen:
    """Find by words, in three queries; none for an empty search."""
    query = " ".join(query.split())[:LONGEST]
    words = query.split(" ")[:MOST_WORDS] if query else []
    articles = _having(Article.objects.readable_by(person).current(), words, "title", "outlet__name")
    articles = articles | unread_with(Article.objects.readable_by(person).current(), query)
    statements = matching(Statement.objects.readable_by(person).present(), query, is_typing=True)
    claims = _having(Claim.objects.readable_by(person), words, "text")
    return SearchScreen(
        query,
        list(articles.select_related("outlet").order_by("-added_at")[:SHOWN]),
        list(statements.with_people().order_by("-created_seq")[:SHOWN]),
        list(claims.order_by("-opened_at")[:SHOWN]),
    )


def _having(rows: Any, words: Sequence[str], *columns: str) -> Any:
    """Those that have each word in one of the columns."""
    if not words:
        return rows.none()
    for word in words:
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(anywhere)
    return rows
