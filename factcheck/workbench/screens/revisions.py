"""What an article's texts say otherwise than each other, and how it is watched."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from factcheck.corpus.models import Article, Revision, Watch, Watcher
from factcheck.corpus.services.revisions import RevisionDiff, compare_revisions
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may


@dataclass(frozen=True, slots=True)
class Watching:
    """Whether an article is watched, what the last look gave, and what this person may do about it."""

    watch: Watch | None
    watchers: int
    is_mine: bool
    may_watch: bool

    @property
    def is_on(self) -> bool:
        """Whether a next look is due."""
        return self.watch is not None and self.watch.next_look_at is not None


@dataclass(frozen=True, slots=True)
class RevisionsScreen:
    """What the page of an article's texts shows: one beside an earlier one, or beside its first article's."""

    article: Article
    revisions: Sequence[Revision]
    diff: RevisionDiff | None
    beside: Article | None
    side_by_side: bool
    watching: Watching


def watching_of(article: Article, person: User) -> Watching:
    """How an article is watched."""
    watchers = set(Watcher.objects.filter(article=article).values_list("person", flat=True))
    may_watch = bool(article.url) and article.archived_at is None and may(person, Action.WATCH_ARTICLE, article)
    return Watching(Watch.objects.filter(article=article).first(), len(watchers), person.pk in watchers, may_watch)


def revisions_for(article: Article, person: User, asked: QueryDict) -> RevisionsScreen:
    """Gather the page: the texts that the address names; without that, the newest beside the one before."""
    revisions = list(Revision.objects.filter(article=article).order_by("-number"))
    by_number = {str(row.number): row for row in revisions}
    new = by_number.get(asked.get("after", ""), revisions[0])
    old = by_number.get(asked.get("before", ""), by_number.get(str(new.number - 1)))
    beside = first_of(article, person) if asked.get("beside") == "first" else None
    old = beside.current if beside else old
    diff = compare_revisions(old, new) if old else None
    return RevisionsScreen(article, revisions, diff, beside, asked.get("view") == "side", watching_of(article, person))


def first_of(article: Article, person: User) -> Article | None:
    """The article that this is a copy or another version of, if this person may read it."""
    first = article.copy_of_id or article.version_of_id
    readable = Article.objects.readable_by(person).select_related("outlet")
    return readable.filter(pk=first).first() if first else None
