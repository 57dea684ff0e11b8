"""The page of one statement, and of one to add: its words in their paragraph, and the forms to correct it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from factcheck.corpus.models import Anchor, Article, Revision, Statement
from factcheck.corpus.services.correcting import may_correct
from factcheck.corpus.services.groups import Place, places_of
from factcheck.corpus.services.relays import note_chains
from factcheck.newsroom.models import User
from factcheck.workbench.screens.sides import Side, side_of
from factcheck.workbench.screens.talk import Talk, talk_of

NEIGHBORS = 4
PLACES_TO_SPLIT = 200
SHOWN = 48


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what is sent, and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class StatementScreen:
    """What the page shows; `statement` and `side` are None where one is to be added."""

    article: Article
    revision: Revision
    names: Sequence[str]
    statement: Statement | None = None
    side: Side | None = None
    splits: Sequence[Choice] = ()
    partners: Sequence[Choice] = ()
    may_correct: bool = True
    places: Sequence[Place] = ()
    talk: Talk | None = None


def adding_to(article: Article) -> StatementScreen:
    """The page to add a statement."""
    return StatementScreen(article, article.current, _names(article))


def statement_for(statement: Statement, person: User, now: datetime) -> StatementScreen:
    """The page of a statement, in a fixed number of queries."""
    article, revision = statement.article, statement.article.current
    anchors = Anchor.objects.filter(revision=revision, statement__gone_at__isnull=True).order_by("start", "end")
    there = list(anchors.select_related("statement__speaker"))
    note_chains([statement])
    own = next((row for row in there if row.statement_id == statement.pk), None)
    return StatementScreen(
        article,
        revision,
        _names(article),
        statement,
        side_of(statement, [], 1),
        _splits(own) if own else (),
        _partners(there, own) if own else (),
        may_correct(person, article),
        places_of(statement, person),
        talk_of(statement, [statement], person, now),
    )


def _names(article: Article) -> list[str]:
    """Whom the article quotes, to choose from; any other name can be typed."""
    speakers = Statement.objects.present().filter(article=article)
    return sorted(set(speakers.values_list("speaker__name", flat=True)))


def _splits(anchor: Anchor) -> list[Choice]:
    """Where the second of two could begin: at each word but the first."""
    words = islice(re.finditer(r"\S+", anchor.content), 1, PLACES_TO_SPLIT)
    return [Choice(str(anchor.start + word.start()), _short(anchor.content[word.start() :])) for word in words]


def _partners(anchors: Sequence[Anchor], own: Anchor) -> list[Choice]:
    """The statements that stand nearest, to be made one with this."""
    others = [row for row in anchors if row.pk != own.pk]
    near = sorted(others, key=lambda row: max(row.start - own.end, own.start - row.end))[:NEIGHBORS]
    return [
        Choice(f"{row.statement_id}:{row.statement.version}", f"{row.statement.speaker}: {_short(row.content)}")
        for row in near
    ]


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[:SHOWN].rstrip() + "…"
