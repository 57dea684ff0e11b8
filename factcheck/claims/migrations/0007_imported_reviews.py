import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_given_assessments_stay"),
        ("newsroom", "0008_entry_links_and_role_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("original_sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("checked", "checked, nothing imported yet"),
                            ("importing", "being imported"),
                            ("imported", "imported"),
                            ("taken_back", "taken back"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review_imports", to="newsroom.desk"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportedReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("url", models.CharField(max_length=2000)),
                ("claim_text", models.TextField()),
                ("claimant", models.CharField(blank=True, default="", max_length=300)),
                ("claim_date", models.DateField(null=True)),
                ("title", models.CharField(blank=True, default="", max_length=500)),
                ("publisher_name", models.CharField(blank=True, default="", max_length=300)),
                ("publisher_site", models.CharField(help_text="the host of the address, without www.", max_length=253)),
                ("rating_text", models.CharField(max_length=300)),
                ("rating_value", models.FloatField(null=True)),
                ("rating_best", models.FloatField(null=True)),
                ("rating_worst", models.FloatField(null=True)),
                ("review_date", models.DateField(null=True)),
                ("language", models.CharField(blank=True, default="", max_length=35)),
                ("document", models.JSONField(help_text="the row as it came")),
                ("identity", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField(help_text="when it was written last")),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imported_reviews", to="newsroom.desk"
                    ),
                ),
                (
                    "review_import",
                    models.ForeignKey(
                        help_text="which wrote it last",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="claims.reviewimport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RowProblem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(help_text="counted from 1, without a table's head")),
                ("field", models.CharField(max_length=60)),
                ("problem", models.CharField(max_length=300)),
                ("remedy", models.CharField(max_length=300)),
                ("refuses", models.BooleanField()),
                (
                    "review_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="claims.reviewimport"
                    ),
                ),
            ],
            options={
                "ordering": ["number", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="reviewimport",
            index=models.Index(fields=["desk", "-asked_at"], name="review_imports_of_desk"),
        ),
        migrations.AddIndex(
            model_name="reviewimport",
            index=models.Index(fields=["original_sha256"], name="review_imports_by_original"),
        ),
        migrations.AddConstraint(
            model_name="reviewimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["checking", "checked", "importing", "imported", "taken_back"])),
                name="review_import_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("original_sha256", ""), _negated=True)
                ),
                name="review_import_of_a_file",
            ),
        ),
        migrations.AddIndex(
            model_name="importedreview",
            index=models.Index(fields=["desk", "publisher_site"], name="imported_by_publisher"),
        ),
        migrations.AddConstraint(
            model_name="importedreview",
            constraint=models.UniqueConstraint(fields=("desk", "identity"), name="imported_review_once"),
        ),
        migrations.AddConstraint(
            model_name="importedreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("claim_text", ""), _negated=True), name="imported_review_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("rating_text", ""), _negated=True), name="imported_review_has_rating"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"),
                name="imported_review_url_is_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="rowproblem",
            constraint=models.UniqueConstraint(
                fields=("review_import", "number", "field"), name="row_problem_once_per_field"
            ),
        ),
        migrations.AddConstraint(
            model_name="rowproblem",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("problem", ""), _negated=True), models.Q(("remedy", ""), _negated=True)),
                name="row_problem_says_why",
            ),
        ),
    ]
