from django.db import models
from django.db.models import Q

from factcheck.ledger.identity import new_id


class OutboxState(models.TextChoices):
    """Where a message stands."""

    PENDING = "pending"
    SENT = "sent"
    GIVEN_UP = "given_up"


class OutboxMessage(models.Model):
    """What others shall hear of a change, written with it. Id and bytes are fixed here; sending marks it afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.CharField(max_length=80)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=OutboxState, default=OutboxState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    send_after = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="outbox_state_known", condition=Q(state__in=OutboxState.values)),
            models.CheckConstraint(
                name="outbox_pending_has_not_ended",
                condition=Q(state=OutboxState.PENDING, ended_at__isnull=True)
                | (~Q(state=OutboxState.PENDING) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["send_after"], name="outbox_to_send", condition=Q(state="pending"))]
