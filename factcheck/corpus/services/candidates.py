"""Which stored statements are worth comparing with a new one: those that share enough of its terms.

The index is rows in the database, written in the transaction that stores the statement. An article is compared with
those added before it, whose reading its pairing waits for; so the pairs are the same in whatever order workers end.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Count, F, Q

from factcheck import engine
from factcheck.corpus.models import AnalysisRun, RunMode, Statement, StatementTerm

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


def find_candidates(statement: Statement, within: Q) -> Iterator[Statement]:
    """The present statements within these bounds that share the most terms, the latest added first."""
    terms = StatementTerm.objects.filter(statement=statement).values("term")
    others = Statement.objects.present().filter(within, terms__term__in=terms)
    near = others.annotate(shared=Count("terms")).filter(shared__gte=SHARED_TERMS)
    yield from near.order_by("-shared", "-article__created_seq", "-created_seq")[:MOST_CANDIDATES]


def bounds_of(run: AnalysisRun) -> Q:
    """Which statements a run's are compared with: each two articles once, by the later added.

    A run's number moves on when its pairing begins. An earlier article that is read after that (it was read again, or
    its reading was not waited for) finds the run already begun and does the comparing itself.
    """
    article = run.revision.article
    before = Q(article__created_seq__lt=article.created_seq, created_seq__lt=run.seq)
    begun = AnalysisRun.objects.filter(mode=RunMode.LIVE, seq__gt=F("created_seq"), seq__lt=run.created_seq)
    later = begun.filter(
        revision__article__desk_id=article.desk_id, revision__article__created_seq__gt=article.created_seq
    )
    bounds = before | Q(article__in=later.values("revision__article")) if later.exists() else before
    return bounds & Q(article__desk_id=article.desk_id)
