"""What must hold of the corpus whatever died when: each check yields a sentence per violation."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from factcheck import engine
from factcheck.corpus.models import (
    AnalysisRun,
    Anchor,
    Article,
    ConflictPair,
    Detection,
    Outlet,
    PairStatus,
    Revision,
    RunMode,
    Speaker,
    Statement,
)
from factcheck.ledger.invariants import unnumbered
from factcheck.ledger.models import Job, JobState

NUMBERED = (Outlet, Article, Speaker, Statement, AnalysisRun, ConflictPair)


def check_corpus() -> Iterator[str]:
    """Everything this room promises."""
    yield from unnumbered(*NUMBERED)
    yield from _articles_without_end()
    yield from _half_written_runs()
    yield from _misplaced_anchors()
    yield from _doubled_statements()
    yield from _wrong_pairs()


def _articles_without_end() -> Iterator[str]:
    """Lost: a revision that no run has read, and no job is about to, failed to, or was stopped from reading.

    A copy says what its first article says, and what is in a language that the engine does not read is left to people;
    what was a copy until its outlet changed it is read in its newer text.
    """
    known = (
        Job.objects.filter(kind="extract").exclude(state=JobState.DONE).values_list("parameters__revision", flat=True)
    )
    pending = {str(revision) for revision in known}
    left = Q(article__copy_of__isnull=False) | ~Q(language__in=engine.LANGUAGES)
    newer = AnalysisRun.objects.filter(
        mode=RunMode.LIVE, revision__article=OuterRef("article"), revision__number__gt=OuterRef("number")
    )
    for revision in Revision.objects.exclude(runs__mode=RunMode.LIVE).exclude(left).exclude(Exists(newer)):
        if str(revision.pk) not in pending:
            yield f"article {revision.article_id} was accepted and will never be analyzed"


def _half_written_runs() -> Iterator[str]:
    """Half-written: a live run whose pairing was never asked for, or whose detections have no statement or anchor."""
    asked = {str(run) for run in Job.objects.filter(kind="pair").values_list("parameters__run", flat=True)}
    live = AnalysisRun.objects.filter(mode=RunMode.LIVE)
    for run in live:
        if str(run.pk) not in asked:
            yield f"run {run.pk} was stored and its pairing never asked for"
    orphans = Detection.objects.filter(run__in=live, statement__isnull=True)
    yield from (f"detection {row.pk} of a live run has no statement" for row in orphans)
    touched = Detection.objects.filter(run__mode=RunMode.SHADOW, statement__isnull=False)
    yield from (f"detection {row.pk} of a shadow run became a statement" for row in touched)
    bare = Statement.objects.present().annotate(places=Count("anchors")).filter(places=0)
    yield from (f"statement {row.pk} stands nowhere" for row in bare)


def _misplaced_anchors() -> Iterator[str]:
    for anchor in Anchor.objects.select_related("revision").order_by("revision").iterator(chunk_size=500):
        if anchor.revision.text[anchor.start : anchor.end] != anchor.content:
            yield f"anchor {anchor.pk} does not stand where it says"
    newest = Anchor.objects.filter(statement__gone_at__isnull=True).exclude(content=F("statement__content"))
    for anchor in newest.select_related("revision", "statement__article"):
        if anchor.revision.number == anchor.statement.article.current.number:
            yield f"statement {anchor.statement_id} and its anchor have different words"


def _doubled_statements() -> Iterator[str]:
    """Doubled: two statements of one article at one place. A unique key refuses it; this looks all the same."""
    places = Anchor.objects.filter(statement__gone_at__isnull=True).values("revision", "start", "end")
    for place in places.annotate(many=Count("pk")).filter(many__gt=1):
        yield f"{place['many']} statements at {place['start']}-{place['end']} of revision {place['revision']}"


def _wrong_pairs() -> Iterator[str]:
    pairs = ConflictPair.objects.all()
    yield from _each(pairs.exclude(a__article__desk=F("b__article__desk")), "joins two desks")
    yield from _each(pairs.exclude(desk=F("a__article__desk")), "stands on another desk than its sides")
    gone = Q(a__gone_at__isnull=False) | Q(b__gone_at__isnull=False)
    yield from _each(
        pairs.filter(gone, status__in=(PairStatus.SUGGESTED, PairStatus.HELD)), "waits though a side is gone"
    )
    seen: dict[frozenset[object], object] = {}
    for pk, a, b in pairs.values_list("pk", "a", "b"):
        if (sides := frozenset((a, b))) in seen:
            yield f"pair {pk} repeats pair {seen[sides]}"
        seen[sides] = pk


def _each(pairs: QuerySet[ConflictPair], words: str) -> Iterator[str]:
    yield from (f"pair {pair.pk} {words}" for pair in pairs)
