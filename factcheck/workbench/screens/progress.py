"""How far an article's analysis is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.corpus.models import Article
from factcheck.corpus.services.rematching import REMATCH
from factcheck.ledger.models import Job, JobState
from factcheck.ledger.wording import say
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Subject, may

WORDS = {
    "extract": gettext_lazy("finding statements"),
    "pair": gettext_lazy("comparing"),
    "shadow": gettext_lazy("trying an engine"),
    "rescore": gettext_lazy("scoring anew"),
    "calibrate": gettext_lazy("learning from decisions"),
    "compare": gettext_lazy("looking elsewhere"),
    "fetch": gettext_lazy("fetching an article"),
    "look": gettext_lazy("looking whether it changed"),
    "flag_changes": gettext_lazy("flagging what hangs on a change"),
    REMATCH: gettext_lazy("comparing what was corrected"),
    "look_at_feed": gettext_lazy("looking at a feed"),
    "poll_feed": gettext_lazy("polling a feed"),
    "take_item": gettext_lazy("taking in from a feed"),
    "bulk": gettext_lazy("changing many at once"),
    "check_import": gettext_lazy("checking a file of reviews"),
    "import_reviews": gettext_lazy("importing reviews"),
    "take_back_import": gettext_lazy("taking an import back"),
    "export": gettext_lazy("writing an export"),
}
# Reading takes about as long as comparing: each job is half of the bar.
LEAST_SHARE, MINUTE = 0.1, 60.0
PART = {"extract": (0.0, 0.5), "pair": (0.5, 0.5)}


@dataclass(frozen=True, slots=True)
class Progress:
    """The newest job of an article, as one bar over the whole analysis."""

    job: Job | None
    share: float
    words: str
    may_cancel: bool
    may_retry: bool
    left: str = ""

    @property
    def is_open(self) -> bool:
        """Whether work is queued or running."""
        return self.job is not None and self.job.is_open

    @property
    def has_stopped(self) -> bool:
        """Whether the work ended without its result."""
        return self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def is_done(self) -> bool:
        """Whether the work ended with its result."""
        return self.job is not None and self.job.state == JobState.DONE

    @property
    def percent(self) -> int:
        """The share for people."""
        return round(100 * self.share)


def progress_of(article: Article, person: User, now: datetime | None = None) -> Progress:
    """Where the newest job of an article stands; comparing anew after a correction is no reading, and goes unseen."""
    unseen = {"kind": REMATCH, "state__in": (JobState.QUEUED, JobState.RUNNING)}
    return describe(Job.objects.about("article", article.pk).exclude(**unseen).first(), article, person, now)


def describe(job: Job | None, subject: Subject, person: User, now: datetime | None = None) -> Progress:
    """A job in words, with what this person may do about it; how long it still takes, where `now` is given."""
    if job is None:
        return Progress(None, 1.0, "", may_cancel=False, may_retry=False)
    start, length = PART.get(job.kind, (0.0, 1.0))
    return Progress(
        job,
        start + length * job.share,
        _words(job),
        may_cancel=job.is_open and not job.cancel_requested and may(person, Action.CANCEL_JOB, subject),
        may_retry=not job.is_open and job.state != JobState.DONE and may(person, Action.RETRY_JOB, subject),
        left=_left(job, now) if now else "",
    )


def _left(job: Job, now: datetime) -> str:
    """How long it still takes at this pace, in words; nothing where that would be a guess."""
    if job.state != JobState.RUNNING or job.started_at is None or job.share < LEAST_SHARE or job.cancel_requested:
        return ""
    whole = (now - job.started_at).total_seconds() / job.share
    follows = whole if job.kind == "extract" else 0.0  # comparing takes about as long
    seconds = max(whole * (1 - job.share) + follows, 1.0)
    if seconds < MINUTE:
        return _("about %(seconds)d s left") % {"seconds": round(seconds)}
    return _("about %(minutes)d min left") % {"minutes": round(seconds / MINUTE)}


def _words(job: Job) -> str:
    if job.cancel_requested and job.is_open:
        return _("stopping")
    if job.state == JobState.QUEUED:
        return _("waiting to be tried again") if job.attempts else _("waiting for a worker")
    if job.state == JobState.CANCELLED:
        return _("cancelled")
    return say(job.reason if job.state == JobState.FAILED else job.step) or str(WORDS.get(job.kind, job.kind))
