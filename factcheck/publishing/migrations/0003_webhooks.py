import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_count_interruptions"),
        ("newsroom", "0011_notices_of_webhooks"),
        ("publishing", "0002_reviews_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_test", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "waiting"), ("sent", "sent"), ("given_up", "given up")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("token", models.UUIDField(null=True)),
                ("last_status", models.PositiveSmallIntegerField(null=True)),
                (
                    "last_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("status", "it answered with an error"),
                            (
                                "redirected",
                                "it leads elsewhere, where nobody follows: give the address that it leads to",
                            ),
                            ("no_answer", "it did not answer within 15 seconds"),
                            ("no_such_host", "there is no server of this name"),
                            ("not_trusted", "its certificate does not prove who it is"),
                            ("forbidden_address", "it lies in a private network, or at a port that is not used"),
                            ("unfit_address", "this is no web address"),
                            ("broken_answer", "its answer broke off"),
                            ("switched_off", "the webhook was off"),
                        ],
                        default="",
                        max_length=17,
                    ),
                ),
                ("last_answer", models.CharField(blank=True, default="", max_length=500)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="ledger.outboxmessage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("seconds", models.FloatField()),
                ("status", models.PositiveSmallIntegerField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("status", "it answered with an error"),
                            (
                                "redirected",
                                "it leads elsewhere, where nobody follows: give the address that it leads to",
                            ),
                            ("no_answer", "it did not answer within 15 seconds"),
                            ("no_such_host", "there is no server of this name"),
                            ("not_trusted", "its certificate does not prove who it is"),
                            ("forbidden_address", "it lies in a private network, or at a port that is not used"),
                            ("unfit_address", "this is no web address"),
                            ("broken_answer", "its answer broke off"),
                            ("switched_off", "the webhook was off"),
                        ],
                        default="",
                        max_length=17,
                    ),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=500)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tries", to="publishing.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("url", models.CharField(max_length=2000)),
                ("description", models.CharField(blank=True, default="", max_length=200)),
                ("topics", models.JSONField(help_text="the kinds of message that go there")),
                ("secret", models.CharField(editable=False, max_length=100)),
                ("secret_since", models.DateTimeField(editable=False)),
                ("older_secret", models.CharField(blank=True, default="", editable=False, max_length=100)),
                ("older_until", models.DateTimeField(editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("enabled", "on"), ("disabled", "off"), ("removed", "removed")],
                        default="enabled",
                        max_length=8,
                    ),
                ),
                (
                    "disabled_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_hand", "switched off by a person"),
                            ("gone", "it answered 410: it wants no more messages"),
                            ("failing", "nothing had reached it for three days"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("disabled_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("paused_until", models.DateTimeField(help_text="it asked to be left alone until then", null=True)),
                ("last_sent_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="webhooks", to="newsroom.desk"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="endpoint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="publishing.webhookendpoint"
            ),
        ),
        migrations.AddIndex(
            model_name="webhookendpoint",
            index=models.Index(fields=["desk", "state"], name="webhook_of_desk"),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["enabled", "disabled", "removed"])), name="webhook_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("secret", ""), _negated=True), ("state", "removed"), _connector="OR"),
                name="webhook_has_a_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("older_secret", ""), ("older_until__isnull", True)),
                    models.Q(models.Q(("older_secret", ""), _negated=True), ("older_until__isnull", False)),
                    _connector="OR",
                ),
                name="webhook_older_secret_runs_out",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disabled_at__isnull", True), ("disabled_because", ""), ("state", "enabled")),
                    models.Q(
                        models.Q(("state", "enabled"), _negated=True),
                        ("disabled_at__isnull", False),
                        ("disabled_because__in", ["by_hand", "gone", "failing"]),
                    ),
                    _connector="OR",
                ),
                name="webhook_is_off_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failing_since__isnull", True), ("failures", 0)),
                    models.Q(("failing_since__isnull", False), ("failures__gt", 0)),
                    _connector="OR",
                ),
                name="webhook_fails_since_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "next_attempt_at"], name="delivery_to_send"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["endpoint", "state", "next_attempt_at"], name="delivery_of_endpoint"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "ended_at"], name="delivery_ended"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("message", "endpoint"), name="delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "sent", "given_up"])), name="delivery_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "pending")),
                    models.Q(models.Q(("state", "pending"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_ended_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "pending"), ("lease_until__isnull", True), _connector="OR"),
                name="delivery_is_held_while_pending",
            ),
        ),
    ]
