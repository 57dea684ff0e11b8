"""Looking at watched articles again: who asks for it, when the next look is due, and what each gave.

A look asks for the page only if it changed. The more looks in a row found nothing new, the longer until the next: a
quarter of an hour at first, doubled each time, three days at most; a change begins anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from django.db.models import Q

from factcheck.corpus.errors import NothingToWatch, UnfitArticle
from factcheck.corpus.models import Article, Revision, Watch, Watcher, WatchResult
from factcheck.corpus.services.likeness import likeness
from factcheck.corpus.services.manners import honest, polite
from factcheck.corpus.services.retrieving import read_moment
from factcheck.corpus.services.revising import NewText, clean_new_text, reads_alike, revise
from factcheck.intake.fetching.client import Client, Fetched, FetchRefused
from factcheck.intake.fetching.errors import BadStatus
from factcheck.intake.parsing.child import parse_file
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import notify_all
from factcheck.newsroom.permissions import Action, require

WATCH, LOOK = "watch", "look"
FIRST, LONGEST = timedelta(minutes=15), timedelta(days=3)
AT_WORK = timedelta(days=14)  # how long the articles of a claim under work are watched
AT_ONCE = 200
MOST_DOUBLINGS = 12
MUCH_SHORTER = 0.2  # of the words: then it is a barrier or a notice, not the article
LOOKED: Final = 4  # behind what people wait for
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(frozen=True, slots=True)
class Look:
    """What a look gave: its result, a reason in words, the page as read, and the headers to ask with next time."""

    result: WatchResult
    reason: str = ""
    document: Document | None = None
    fetched: Fetched | None = None


def watch_article(article: Article, person: User, now: datetime) -> Watch:
    """Let a person hear when an article changes; it is looked at on a timetable from now on.

    Raises:
        NotAllowed: the person may not watch articles on this desk.
        NothingToWatch: it has no address, or is archived.
    """
    require(person, Action.WATCH_ARTICLE, article)
    if not article.url or article.archived_at:
        raise NothingToWatch
    with record_change(actor=person, now=now) as change:
        Watcher.objects.bulk_create([Watcher(article=article, person=person, since=now)], ignore_conflicts=True)
        watch = _begun(article, now)
        change.touch(article)
        change.audit("watch_article", article, desk_id=article.desk_id)
    return watch


def unwatch_article(article: Article, person: User, now: datetime) -> None:
    """Let a person hear of an article no more; twice is once.

    Raises:
        NotAllowed: the person may not watch articles on this desk.
    """
    require(person, Action.WATCH_ARTICLE, article)
    with record_change(actor=person, now=now) as change:
        if Watcher.objects.of(article.pk, person).delete()[0]:
            change.touch(article)
            change.audit("unwatch_article", article, desk_id=article.desk_id)


def keep_watching(change: Change, articles: Iterable[Article]) -> None:
    """Watch these for some days, as part of a change: a claim that appears in them is under work."""
    until = change.now + AT_WORK
    for article in articles:
        if article.url and not article.archived_at:
            watch = _begun(article, change.now)
            Watch.objects.filter(Q(until__lt=until) | Q(until__isnull=True), pk=watch.pk).update(until=until)


def look_now(article: Article, person: User, now: datetime) -> None:
    """Ask for a look at once.

    Raises:
        NotAllowed, NothingToWatch: as in `watch_article`.
    """
    require(person, Action.WATCH_ARTICLE, article)
    if not article.url or article.archived_at:
        raise NothingToWatch
    with record_change(actor=person, now=now) as change:
        _begun(article, now)
        _enqueue(change, article, now)
        change.audit("look_now", article, desk_id=article.desk_id)


def begin_looks(hand: WorkInHand) -> None:
    """Queue the looks that are due; a routine. What nobody watches any more rests."""
    now = hand.now()
    due = list(Watch.objects.due(now).select_related("article")[:AT_ONCE])
    wanted = Watch.objects.wanted(now).filter(pk__in=[row.pk for row in due]).select_related("article")
    with record_change(actor=None, now=now) as change:
        finish_job(change, hand.lease)
        looks = list(wanted)
        Watch.objects.filter(pk__in=[row.pk for row in due]).update(next_look_at=None)
        for watch in looks:
            # Should the look itself be lost, the next one comes all the same.
            Watch.objects.filter(pk=watch.pk).update(next_look_at=now + _pause(watch.quiet + 1))
            _enqueue(change, watch.article, watch.next_look_at or now)


def look_again(hand: WorkInHand, client: Client | None = None) -> None:
    """Fetch a watched article anew, if it changed; a changed text becomes its next revision.

    Raises:
        TooEarly: others fetch from its site.
        JobCancelled, LeaseLost: the work shall stop.
    """
    watch = Watch.objects.select_related("article").get(pk=hand.job.subject_id)
    hand.progress("looking for changes", 0.2)
    look = _look(watch, client or Client())
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        result, reason = _take_in(change, watch.article, look)
        if result in (WatchResult.AWAY, WatchResult.SHRUNK) and result != watch.result:
            _tell(change, watch.article)
            change.audit("miss_article", watch.article, desk_id=watch.article.desk_id, result=result.value)
        quiet = 0 if result == WatchResult.CHANGED else min(watch.quiet + 1, MOST_DOUBLINGS)
        # What a barrier or a notice says of itself is not shown again: "unchanged" would then speak of that.
        fetched = look.fetched if result in (WatchResult.CHANGED, WatchResult.SAME) else None
        headers = {"etag": fetched.etag, "last_modified": fetched.modified} if fetched else {}
        Watch.objects.filter(pk=watch.pk).update(
            result=result,
            reason=reason[:300],
            quiet=quiet,
            looked_at=change.now,
            next_look_at=change.now + _pause(quiet),
            **headers,
        )


def _begun(article: Article, now: datetime) -> Watch:
    Watch.objects.bulk_create([Watch(article=article, next_look_at=now + FIRST)], ignore_conflicts=True)
    watch = Watch.objects.get(article=article)
    if watch.next_look_at is None:
        Watch.objects.filter(pk=watch.pk).update(next_look_at=now + FIRST, quiet=0)
    return watch


def _pause(quiet: int) -> timedelta:
    return min(FIRST * (1 << quiet), LONGEST)


def _enqueue(change: Change, article: Article, at: datetime) -> None:
    key = f"{article.pk}:{at.isoformat()}"
    said = {"desk_id": article.desk_id, "priority": LOOKED}
    change.enqueue_all([change.new_job(LOOK, key, article, **said)])


def _look(watch: Watch, client: Client) -> Look:
    asked = {"If-None-Match": watch.etag, "If-Modified-Since": watch.last_modified}
    try:
        shown = {name: value for name, value in asked.items() if value}
        fetched = polite(client).fetch(watch.article.url or "", honest() | shown)
        if fetched.is_unchanged:
            return Look(WatchResult.SAME)
        documents = parse_file("", fetched.body, fetched.kind, fetched.charset, fetched.url)
    except BadStatus as reason:
        return Look(WatchResult.AWAY if reason.status in GONE else WatchResult.FAILED, str(reason))
    except (FetchRefused, UnfitFile) as reason:
        return Look(WatchResult.FAILED, str(reason))
    return Look(WatchResult.CHANGED, document=documents[0], fetched=fetched)


def _take_in(change: Change, article: Article, look: Look) -> tuple[WatchResult, str]:
    """What a look comes to, after its text is compared with the article's."""
    if look.document is None:
        return look.result, look.reason
    document, current = look.document, article.current
    words, before = len(document.text.split()), len(current.text.split())
    if words < MUCH_SHORTER * before:
        return WatchResult.SHRUNK, worded(
            "The page has {now} words where it had {before}. Look at it yourself.", now=words, before=before
        )
    try:
        clean = clean_new_text(document.text)
    except UnfitArticle as reason:
        return WatchResult.FAILED, str(reason)
    if reads_alike(current.text, clean.text) or _is_pasted_from(article, current, clean.text):
        return WatchResult.SAME, ""
    new = NewText(
        text=clean.text,
        byline=document.byline,
        language=document.language,
        modified_at=read_moment(document.modified),
        left_out=document.left_out,
        priority=LOOKED,
    )
    return (WatchResult.CHANGED if revise(change, article, clean, new) else WatchResult.SAME), ""


def _is_pasted_from(article: Article, current: Revision, text: str) -> bool:
    """Whether what somebody pasted is this page, which has other lines around it than they took."""
    if current.number > 1 or article.retrievals.exists():
        return False
    found = likeness(current.text, text)
    return found is not None and found.is_copy and not found.added


def _tell(change: Change, article: Article) -> None:
    people = Watcher.objects.filter(article=article).values_list("person", flat=True)
    notify_all(change, people, NoticeKind.AWAY, article, desk_id=article.desk_id)
