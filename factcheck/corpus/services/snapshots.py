"""A statement and its place as the history keeps them, before and after a correction; and back from there."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from factcheck.corpus.errors import PlaceTaken
from factcheck.corpus.models import Anchor, Revision, Statement

STATEMENT_PARTS = (
    *("speaker_id", "speaker_before_id", "reported_by_id", "relay_before_id", "content", "content_key", "act", "quote"),
    *("hedged", "negated", "checkworthiness", "gone_at", "mended_at", "removed_at", "further_by_hand"),
    "said_on",
)
_SPANS = ("source", "cue", "relay_source", "relay_cue", "passage")
ANCHOR_PARTS = ("start", "end", "content", "parts", *(f"{name}_{edge}" for name in _SPANS for edge in ("start", "end")))
Snapshot = dict[str, Any]


def snapshot_of(statement: Statement, anchor: Anchor | None) -> Snapshot:
    """The statement as JSON values, with its place in a revision."""
    return {**{name: _plain(getattr(statement, name)) for name in STATEMENT_PARTS}, "anchor": parts_of(anchor)}


def parts_of(anchor: Anchor | None) -> dict[str, Any] | None:
    """Where a statement stands, as an anchor is made of it; None where it stands nowhere."""
    return {name: getattr(anchor, name) for name in ANCHOR_PARTS} if anchor else None


def fields_in(snapshot: Snapshot) -> dict[str, Any]:
    """The statement's fields as a snapshot keeps them, as the database takes them; an old one lacks what came later."""
    return {name: _restored(name, snapshot[name]) for name in STATEMENT_PARTS if name in snapshot}


def stands_as(now: Snapshot, then: Snapshot) -> bool:
    """Whether a statement stands as it did; an old snapshot lacks what came later.

    Where one that is gone stood, another may stand by now.
    """
    said = (name for name in then if name in now and (name != "anchor" or then["gone_at"] is None))
    return all(now[name] == then[name] for name in said)


def put_anchor(statement: Statement, revision: Revision, parts: dict[str, Any] | None) -> None:
    """Let a statement stand where `parts` say; one that is gone gives way, one that stands does not.

    Raises:
        PlaceTaken: another statement stands at these very words.
    """
    Anchor.objects.filter(statement=statement, revision=revision).delete()
    if parts is None:
        return
    there = Anchor.objects.filter(revision=revision, start=parts["start"], end=parts["end"])
    for other in there.select_related("statement__speaker"):
        if other.statement.gone_at is None:
            raise PlaceTaken(
                _("These very words are a statement of %(speaker)s already. Mend that one.")
                % {"speaker": other.statement.speaker}
            )
    there.delete()
    Anchor.objects.create(statement=statement, revision=revision, **parts)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int | float | str | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _restored(name: str, value: Any) -> Any:
    field = Statement._meta.get_field(name)  # noqa: SLF001 -- Django's public name
    assert isinstance(field, models.Field)
    return field.target_field.to_python(value) if isinstance(field, models.ForeignKey) else field.to_python(value)
