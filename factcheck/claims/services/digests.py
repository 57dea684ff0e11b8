"""A person's notices of the day by e-mail: written once a day into the outbox, for whoever wants it.

The routine comes every hour and asks for a job for each person whose morning has come; the job's key holds the day, so
however many routines and beats there are, there is one. The job writes the message and notes what it tells of in one
transaction; a second job sends it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factcheck.claims.services.notices import Told, describe_notices
from factcheck.intake.wording import worded
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.wording import quoted
from factcheck.newsroom.mail import put_mail, try_mail_again
from factcheck.newsroom.models import Notice, User

DIGESTS, DIGEST = "digests", "digest"
MORNING = 7  # o'clock, in the person's own time zone
_GONE = gettext_lazy("something that you do not read any more")
MOST_TOLD, LONGEST_TITLE, LONGEST_WORDS = 50, 140, 300


def ask_digests(hand: WorkInHand) -> None:
    """Ask for today's digest of whoever wants one and has news, once it is morning there; try failed mail again.

    A routine.
    """
    hand.progress(worded("asking for digests"), 0.0)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        try_mail_again(change)
        news = Notice.objects.for_digest(change.now).filter(person=OuterRef("pk"))
        wanting = User.objects.filter(Exists(news), wants_digest=True, is_active=True).exclude(email="")
        mornings = [(person, day) for person in wanting if (day := _morning_of(person, change.now))]
        change.enqueue_all([change.new_job(DIGEST, f"{person.pk} {day}", person) for person, day in mornings])


def write_digest(hand: WorkInHand) -> None:
    """Write a person's digest into the outbox, and note which notices it told of; nothing where there is nothing."""
    hand.progress(worded("writing a digest"), 0.0)
    person = User.objects.filter(pk=hand.job.subject_id, wants_digest=True, is_active=True).exclude(email="").first()
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        notices = _news_of(person, change.now) if person else []
        if person and notices:
            with translation.override(person.language or settings.NEWSROOM_LANGUAGE):
                told = describe_notices(notices, person)
                written = compose_digest(person, told), compose_html_digest(person, told)
                put_mail(change, person.email, _subject(told), *written)
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=change.now)


def compose_digest(person: User, told: Sequence[Told]) -> str:
    """The text of a digest."""
    lines = [_greeting(person), ""]
    for one in told:
        title = one.title or str(_GONE)
        who = f"{one.notice.by}: " if one.notice.by else ""
        lines += [f"- {who}{one.kind}: {quoted(_cut(title, LONGEST_TITLE))}"]
        lines += [f"  {quoted(_cut(one.words, LONGEST_WORDS))}"] if one.words else []
        lines += [f"  {settings.BASE_URL}{one.address}"] if one.address else []
    return "\n".join([*lines, "", _ending(), ""])


def compose_html_digest(person: User, told: Sequence[Told]) -> str:
    """The same for mail programs that show HTML: no picture, nothing that is fetched, readable in the dark too."""
    context = {"told": [_line(one) for one in told], "greeting": _greeting(person), "ending": _ending()}
    return render_to_string("claims/digest.html", context)


def _line(one: Told) -> dict[str, str]:
    return {
        "what": f"{one.notice.by} · {one.kind}" if one.notice.by else one.kind,
        "title": quoted(_cut(one.title or str(_GONE), LONGEST_TITLE)),
        "address": f"{settings.BASE_URL}{one.address}" if one.address else "",
        "words": quoted(_cut(one.words, LONGEST_WORDS)) if one.words else "",
    }


def _greeting(person: User) -> str:
    return _("Hello %(name)s,") % {"name": person.get_short_name()}


def _ending() -> str:
    stop = _("You get this once a day at most. To get it no more: %(where)s")
    return stop % {"where": f"{settings.BASE_URL}/account/"}


def _cut(words: str, most: int) -> str:
    """Words of at most so many signs, cut between two of them."""
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0] or words[:most]} …"


def _subject(told: Sequence[Told]) -> str:
    words = ngettext("Factcheck: %(count)d thing for you", "Factcheck: %(count)d things for you", len(told))
    return words % {"count": len(told)}


def _news_of(person: User, now: datetime) -> list[Notice]:
    news = Notice.objects.to(person).for_digest(now).select_related("by")
    return list(news.newest_first()[:MOST_TOLD])


def _morning_of(person: User, now: datetime) -> date | None:
    """The day whose morning has come in the person's time zone; None while it is still night there."""
    here = timezone.localtime(now, person.zone)
    return here.date() if here.hour >= MORNING else None
