from django.db import models
from django.db.models import Q


class LedgerHead(models.Model):
    """The one row that orders everything: last change number, last audit entry and its hash.

    Every change locks it last and briefly, so numbers are given in commit order on both databases.
    """

    seq = models.BigIntegerField(default=0)
    audit_sequence = models.BigIntegerField(default=0)
    audit_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_head_is_one_row", condition=Q(pk=1))]
