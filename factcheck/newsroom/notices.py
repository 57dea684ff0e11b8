"""Telling people: one call from a service writes the notice in the service's own change."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, Model
from django.utils.translation import gettext as _

from factcheck.ledger.changes import Change, record_change
from factcheck.newsroom.errors import NoAddress
from factcheck.newsroom.models import Notice, NoticeKind, User


def notify(change: Change, person: User, kind: NoticeKind, subject: Model, *, desk_id: UUID, place: str = "") -> None:
    """Tell a person of something, as part of a change; nobody is told of what they did themselves.

    `subject` is what the notice leads to: a claim, a pair or an article. `place` names the part of its page, as an
    address does: `#comment-…`.
    """
    notify_all(change, [person.pk], kind, subject, desk_id=desk_id, place=place)


def notify_all(
    change: Change, people: Iterable[UUID], kind: NoticeKind, subject: Model, *, desk_id: UUID, place: str = ""
) -> None:
    """Tell several people of the same thing, in one query."""
    notices = [
        Notice(
            person_id=person_id,
            desk_id=desk_id,
            kind=kind,
            by_id=change.actor_id,
            subject_type=str(subject._meta.model_name),  # noqa: SLF001 -- Django's public name
            subject_id=subject.pk,
            place=place,
            at=change.now,
        )
        for person_id in sorted(set(people) - {change.actor_id})
    ]
    Notice.objects.bulk_create(notices)


def take_notices_back(
    change: Change, people: Iterable[UUID], kind: NoticeKind, subject: Model, *, desk_id: UUID
) -> None:
    """Take back what the actor told people of a thing; whoever has read it, or was mailed, is told of that."""
    told = Notice.objects.filter(person__in=sorted(people), by=change.actor_id, kind=kind, subject_id=subject.pk)
    told.filter(read_at__isnull=True, mailed_at__isnull=True).delete()
    knowing = set(told.values_list("person_id", flat=True))
    notify_all(change, knowing, NoticeKind.TAKEN_BACK, subject, desk_id=desk_id)


def tell_of_more(change: Change, person: User, kind: NoticeKind, subject: Model, *, desk_id: UUID, count: int) -> None:
    """Tell of so many new things at once; a notice that nobody has read yet tells of them too, as of now."""
    waiting = Notice.objects.unread().filter(person=person, kind=kind, subject_id=subject.pk)
    if not waiting.update(count=F("count") + count, at=change.now, mailed_at=None):
        subject_type = str(subject._meta.model_name)  # noqa: SLF001 -- Django's public name
        told = {"person": person, "desk_id": desk_id, "kind": kind, "count": count, "at": change.now}
        Notice.objects.create(subject_type=subject_type, subject_id=subject.pk, **told)


def read_notice(notice: Notice, person: User, now: datetime) -> None:
    """Note that a person has looked at a notice of theirs; a second look changes nothing.

    Whose it is, is settled by the queryset that found it; marking is no decision and has no audit entry.
    """
    Notice.objects.to(person).unread().filter(pk=notice.pk).update(read_at=now)


def read_all_notices(person: User, until: datetime, now: datetime) -> int:
    """Note that a person has looked at all their notices up to a moment, and say how many those were."""
    return Notice.objects.to(person).unread().filter(at__lte=until).update(read_at=now)


def choose_digest(person: User, email: str, now: datetime, *, wants: bool) -> None:
    """Set where a person's digest goes and whether they want one: their own setting, nobody else's.

    Raises:
        NoAddress: they want one and give no address.
    """
    if wants and not email:
        raise NoAddress(_("Give the address that the digest shall go to."))
    with record_change(actor=person, now=now) as change:
        User.objects.filter(pk=person.pk).update(email=email, wants_digest=wants)
        person.refresh_from_db(fields=["email", "wants_digest"])
        change.audit("choose_digest", person, desk_id=None, wants=wants)
