"""E-mail through the outbox: a message is fixed where it is written, sent by a job, and marked after it was sent.

A message goes out once, but where a worker dies between the mail server's yes and its own note: then it goes out again
under the same Message-ID, by which mail programs know it.
"""

import json
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives

from factcheck.intake.wording import worded
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.jobs import WorkInHand, finish_job, retry_failed_jobs
from factcheck.ledger.models import Job, OutboxMessage
from factcheck.ledger.models.job import MAX_ATTEMPTS
from factcheck.ledger.models.outbox import OutboxState
from factcheck.newsroom.errors import MailNotSent

MAIL = "mail"
TRIED_AGAIN_FOR = timedelta(days=2)


def put_mail(change: Change, to: str, subject: str, text: str, html: str = "") -> OutboxMessage:
    """Write an e-mail, as part of a change; a job sends it after the commit. `html` is the same for who reads that."""
    message = change.emit(MAIL, {"to": to, "subject": subject, "text": text, **({"html": html} if html else {})})
    change.enqueue(MAIL, str(message.pk), message)
    return message


def try_mail_again(change: Change) -> None:
    """Queue e-mails again that could not be sent, for two days; older ones are given up. Part of a routine's change."""
    since = change.now - TRIED_AGAIN_FOR
    unsent = OutboxMessage.objects.filter(topic=MAIL, state=OutboxState.PENDING)
    unsent.filter(created_at__lt=since).update(state=OutboxState.GIVEN_UP, ended_at=change.now)
    waiting = [str(key) for key in unsent.filter(created_at__gte=since).values_list("pk", flat=True)]
    if retry_failed_jobs(change, Job.objects.filter(kind=MAIL, key__in=waiting)):
        change.call_worker()


def send_mail(hand: WorkInHand) -> None:
    """Send an e-mail of the outbox, if it is not sent yet.

    Raises:
        MailNotSent: the mail server did not take it, for the last time.
    """
    hand.progress(worded("sending an e-mail"), 0.0)
    message = OutboxMessage.objects.get(pk=hand.job.subject_id)
    if message.state == OutboxState.PENDING:
        _send(message, is_last=hand.job.attempts >= MAX_ATTEMPTS)
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        pending = OutboxMessage.objects.filter(pk=message.pk, state=OutboxState.PENDING)
        pending.update(state=OutboxState.SENT, ended_at=change.now)


def _send(message: OutboxMessage, *, is_last: bool) -> None:
    said = json.loads(bytes(message.body))
    headers = {"Message-ID": f"<{message.pk}@factcheck>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(said["subject"], said["text"], to=[said["to"]], headers=headers)
    if said.get("html"):
        mail.attach_alternative(said["html"], "text/html")
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        if not is_last:
            raise
        raise MailNotSent from error
