import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_work_in_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(choices=[("draft", "draft"), ("given", "given")], default="draft", max_length=5),
                ),
                ("summary", models.CharField(blank=True, default="", max_length=600)),
                ("reasoning", models.TextField(blank=True, default="")),
                ("saved_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="claims.claim"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.rating"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "person"), name="assessment_once_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "given"])), name="assessment_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("state", "draft")),
                            models.Q(
                                ("given_at__isnull", False),
                                ("rating__isnull", False),
                                ("state", "given"),
                                models.Q(("summary", ""), _negated=True),
                                models.Q(("reasoning", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_complete_when_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlindReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("wanted", models.PositiveSmallIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("adjudicated_at", models.DateTimeField(null=True)),
                (
                    "adjudicated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blind_review", to="claims.claim"
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.verdict"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wanted__gte", 2), ("wanted__lte", 4)), name="blind_review_asks_several"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adjudicated_at__isnull", True),
                                ("adjudicated_by__isnull", True),
                                ("verdict__isnull", True),
                            ),
                            models.Q(
                                ("adjudicated_at__isnull", False),
                                ("adjudicated_by__isnull", False),
                                ("verdict__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="blind_review_adjudicated_by_somebody",
                    ),
                ],
            },
        ),
    ]
