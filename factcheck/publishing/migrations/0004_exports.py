import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0008_entry_links_and_role_requests"),
        ("publishing", "0003_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("reviews", "published reviews"),
                            ("claims", "claims and verdicts, published or not"),
                            ("statements", "statements"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("csv", "CSV, for spreadsheets"),
                            ("jsonl", "JSONL, a line for each"),
                            ("claimreview", "ClaimReview, as a DataFeed"),
                            ("annotations", "W3C Web Annotations"),
                        ],
                        max_length=11,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("as_of", models.BigIntegerField()),
                ("position", models.UUIDField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("size", models.BigIntegerField(default=0)),
                ("part", models.CharField(blank=True, default="", max_length=100)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exports", to="newsroom.desk"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asked_by", "-asked_at"], name="exports_of_person"),
                    models.Index(fields=["expires_at"], name="exports_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["reviews", "claims", "statements"])), name="export_what_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shape__in", ["csv", "jsonl", "claimreview", "annotations"])),
                        name="export_shape_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(models.Q(("sha256", ""), _negated=True), models.Q(("part", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="export_whole_when_ended",
                    ),
                ],
            },
        ),
    ]
