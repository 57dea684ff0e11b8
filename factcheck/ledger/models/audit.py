from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act, for ever: who did which verb to what. Entries chain by hash; the database refuses UPDATE and DELETE."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    desk_id = models.UUIDField(null=True)
    payload_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "-sequence"], name="audit_of_subject")]
        verbose_name_plural = "audit entries"


class AuditPayload(models.Model):
    """What an entry says: before, after, and the salt of its digest. Erasure may delete it; the chain stays whole."""

    entry = models.OneToOneField(AuditEntry, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=32)
    body = models.JSONField()
