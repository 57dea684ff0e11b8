"""A shadow run's report as people read it: article by article, each statement that would move, go or come, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from factcheck.corpus.models import Article, ArticleComparison, Detection, ShadowReport, Statement
from factcheck.corpus.services.work import Work
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One statement that would be moved, gone or new: its words now, and its words then where they differ."""

    what: str
    said_by: str
    words: str
    then: str = ""
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class ComparedArticle:
    """An article's counts; the article and its lines where the person may read it."""

    comparison: ArticleComparison
    article: Article | None
    lines: Sequence[Line]


def comparisons_of(report: ShadowReport) -> QuerySet[ArticleComparison]:
    """A report's articles: first those with editors' work on what moves or goes, then those that lose most."""
    order = ("-with_work", "-gone", "-moved", "-new", "run__revision__article__created_seq")
    return report.comparisons.select_related("run__revision__article__outlet").order_by(*order)


def describe(comparisons: Sequence[ArticleComparison], person: User) -> list[ComparedArticle]:
    """Articles of a report in words; of one that the person may not read, the counts alone. A few queries in all."""
    articles = {row.pk: row.run.revision.article for row in comparisons}
    theirs = Article.objects.readable_by(person).filter(pk__in=[article.pk for article in articles.values()])
    readable = set(theirs.values_list("pk", flat=True))
    words = _Words([row for row in comparisons if articles[row.pk].pk in readable])
    shown = (articles[row.pk] if articles[row.pk].pk in readable else None for row in comparisons)
    return [
        ComparedArticle(row, article, list(words.lines(row)) if article else ())
        for row, article in zip(comparisons, shown, strict=True)
    ]


class _Words:
    """The words of what some comparisons list, fetched together."""

    def __init__(self, comparisons: Sequence[ArticleComparison]) -> None:
        listed = [entry for row in comparisons for entry in (*row.statements["moved"], *row.statements["gone"])]
        rows = Statement.objects.with_people().filter(pk__in=[entry["statement"] for entry in listed])
        detections = Detection.objects.filter(run__in=[row.run_id for row in comparisons])
        self._statements = {str(row.pk): row for row in rows}
        self._seen: Mapping[tuple[object, ...], Any] = {
            (row.run_id, row.start, row.end): row.found for row in detections
        }

    def lines(self, row: ArticleComparison) -> Iterator[Line]:
        """What would be gone, moved and new in one article, in this order."""
        text = row.run.revision.text
        for entry in row.statements["gone"]:
            yield self._known("gone", entry, text)
        for entry in row.statements["moved"]:
            yield self._known("moved", entry, text, _at(entry["to"], text))
        for place in row.statements["new"]:
            found = self._seen[(row.run_id, *place)]
            yield Line("new", found["speaker"]["name"], _at(place, text))

    def _known(self, what: str, entry: Mapping[str, Any], text: str, then: str = "") -> Line:
        """A statement as it stood, whatever a live run has made of it since: texts are frozen."""
        statement = self._statements[entry["statement"]]
        work = Work(entry["claims"], entry["decisions"], entry["pairs"])
        stood = _at(entry["from"], text) if entry["from"] else statement.display
        return Line(what, statement.said_by, stood, then, work if work != Work() else None)


def _at(place: Sequence[int], text: str) -> str:
    return text[slice(*place)]
