"""Which stored statements are worth comparing with a new one: those that share enough of its terms.

The index is rows in the database, written in the transaction that stores the statement. A statement is compared only
with those numbered before its own run, so each pair is looked at once, by the later side, in whatever order
workers end.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Count

from factcheck import engine
from factcheck.corpus.models import AnalysisRun, Statement, StatementTerm

MOST_CANDIDATES = 30
SHARED_TERMS = 2
LONGEST_TERM = 60


def index_statements(rows: Sequence[Statement], values: Sequence[engine.Statement]) -> None:
    """Write the terms of these statements, given as rows and as the engine's values in the same order."""
    terms = [
        StatementTerm(statement=row, term=term[:LONGEST_TERM])
        for row, encoding in zip(rows, engine.encode(values), strict=True)
        for term in sorted(encoding.terms)
    ]
    StatementTerm.objects.filter(statement__in=rows).delete()
    StatementTerm.objects.bulk_create(terms, batch_size=400, ignore_conflicts=True)


def find_candidates(statement: Statement, run: AnalysisRun) -> Iterator[Statement]:
    """Statements of other articles of the desk, present and numbered before the run, that share the most terms."""
    terms = StatementTerm.objects.filter(statement=statement).values("term")
    others = Statement.objects.present().filter(article__desk_id=statement.article.desk_id)
    earlier = others.filter(created_seq__lt=run.created_seq).exclude(article_id=statement.article_id)
    near = earlier.filter(terms__term__in=terms).annotate(shared=Count("terms")).filter(shared__gte=SHARED_TERMS)
    yield from near.order_by("-shared", "-created_seq")[:MOST_CANDIDATES]
