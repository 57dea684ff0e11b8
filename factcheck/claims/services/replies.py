"""Right of reply: whom we asked and what they said, as part of a draft."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.claims.errors import UnfitReply
from factcheck.claims.models import Outcome, Reply, Verdict
from factcheck.claims.services.evidence import taken_out
from factcheck.claims.services.verdicts import add_author, require_writable
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import record_change
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

LONGEST_NAME, LONGEST_ANSWER = 300, 5_000


@dataclass(frozen=True, slots=True)
class NewReply:
    """Somebody who was asked, when, and what became of it."""

    who: str
    outcome: Outcome = Outcome.ASKED
    asked_on: date | None = None
    answer: str = ""


def record_reply(verdict: Verdict, new: NewReply, version: int, person: User, now: datetime) -> None:
    """Record that somebody was asked, or what they answered; the entry of the same name is brought up to date.

    Raises:
        NotAllowed: the person may not write this verdict.
        WrongVerdictState: the verdict is submitted or approved.
        UnfitReply: nobody is named, the day lies ahead, or an answer has no words.
        StaleVersion: somebody saved the verdict first.
    """
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    reply = _row(verdict, new, person, now)
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        Reply.objects.bulk_create(
            [reply],
            update_conflicts=True,
            unique_fields=["verdict", "who"],
            update_fields=["asked_on", "outcome", "answer", "recorded_by", "recorded_at"],
        )
        add_author(verdict, person)
        said = {"who": reply.who, "outcome": reply.outcome, "answer": reply.answer}
        change.audit("record_reply", verdict, desk_id=verdict.desk_id, **said)


def remove_reply(reply: Reply, version: int, person: User, now: datetime) -> None:
    """Take an entry out of a draft; the audit entry keeps what it was.

    Raises:
        NotAllowed: the person may not write this verdict.
        WrongVerdictState: the verdict is submitted or approved.
        StaleVersion: somebody saved the verdict first.
    """
    verdict = reply.verdict
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    said = {"who": reply.who, "outcome": reply.outcome, "answer": reply.answer}
    asked_on = reply.asked_on.isoformat() if reply.asked_on else None
    was = {**said, "asked_on": asked_on, "by": str(reply.recorded_by_id), "at": reply.recorded_at.isoformat()}
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        add_author(verdict, person)
        change.audit("remove_reply", verdict, desk_id=verdict.desk_id, reply=str(reply.pk), before=was)
        reply.delete()


def put_back_reply(verdict: Verdict, reply_id: UUID, version: int, person: User, now: datetime) -> None:
    """Put an entry back that was taken out of this draft, as it was.

    Raises:
        NotAllowed: the person may not write this verdict.
        WrongVerdictState: the verdict is submitted or approved.
        UnfitReply: it was not taken out here, or somebody recorded another for the same person.
        StaleVersion: somebody saved the verdict first.
    """
    require(person, Action.WRITE_VERDICT, verdict)
    require_writable(verdict)
    was = taken_out(verdict, "remove_reply", "reply", str(reply_id))
    if was is None or verdict.replies.filter(who=was["who"]).exists():
        raise UnfitReply(_("This entry was not taken out here, or is back. Load the page again."))
    parts = {name: was[name] for name in ("who", "outcome", "answer")}
    reply = Reply(pk=reply_id, verdict=verdict, recorded_by_id=UUID(was["by"]), **parts)
    reply.recorded_at = datetime.fromisoformat(was["at"])
    reply.asked_on = date.fromisoformat(was["asked_on"]) if was["asked_on"] else None
    with record_change(actor=person, now=now) as change:
        change.edit(verdict, version, saved_at=now)
        reply.save(force_insert=True)
        add_author(verdict, person)
        change.audit("record_reply", verdict, desk_id=verdict.desk_id, **parts)


def _row(verdict: Verdict, new: NewReply, person: User, now: datetime) -> Reply:
    who, answer = " ".join(clean_text(new.who).text.split()), clean_text(new.answer).text.strip()
    if not who:
        raise UnfitReply(_("Say who was asked."))
    for what, text, most in ((_("name"), who, LONGEST_NAME), (_("answer"), answer, LONGEST_ANSWER)):
        if len(text) > most:
            words = _("The %(what)s has %(length)s characters; it may have %(most)s.")
            raise UnfitReply(words % {"what": what, "length": grouped(len(text)), "most": grouped(most)})
    if new.outcome == Outcome.ANSWERED and not answer:
        raise UnfitReply(_("Add what they answered, or choose another outcome."))
    if new.asked_on and new.asked_on > now.date():
        raise UnfitReply(_("The day on which they were asked lies in the future."))
    return Reply(
        verdict=verdict,
        who=who,
        asked_on=new.asked_on,
        outcome=new.outcome,
        answer=answer,
        recorded_by=person,
        recorded_at=now,
    )
