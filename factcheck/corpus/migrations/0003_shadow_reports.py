import django.db.models.deletion
import django.db.models.expressions
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0002_frozen_texts_and_true_anchors"),
        ("newsroom", "0003_session_epoch_and_sign_in_pace"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ShadowReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("engine_version", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shadow_reports",
                        to="corpus.article",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shadow_reports", to="newsroom.desk"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArticleComparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept", models.PositiveIntegerField()),
                ("moved", models.PositiveIntegerField()),
                ("new", models.PositiveIntegerField()),
                ("gone", models.PositiveIntegerField()),
                ("with_work", models.PositiveIntegerField()),
                ("statements", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comparisons", to="corpus.analysisrun"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comparisons",
                        to="corpus.shadowreport",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="shadowreport",
            index=models.Index(fields=["desk", "-asked_at"], name="shadow_reports_of_desk"),
        ),
        migrations.AddConstraint(
            model_name="shadowreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("engine_version", ""), _negated=True), name="shadow_report_names_engine"
            ),
        ),
        migrations.AddConstraint(
            model_name="articlecomparison",
            constraint=models.UniqueConstraint(fields=("report", "run"), name="comparison_once_per_report"),
        ),
        migrations.AddConstraint(
            model_name="articlecomparison",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "with_work__lte",
                        django.db.models.expressions.CombinedExpression(models.F("moved"), "+", models.F("gone")),
                    )
                ),
                name="comparison_work_is_on_moved_or_gone",
            ),
        ),
    ]
