from typing import Any

from django.db import models
from django.db.models import F

from factcheck.ledger.identity import new_id


class Followed(models.Model):
    """A row that others may follow: an opaque id and its places in the change sequence.

    `seq` is the sequence number of its last change, `created_seq` of its first; both are given in commit order by
    `record_change`, so whoever reads up to a number has missed nothing below it. They are null only inside the
    transaction that makes the row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seq = models.BigIntegerField(null=True, unique=True, editable=False)
    created_seq = models.BigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row that people edit: every accepted edit raises `version` by one, a stale one is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def edited(cls, **fields: Any) -> dict[str, Any]:
        """The fields of an update that is an edit."""
        return {**fields, "version": F("version") + 1}
