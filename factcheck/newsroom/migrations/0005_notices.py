import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models

KINDS = ["mention", "assigned", "reassigned", "returned", "sent_back", "approved"]


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0004_desk_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="wants_digest",
            field=models.BooleanField(db_default=False, default=False, help_text="notices of the day by e-mail"),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mention", "mentioned you"),
                            ("assigned", "assigned to you"),
                            ("reassigned", "given to somebody else"),
                            ("returned", "went back to the queue"),
                            ("sent_back", "sent back"),
                            ("approved", "approved"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                (
                    "place",
                    models.CharField(
                        blank=True, default="", help_text="the part of the page: #comment-…", max_length=80
                    ),
                ),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="newsroom.desk"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="notice_kind_known"),
                ],
                "indexes": [
                    models.Index(fields=["person", "-at"], name="notice_of_person"),
                    models.Index(fields=["person", "read_at"], name="notice_unread"),
                ],
            },
        ),
    ]
