from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import factcheck.ledger.identity
from typing import Any
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from factcheck.ledger.operations import CreateTogether, RefuseWhen

WORDS = "audit entries are append-only"


def add_head(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    head: Any = apps.get_model("ledger", "LedgerHead")
    head.objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """All of this room from its first migration to `0006_count_interruptions`, at once; those stay for whoever stands among them."""

    initial = True

    replaces = [
        ("ledger", "0001_jobs_outbox_audit"),
        ("ledger", "0002_append_only_audit"),
        ("ledger", "0003_take_turns_between_desks"),
        ("ledger", "0004_idempotency_keys"),
        ("ledger", "0005_audit_is_never_emptied"),
        ("ledger", "0006_count_interruptions"),
    ]

    dependencies = [
        ("newsroom", "0001_people_and_desks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=60)),
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("desk_id", models.UUIDField(null=True)),
                        ("payload_digest", models.CharField(max_length=64)),
                        ("previous_hash", models.CharField(max_length=64)),
                        ("hash", models.CharField(max_length=64, unique=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "audit entries",
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id", "-sequence"], name="audit_of_subject")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditPayload",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="payload",
                                serialize=False,
                                to="ledger.auditentry",
                            ),
                        ),
                        ("salt", models.CharField(max_length=32)),
                        ("body", models.JSONField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=200)),
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("desk_id", models.UUIDField(null=True)),
                        ("parameters", models.JSONField(default=dict)),
                        ("priority", models.SmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("run_after", models.DateTimeField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("token", models.UUIDField(null=True)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("cancel_requested", models.BooleanField(default=False)),
                        ("step", models.CharField(default="", max_length=80)),
                        ("share", models.FloatField(default=0)),
                        ("reason", models.TextField(default="")),
                        ("created_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="ledger.job",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("turn", models.BigIntegerField(db_default=0)),
                        ("interruptions", models.PositiveSmallIntegerField(db_default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "running")), fields=["lease_until"], name="job_leases"
                            ),
                            models.Index(fields=["subject_type", "subject_id"], name="job_of_subject"),
                            models.Index(
                                models.F("state"),
                                models.OrderBy(models.F("priority"), descending=True),
                                models.F("turn"),
                                models.F("created_at"),
                                name="job_next",
                            ),
                            models.Index(
                                models.F("state"),
                                models.F("desk_id"),
                                models.OrderBy(models.F("priority"), descending=True),
                                models.F("turn"),
                                name="job_turns",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "key"), name="job_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "running", "done", "failed", "cancelled"])),
                                name="job_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gte", 0), ("share__lte", 1)), name="job_share_is_a_share"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lease_until__isnull", False), ("state", "running"), ("token__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("state", "running"), _negated=True), ("lease_until__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="job_runs_under_a_lease",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False), ("state__in", ("done", "failed", "cancelled"))
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("done", "failed", "cancelled")), _negated=True),
                                        ("ended_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="job_ended_when_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "failed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="job_failed_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerHead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.BigIntegerField(default=0)),
                        ("audit_sequence", models.BigIntegerField(default=0)),
                        (
                            "audit_hash",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="ledger_head_is_one_row")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("topic", models.CharField(max_length=80)),
                        ("body", models.BinaryField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("pending", "Pending"), ("sent", "Sent"), ("given_up", "Given Up")],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("send_after", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "pending")), fields=["send_after"], name="outbox_to_send"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["pending", "sent", "given_up"])),
                                name="outbox_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "pending")),
                                    models.Q(
                                        models.Q(("state", "pending"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="outbox_pending_has_not_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("principal", models.UUIDField()),
                        ("route", models.CharField(max_length=300)),
                        ("key", models.CharField(max_length=200)),
                        ("body_digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("body", models.TextField()),
                        ("created_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("principal", "route", "key"), name="idempotency_key_once")
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(add_head, migrations.RunPython.noop),
        RefuseWhen("audit_entry_never_changes", "ledger_auditentry", "UPDATE", WORDS),
        RefuseWhen("audit_entry_never_goes", "ledger_auditentry", "DELETE", WORDS),
        RefuseWhen("audit_payload_never_changes", "ledger_auditpayload", "UPDATE", WORDS),
        # Row triggers do not see TRUNCATE.
        RefuseWhen("audit_entry_never_emptied", "ledger_auditentry", "TRUNCATE", WORDS),
        RefuseWhen("audit_payload_never_emptied", "ledger_auditpayload", "TRUNCATE", WORDS),
    ]
