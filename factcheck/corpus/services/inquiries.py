"""Where does this stand elsewhere? A typed statement beside what the desk has read, answered by a job."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck import engine
from factcheck.corpus.errors import UnfitInquiry, WrongDate
from factcheck.corpus.models import CalibrationVersion, Inquiry, Speaker, Statement
from factcheck.corpus.models.article import readable_by
from factcheck.corpus.services.candidates import EVERYWHERE, Bounds, search
from factcheck.corpus.services.indexing import entry_of
from factcheck.corpus.services.pairing import compare, values_of
from factcheck.corpus.services.scoring import rate, weights_of
from factcheck.engine import ConflictKind
from factcheck.intake.cleaning import clean_text
from factcheck.intake.wording import worded
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import WorkInHand, finish_job
from factcheck.ledger.wording import day_of, grouped
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

COMPARE, FORGET = "compare", "forget"
ASKED = 15  # before articles: somebody waits, and it is short
LONGEST_TEXT, LONGEST_NAME = 2_000, 300
EARLIEST_YEAR = 1600
KEPT_FOR = timedelta(days=7)
SOMEBODY = "Somebody"


@dataclass(frozen=True, slots=True)
class NewInquiry:
    """What a person or program types."""

    text: str
    speaker: str = ""
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A stored statement on the same matter; kind, score and why where the two seem to conflict."""

    statement: Statement
    kind: str | None
    score: float | None
    why: str


def compare_statement(new: NewInquiry, desk: Desk, person: User, now: datetime) -> Inquiry:
    """Ask where a typed statement stands elsewhere; a job finds the answer.

    Raises:
        NotAllowed: the person may not ask on this desk.
        UnfitInquiry: the statement is empty or too long, or the speaker's name is.
        WrongDate: the day lies in the future or before newspapers.
    """
    require(person, Action.COMPARE_STATEMENT, desk)
    inquiry = Inquiry(
        desk=desk,
        text=_fit(new.text, _("The statement"), LONGEST_TEXT),
        speaker=_fit(new.speaker, _("The speaker's name"), LONGEST_NAME) if new.speaker.strip() else "",
        said_on=_checked_day(new.said_on, now),
        asked_by=person,
        asked_at=now,
    )
    with record_change(actor=person, now=now) as change:
        inquiry.save(force_insert=True)
        change.enqueue(COMPARE, str(inquiry.pk), inquiry, desk_id=desk.pk, priority=ASKED)
        change.audit("compare_statement", inquiry, desk_id=desk.pk)
    return inquiry


def answer_inquiry(hand: WorkInHand) -> None:
    """Find the nearest statements that the asker may read, and which of them conflict.

    Raises:
        JobCancelled, LeaseLost: the work shall stop.
    """
    inquiry = Inquiry.objects.select_related("asked_by", "desk").filter(pk=hand.job.subject_id).first()
    hand.progress(worded("searching"), 0.1)
    findings = _find(inquiry) if inquiry else []
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        Inquiry.objects.filter(pk=hand.job.subject_id).update(findings=findings, answered_at=change.now)


def findings_of_each(inquiries: Sequence[Inquiry], person: User) -> dict[UUID, list[Finding]]:
    """What was found for each, the conflicts first, of what the person may read now; one query in all."""
    ids = [row["statement"] for inquiry in inquiries for row in inquiry.findings]
    rows = Statement.objects.readable_by(person).present().with_people().filter(pk__in=ids) if ids else ()
    known = {str(row.pk): row for row in rows}
    return {
        inquiry.pk: [
            Finding(known[row["statement"]], row["kind"], row["score"], row["why"])
            for row in inquiry.findings
            if row["statement"] in known
        ]
        for inquiry in inquiries
    }


def forget_inquiries(hand: WorkInHand) -> None:
    """Remove what was asked more than a week ago; a routine."""
    with record_change(actor=None, now=hand.now()) as change:
        finish_job(change, hand.lease)
        Inquiry.objects.filter(asked_at__lt=change.now - KEPT_FOR).delete()


def _find(inquiry: Inquiry) -> list[dict[str, Any]]:
    typed = _typed(inquiry)
    within = Q(readable_by(inquiry.asked_by, "article__"))
    (near,) = search([entry_of(inquiry.desk_id, inquiry.pk, typed)], Bounds(inquiry.desk_id, within, EVERYWHERE))
    values = values_of(near)
    pairs = [(typed.id, str(key)) for key in near]
    found = compare([*values.values(), typed], pairs)
    conflicts = _scored(found, inquiry)
    return [_row(key, conflicts.get(str(key))) for key in _best_first(near, conflicts)]


def _scored(found: Sequence[engine.ConflictPair], inquiry: Inquiry) -> dict[str, tuple[float, engine.ConflictPair]]:
    """By the stored statement, the conflict with it and its score on this desk."""
    weights = weights_of(CalibrationVersion.objects.in_use_on(inquiry.desk_id))
    typed = str(inquiry.pk)
    return {
        pair.b if pair.a == typed else pair.a: (rate(pair.signals, pair.score, ConflictKind(pair.kind), weights), pair)
        for pair in found
    }


def _best_first(near: Sequence[UUID], conflicts: dict[str, tuple[float, engine.ConflictPair]]) -> list[UUID]:
    return sorted(near, key=lambda key: -conflicts[str(key)][0] if str(key) in conflicts else 1.0)


def _row(key: UUID, conflict: tuple[float, engine.ConflictPair] | None) -> dict[str, Any]:
    if conflict is None:
        return {"statement": str(key), "kind": None, "score": None, "why": ""}
    score, pair = conflict
    return {"statement": str(key), "kind": pair.kind.value, "score": score, "why": pair.why}


def _typed(inquiry: Inquiry) -> engine.Statement:
    day = inquiry.said_on
    said = datetime.combine(day, time(), UTC) if day else inquiry.asked_at
    return replace(engine.state(str(inquiry.pk), inquiry.text, _speaker(inquiry), said), said_on=day)


def _speaker(inquiry: Inquiry) -> engine.Speaker:
    """Whom the desk knows by this name; somebody else where it knows nobody."""
    if not inquiry.speaker:
        return engine.Speaker(str(inquiry.pk), SOMEBODY, engine.SpeakerKind.UNKNOWN)
    of_desk = Speaker.objects.filter(desk=inquiry.desk_id, article__isnull=True)
    known = of_desk.filter(name_key=Speaker.key_of(inquiry.speaker)).order_by("created_seq").first()
    if known is None:
        return engine.Speaker(str(inquiry.pk), inquiry.speaker, engine.SpeakerKind.PERSON)
    return engine.Speaker(str(known.pk), known.name, engine.SpeakerKind(known.kind))


def _fit(text: str, what: str, longest: int) -> str:
    clean = " ".join(clean_text(text).text.split())
    if not clean:
        raise UnfitInquiry(_("%(what)s is empty. Type the words as somebody said them.") % {"what": what})
    if len(clean) > longest:
        raise UnfitInquiry(
            _("%(what)s has %(count)s characters; %(most)s are the most. Type one statement.")
            % {"what": what, "count": grouped(len(clean)), "most": grouped(longest)}
        )
    return clean


def _checked_day(day: date | None, now: datetime) -> date | None:
    if day is not None and not date(EARLIEST_YEAR, 1, 1) <= day <= (now + timedelta(days=1)).date():
        raise WrongDate(_("%(day)s cannot be right. Give the day on which it was said.") % {"day": day_of(day)})
    return day
