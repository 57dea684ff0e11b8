"""The article reader: paragraphs in pieces, each with the statements that cover it, and a card per statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, UUIDField
from django.http import QueryDict

from factcheck.claims.models import Comment
from factcheck.corpus.models import (
    Access,
    AnalysisRun,
    Anchor,
    Article,
    ConflictPair,
    Echo,
    Revision,
    RunMode,
    Statement,
)
from factcheck.corpus.models.conflict import ConflictPairQuerySet
from factcheck.corpus.services.correcting import may_correct
from factcheck.corpus.services.groups import count_places, echoed_in
from factcheck.corpus.services.relays import chains_in, note_told_chains
from factcheck.corpus.services.surroundings import lines_left_out
from factcheck.engine import Act
from factcheck.ledger.settled import Place
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.newsroom.standing import SettledFor
from factcheck.workbench.screens.kin import Kin, kin_of
from factcheck.workbench.screens.paragraphs import Card, Clash, Paragraph, paragraphs_of
from factcheck.workbench.screens.progress import Progress, progress_of
from factcheck.workbench.screens.revisions import Watching, watching_of
from factcheck.workbench.screens.threads import Threads, threads_of
from factcheck.workbench.templatetags.desk_format import CHECKWORTHY

TINTS = 6


@dataclass(frozen=True, slots=True)
class Legend:
    """A speaker of the article, their tint, and how many statements they make."""

    key: UUID
    name: str
    tint: int
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements a reader wants to see, as the address says; nothing said is all."""

    speaker: str = ""
    act: str = ""
    conflict: bool = False
    worthy: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()

    def takes(self, statement: Statement, clashes: Sequence[Clash]) -> bool:
        """Whether a statement is one of them."""
        return (
            self.speaker in ("", str(statement.speaker_id))
            and self.act in ("", statement.act)
            and (not self.conflict or bool(clashes))
            and (not self.worthy or statement.checkworthiness >= CHECKWORTHY)
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What the newest reading did with the statements that stood before; the moved and lost ones by name."""

    kept: int
    new: int
    moved: Sequence[Statement]
    lost: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader shows."""

    article: Article
    revision: Revision
    paragraphs: Sequence[Paragraph]
    speakers: Sequence[Legend]
    acts: Sequence[str]
    wanted: Wanted
    shown: int
    statements: int
    conflicts: int
    threads: Threads
    left_out: Sequence[str]
    changes: Changes | None
    progress: Progress
    kin: Kin
    watching: Watching
    may_edit: bool
    may_restrict: bool
    may_archive: bool
    may_correct: bool
    may_comment: bool

    @property
    def others(self) -> int:
        """How many speakers share the neutral tint."""
        return sum(speaker.tint == 0 for speaker in self.speakers)


def wanted_of(query: QueryDict) -> Wanted:
    """The filter that an address asks for; what it does not know it leaves alone."""
    act = query.get("act", "")
    return Wanted(
        speaker=query.get("speaker", "")[:40],
        act=act if act in {known.value for known in Act} else "",
        conflict=query.get("conflict") == "1",
        worthy=query.get("worthy") == "1",
    )


def reader_for(article: Article, person: User, wanted: Wanted | None = None) -> Reader:
    """Gather the page of an article in a fixed number of queries."""
    revision, wanted = article.current, wanted or Wanted()
    anchors = list(
        Anchor.objects.filter(revision=revision, statement__gone_at__isnull=True)
        .select_related("statement__speaker", "statement__reported_by")
        .order_by("start", "-end")
    )
    anchors = sorted([*anchors, *echoed_in(article, person)], key=lambda row: (row.start, -row.end))
    tints, clashes = _tints(anchors), _clashes(article, person)
    _note_chains(anchors)
    shown = [row for row in anchors if wanted.takes(row.statement, clashes[row.statement_id])]
    return Reader(
        article=article,
        revision=revision,
        paragraphs=list(paragraphs_of(revision.text, shown, _cards(shown, tints, clashes, person, _comments(article)))),
        speakers=_legend(anchors, tints),
        acts=sorted({row.statement.act for row in anchors}),
        wanted=wanted,
        shown=len(shown),
        statements=len(anchors),
        conflicts=len({clash.pair.pk for found in clashes.values() for clash in found}),
        threads=threads_of(len(revision.text), anchors, tints, _pairs(clashes)),
        left_out=lines_left_out(revision),
        changes=_changes(revision),
        progress=progress_of(article, person),
        kin=kin_of(article, revision, person),
        watching=watching_of(article, person),
        may_edit=may(person, Action.EDIT_ARTICLE, article),
        may_restrict=article.access == Access.OPEN and may(person, Action.RESTRICT_ARTICLE, article),
        may_archive=may(person, Action.ARCHIVE_ARTICLE, article),
        may_correct=may_correct(person, article),
        may_comment=may(person, Action.COMMENT, article),
    )


def _note_chains(anchors: Sequence[Anchor]) -> None:
    chains = chains_in(anchors)
    for row in anchors:
        if row.statement.further_by_hand is None:
            row.statement.further = chains.get(row.statement_id, ())
    note_told_chains([row.statement for row in anchors])


def _cards(
    anchors: Sequence[Anchor],
    tints: Mapping[UUID, int],
    clashes: Mapping[UUID, Sequence[Clash]],
    person: User,
    comments: Mapping[UUID, int],
) -> dict[UUID, Card]:
    also = count_places([row.statement for row in anchors], person)
    here = {row.statement_id for row in anchors}
    return {
        row.statement_id: Card(
            row.statement,
            tints[row.statement.speaker_id],
            clashes[row.statement_id],
            " ".join(str(clash.other.pk) for clash in clashes[row.statement_id] if clash.other.pk in here),
            also.get(row.statement_id, 0),
            comments[row.statement_id],
        )
        for row in anchors
    }


def _comments(article: Article) -> Mapping[UUID, int]:
    """How many comments stand open at each statement."""
    at_them = Comment.objects.filter(statement__article=article, claim__isnull=True, pair__isnull=True)
    return Counter(
        at_them.filter(resolved_at__isnull=True, deleted_at__isnull=True).values_list("statement", flat=True)
    )


def _tints(anchors: Iterable[Anchor]) -> dict[UUID, int]:
    """The six most frequent speakers get a tint each, in order of first word; the rest share the neutral one, 0."""
    frequent = [pk for pk, _ in Counter(row.statement.speaker_id for row in anchors).most_common(TINTS)]
    tints: dict[UUID, int] = defaultdict(int)
    for row in anchors:
        speaker = row.statement.speaker_id
        if speaker in frequent and speaker not in tints:
            tints[speaker] = len(tints) + 1
    return tints


def _legend(anchors: Iterable[Anchor], tints: Mapping[UUID, int]) -> list[Legend]:
    counts = Counter((row.statement.speaker_id, row.statement.speaker.name) for row in anchors)
    return [Legend(pk, name, tints.get(pk, 0), count) for (pk, name), count in counts.most_common()]


def _clashes(article: Article, person: User) -> dict[UUID, list[Clash]]:
    """The pairs of its statements by statement; of a copy, also those of its first article."""
    found: dict[UUID, list[Clash]] = defaultdict(list)
    for pair in (_OF_COPY if article.copy_of_id else _OF_OWN).ask(person, article.pk):
        found[pair.a_id].append(Clash(pair, pair.b))
        found[pair.b_id].append(Clash(pair, pair.a))
    return found


def _make_of_own(person: User) -> ConflictPairQuerySet:
    said = Statement.objects.filter(article=_ARTICLE).values("pk")
    return _clashing(person, Q(a__in=said) | Q(b__in=said))


def _make_of_copy(person: User) -> ConflictPairQuerySet:
    said = Statement.objects.filter(article=_ARTICLE).values("pk")
    echoed = Echo.objects.filter(revision__article=_ARTICLE).values("statement")
    return _clashing(person, Q(a__in=said) | Q(b__in=said) | Q(a__in=echoed) | Q(b__in=echoed))


def _clashing(person: User, sides: Q) -> ConflictPairQuerySet:
    return ConflictPair.objects.readable_by(person).filter(sides).shown().with_sides().best_first()


_ARTICLE = Place(0, UUIDField())
_OF_OWN, _OF_COPY = SettledFor[ConflictPair](_make_of_own), SettledFor[ConflictPair](_make_of_copy)


def _pairs(clashes: Mapping[UUID, Sequence[Clash]]) -> list[ConflictPair]:
    return list({clash.pair.pk: clash.pair for found in clashes.values() for clash in found}.values())


def _changes(revision: Revision) -> Changes | None:
    """What became of earlier statements; None where nobody had read the article before."""
    runs = AnalysisRun.objects.filter(revision__article=revision.article_id, mode=RunMode.LIVE).order_by("-created_seq")
    newest = list(runs[:2])
    if len(newest) <= 1:
        return None
    outcome = newest[0].outcome
    named = Statement.objects.select_related("speaker").in_bulk([*outcome.get("moved", []), *outcome.get("gone", [])])
    by_id = {str(pk): row for pk, row in named.items()}
    moved, lost = ([by_id[pk] for pk in outcome.get(name, []) if pk in by_id] for name in ("moved", "gone"))
    return Changes(len(outcome.get("kept", [])), int(outcome.get("new", 0)), moved, lost)
