"""Notices by e-mail: once a day, once each, to whoever wants them."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from factcheck.claims.services.digests import DIGEST
from factcheck.corpus.models import Article
from factcheck.corpus.services.articles import restrict_article
from factcheck.jobs.runner import run_job
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import Job, JobState, OutboxMessage
from factcheck.newsroom.mail import MAIL
from factcheck.newsroom.models import Notice, NoticeKind, User
from factcheck.newsroom.notices import choose_digest, notify, read_all_notices
from tests.factories import make_article, make_bridge_pair, make_claim, make_comment
from tests.people import People

YESTERDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
KINDS = ("digests", DIGEST, MAIL)


@pytest.fixture
def article(people: People) -> Article:
    """An article of which Ben is told; he wants a digest."""
    choose_digest(people.ben, "ben@example.org", YESTERDAY, wants=True)
    article = make_article(people.desk, people.ada)
    tell(article, people.ben, people.ada)
    return article


def tell(article: Article, person: User, by: User, now: datetime = YESTERDAY) -> None:
    with record_change(actor=by, now=now) as change:
        notify(change, person, NoticeKind.MENTION, article, desk_id=article.desk_id)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let workers live at another time."""

    def turn(now: datetime) -> None:
        monkeypatch.setattr("factcheck.jobs.runner.timezone.now", lambda: now)

    return turn


def work(now: datetime, clock: Any) -> None:
    """The routine, and all that follows from it, at this time."""
    clock(now)
    queue_routine("write digests", now)
    while job := Job.objects.filter(kind__in=KINDS).ready(now).first():
        run_job(job.pk)


def morning(day: int, hour: int = 7, minute: int = 5) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_digest_comes_in_the_morning_and_says_what_is_new(people: People, article: Article, clock: Any) -> None:
    work(morning(3, hour=6), clock)
    assert mail.outbox == []

    work(morning(3), clock)

    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ben@example.org"], "Factcheck: 1 thing for you")
    assert f"Ada: mentioned you: “{article.title}”" in message.body
    assert f"http://127.0.0.1:8000{article.get_absolute_url()}" in message.body
    assert message.extra_headers["Message-ID"] == f"<{OutboxMessage.objects.get().pk}@factcheck>"


def test_a_digest_says_what_a_comment_says_as_text_and_as_html(people: People, article: Article, clock: Any) -> None:
    pair = make_bridge_pair(people.desk, people.ada, "Monday")
    body = "@ben <b>Which</b> log?\n" + "And whose? " * 27
    comment = make_comment(make_claim(pair, people.lea), people.lea, body, now=YESTERDAY)

    work(morning(3), clock)

    message = mail.outbox[-1]
    assert isinstance(message, mail.EmailMultiAlternatives)
    (page,) = [str(said) for said, kind in message.alternatives if kind == "text/html"]
    assert "“@ben <b>Which</b> log? And whose?" in message.body
    assert "“@ben &lt;b&gt;Which&lt;/b&gt; log? And whose?" in page
    assert " And whose? …”" in message.body
    assert f'href="http://127.0.0.1:8000{comment.get_absolute_url()}"' in page


def test_whatever_is_run_again_a_digest_comes_once(people: People, article: Article, clock: Any) -> None:
    for minute in (5, 15, 25):
        work(morning(3, minute=minute), clock)
    work(morning(3, hour=8), clock)
    tell(article, people.ben, people.ada, morning(3, hour=9))
    work(morning(3, hour=10), clock)
    assert len(mail.outbox) == 1  # once a day

    work(morning(4), clock)

    assert len(mail.outbox) == 2
    assert "1 thing" in mail.outbox[1].subject  # what the first one told of is not told again


def test_who_has_read_everything_or_wants_none_gets_none(people: People, article: Article, clock: Any) -> None:
    tell(article, people.lea, people.ada)
    read_all_notices(people.ben, YESTERDAY, YESTERDAY)

    work(morning(3), clock)

    assert mail.outbox == []


def test_who_was_disabled_or_changed_their_mind_gets_none(people: People, article: Article, clock: Any) -> None:
    User.objects.filter(pk=people.ben.pk).update(is_active=False)
    work(morning(3), clock)
    User.objects.filter(pk=people.ben.pk).update(is_active=True)
    choose_digest(people.ben, "ben@example.org", YESTERDAY, wants=False)
    work(morning(4), clock)

    assert mail.outbox == []


def test_a_digest_names_nothing_that_its_reader_may_not_read_any_more(
    people: People, article: Article, clock: Any
) -> None:
    restrict_article(article, [], article.version, people.lea, YESTERDAY)

    work(morning(3), clock)

    (message,) = mail.outbox
    assert article.title not in message.body
    assert "something that you do not read any more" in message.body


def test_a_message_that_was_sent_is_not_sent_again_when_its_job_is(
    people: People, article: Article, clock: Any
) -> None:
    work(morning(3), clock)
    Job.objects.filter(kind=MAIL).update(state=JobState.QUEUED, ended_at=None)

    run_job(Job.objects.get(kind=MAIL).pk)

    assert len(mail.outbox) == 1
    assert Job.objects.get(kind=MAIL).state == JobState.DONE


class Away(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: Any) -> int:
        raise SMTPException("421 try again later")


def test_a_mail_server_that_is_away_is_tried_every_hour(
    people: People, article: Article, clock: Any, settings: Any
) -> None:
    here, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Away"
    now = morning(3)
    for _ in range(3):
        work(now, clock)
        now += timedelta(minutes=1)
    failed = Job.objects.get(kind=MAIL)
    assert (failed.state, "mail server did not take" in failed.reason) == (JobState.FAILED, True)
    assert OutboxMessage.objects.get().state == "pending"

    settings.EMAIL_BACKEND = here
    work(morning(3, hour=8), clock)

    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.get().state == "sent"
    assert Notice.objects.get(person=people.ben).mailed_at == morning(3)


def test_a_message_that_nobody_takes_for_two_days_is_given_up(
    people: People, article: Article, clock: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    work(morning(3), clock)

    work(morning(6), clock)

    assert OutboxMessage.objects.get().state == "given_up"
