"""Which stored statements are worth comparing with new ones: those of related articles, and of them the nearest.

Two statements that clash often share no word; their articles do. So the articles that share the most telling terms with
the new one are found first, by a part of the index that is read no further than it tells something, and then all of
their statements are ranked. An article is compared with those added before it, whose reading its pairing waits for; so
the pairs are the same in whatever order workers end.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Min, Q

from factcheck.corpus.models import AnalysisRun, Article, RunMode, Statement
from factcheck.corpus.models.statement import StatementQuerySet
from factcheck.corpus.services.indexing import unpack
from factcheck.engine import Entry, SpeakerKind, rank

MOST_CANDIDATES = 30
RELATED, OWN_RELATED = 60, 3  # articles by the terms of all new statements together, and by those of each
TELLING = 200  # articles of one term that are looked at, the nearest in order of coming; more tell little
TOGETHER = 50  # new statements searched for at once
IN_ONE_QUERY = 100  # terms
EVERYWHERE = 2**62  # a place behind all articles


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where candidates may stand: `within` says it of statements; articles of a desk, up to a place in the sequence.

    `beyond` says that articles behind that place are looked at too.
    """

    desk_id: UUID
    within: Q
    place: int
    beyond: bool = False


def bounds_of(run: AnalysisRun) -> Bounds:
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
    beyond = later.exists()
    within = before | Q(article__in=later.values("revision__article")) if beyond else before
    return Bounds(article.desk_id, within, article.created_seq or 0, beyond)


def find_candidates(
    own: Sequence[Statement], bounds: Bounds, told: Callable[[float], None] = lambda _: None
) -> Iterator[tuple[UUID, UUID]]:
    """For each of these statements the candidates elsewhere, at most 30, the nearest first, as pairs of ids."""
    rows = Statement.objects.filter(pk__in=[statement.pk for statement in own])
    new = list(_entries(rows.order_by("created_seq", "pk")))
    for first in range(0, len(new), TOGETHER):
        told(first / len(new))
        together = new[first : first + TOGETHER]
        for entry, keys in zip(together, search(together, bounds), strict=True):
            yield from ((entry.key, key) for key in keys)


def search(new: Sequence[Entry[UUID]], bounds: Bounds, most: int = MOST_CANDIDATES) -> list[list[UUID]]:
    """The present statements within these bounds that are nearest to each of these, which belong together.

    A fixed number of queries; what they read grows with what is searched for, hardly with what is stored.
    """
    postings = _read_postings(new, bounds)
    articles = Article.objects.filter(desk_id=bounds.desk_id, created_seq__in=_related_places(new, postings))
    ids = list(articles.values_list("pk", flat=True))
    within = Statement.objects.present().filter(bounds.within, article__in=ids)
    known = list(_entries(within.order_by("article__created_seq", "created_seq", "pk")))
    return rank(new, known, postings.weights, most)


@dataclass(frozen=True, slots=True)
class _Postings:
    """Of each term the articles it stands in, by their places, and how telling it is."""

    places: Mapping[int, Sequence[int]]
    weights: Mapping[int, float]


def _read_postings(new: Iterable[Entry[UUID]], bounds: Bounds) -> _Postings:
    terms = sorted(_all_terms(new))
    found: dict[int, list[int]] = defaultdict(list)
    for first in range(0, len(terms), IN_ONE_QUERY):
        for term, place in _ask(terms[first : first + IN_ONE_QUERY], bounds):
            found[term].append(place)
    articles = Article.objects.filter(desk_id=bounds.desk_id)
    if not bounds.beyond:
        articles = articles.filter(created_seq__lt=bounds.place)
    of_desk = articles.aggregate(total=Count("pk"), first=Min("created_seq"), last=Max("created_seq"))
    return _Postings(found, {term: _weight(places, **of_desk) for term, places in found.items()})


def _ask(terms: Sequence[int], bounds: Bounds) -> list[tuple[int, int]]:
    """The nearest places of each term: each a short walk along the index."""
    walk = "SELECT * FROM (SELECT term, place FROM corpus_articleterm WHERE term = %s AND place {} LIMIT {}) AS walk"
    walks = [walk.format("< %s ORDER BY place DESC", TELLING)]
    if bounds.beyond:
        walks.append(walk.format("> %s ORDER BY place", TELLING))
    values = [value for term in terms for value in (term, bounds.place) * len(walks)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(walks * len(terms)), values)
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def _weight(places: Sequence[int], total: int, first: int, last: int) -> float:
    """How telling a term is: the rarer in the articles of the desk, the more.

    Of a term in more articles than were looked at, these tell how dense it stands in the rest.
    """
    number: float = len(places)
    if number >= TELLING:
        number *= max(1.0, (last - first + 1) / (max(places) - min(places) + 1))
    return max(0.0, math.log((total + 1) / (number + 0.5)))


def _related_places(new: Sequence[Entry[UUID]], postings: _Postings) -> set[int]:
    """The articles that share the most telling terms with all of the statements, and those best for each of them."""
    together = _sum_weights(_all_terms(new), postings)
    wanted = set(_most(together, RELATED))
    for entry in new:
        own = _sum_weights(entry.terms, postings)
        wanted.update(_most({place: sum_ + together[place] for place, sum_ in own.items()}, OWN_RELATED))
    return wanted


def _sum_weights(terms: Iterable[int], postings: _Postings) -> Mapping[int, float]:
    """By article, the summed weights of these terms."""
    sums: dict[int, float] = defaultdict(float)
    for term in sorted(terms):
        weight = postings.weights.get(term, 0.0)
        for place in postings.places.get(term, ()):
            sums[place] += weight
    return sums


def _most(sums: Mapping[int, float], most: int) -> list[int]:
    return nlargest(most, sums, key=lambda place: (round(sums[place], 6), place))


def _all_terms(entries: Iterable[Entry[UUID]]) -> set[int]:
    return set().union(*(entry.terms | entry.context for entry in entries))


def _entries(statements: StatementQuerySet) -> Iterator[Entry[UUID]]:
    """Statements as the index holds them; those that it lacks are left out."""
    fields = ("pk", "article__created_seq", "encoding__terms", "encoding__context", "speaker__kind")
    for pk, place, terms, context, kind in statements.filter(encoding__isnull=False).values_list(*fields):
        yield Entry(pk, place or 0, unpack(terms), unpack(context), narrated=kind == SpeakerKind.NARRATOR.value)
