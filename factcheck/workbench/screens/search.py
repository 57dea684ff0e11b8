"""Search across the desk: articles, statements and claims that have all the words, of what this person may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from factcheck.claims.models import Claim
from factcheck.corpus.models import Article, Statement
from factcheck.corpus.models.statement import StatementQuerySet
from factcheck.corpus.services.finding import MOST_WORDS, articles_with, matching
from factcheck.newsroom.models import User

SHOWN, LONGEST = 12, 200


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
    articles = articles_with(Article.objects.readable_by(person).current(), query)
    statements = matching(Statement.objects.readable_by(person).present(), query, is_typing=True)
    claims = _saying(Claim.objects.readable_by(person), words)
    return SearchScreen(
        query,
        list(articles.select_related("outlet").order_by("-added_at")[:SHOWN]),
        _newest(statements),
        list(claims.order_by("-opened_at")[:SHOWN]),
    )


def _newest(statements: StatementQuerySet) -> list[Statement]:
    """The first dozen: chosen among thousands first, then read with their people and articles."""
    chosen = statements.order_by("-created_seq").values("pk")[:SHOWN]
    return list(Statement.objects.filter(pk__in=chosen).with_people().order_by("-created_seq"))


def _saying(claims: "QuerySet[Claim]", words: Sequence[str]) -> "QuerySet[Claim]":
    """Those that have each word in their sentence."""
    if not words:
        return claims.none()
    for word in words:
        claims = claims.filter(text__icontains=word)
    return claims
