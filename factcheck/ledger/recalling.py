"""What an act replaced, read from its own entry: taking it back puts back what stood, and not something like it.

Each service writes into its entry what it replaces. Whoever takes an act back says which entry is meant: several acts
on one thing may be taken back one after another, and the last entry is then not the one. A version says beside it that
the thing stands as that act left it.
"""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from factcheck.ledger.models import AuditEntry


def last_act(subject: Model, *verbs: str) -> AuditEntry | None:
    """The last entry about a thing, or the last with one of these verbs, with what it says."""
    entries = _acts_on(subject).order_by("-sequence")
    return (entries.filter(verb__in=verbs) if verbs else entries).first()


def own_act(subject: Model, entry: int | None, by: UUID, *verbs: str) -> AuditEntry | None:
    """The entry that a person takes back, one of their own; without its number, the last with one of these verbs."""
    if entry is None:
        return last_act(subject, *verbs)
    return _acts_on(subject).filter(sequence=entry, actor=by, verb__in=verbs).first()


def said_by(entry: AuditEntry | None) -> dict[str, Any]:
    """What an entry says; nothing where its words were erased, or there is none."""
    return entry.payload.body if entry is not None and hasattr(entry, "payload") else {}


def said_last(subject: Model, *verbs: str) -> dict[str, Any]:
    """What the last entry about a thing with one of these verbs says."""
    return said_by(last_act(subject, *verbs))


def _acts_on(subject: Model) -> "QuerySet[AuditEntry]":
    kind = str(subject._meta.model_name)  # noqa: SLF001 -- Django's public name
    return AuditEntry.objects.filter(subject_type=kind, subject_id=subject.pk).select_related("payload")
