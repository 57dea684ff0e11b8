from django.db import models

from factcheck.ledger.identity import new_id


class IdempotencyKey(models.Model):
    """What was answered to a request that carried a key, written with its effect: asking again gets it again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    principal = models.UUIDField()
    route = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "route", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
