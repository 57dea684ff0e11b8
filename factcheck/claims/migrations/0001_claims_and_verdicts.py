import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("corpus", "0001_articles_and_statements"),
        ("newsroom", "0001_people_and_desks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
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
                ("text", models.CharField(max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("in_work", "in work"),
                            ("decided", "Decided"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "checked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims_checking",
                        to="corpus.statement",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="newsroom.desk"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="corpus.conflictpair",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["desk", "state", "-opened_at"], name="claim_of_desk")],
                "constraints": [
                    models.UniqueConstraint(fields=("pair", "checked"), name="claim_once_per_side"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="claim_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "in_work", "decided", "closed"])),
                        name="claim_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assigned_at", models.DateTimeField()),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="claims.claim"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("claim", "person"), name="assignment_once")],
            },
        ),
        migrations.CreateModel(
            name="Appearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stance", models.CharField(choices=[("asserts", "Asserts"), ("denies", "Denies")], max_length=8)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appearances", to="corpus.statement"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appearances", to="claims.claim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "statement"), name="appearance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["asserts", "denies"])), name="appearance_stance_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingScale",
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
                ("name", models.CharField(max_length=120)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rating_scales", to="newsroom.desk"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("desk", "name"), name="rating_scale_once_per_desk")],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=60)),
                ("definition", models.CharField(max_length=300)),
                (
                    "tone",
                    models.CharField(
                        choices=[("true", "True"), ("mixed", "Mixed"), ("unproven", "Unproven"), ("false", "False")],
                        max_length=10,
                    ),
                ),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="claims.ratingscale"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("scale", "position"), name="rating_position_once"),
                    models.UniqueConstraint(fields=("scale", "label"), name="rating_label_once"),
                    models.CheckConstraint(
                        condition=models.Q(("tone__in", ["true", "mixed", "unproven", "false"])),
                        name="rating_tone_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
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
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("sent_back", "sent back"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("summary", models.CharField(blank=True, default="", max_length=600)),
                ("reasoning", models.TextField(blank=True, default="")),
                ("solo", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True, default="", help_text="why it was sent back")),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="claims.claim"
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
                    models.UniqueConstraint(fields=("claim", "number"), name="verdict_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved"), _negated=True),
                        fields=("claim",),
                        name="verdict_one_unfinished_per_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "approved", "sent_back"])),
                        name="verdict_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("submitted", "approved")), _negated=True),
                            models.Q(
                                ("rating__isnull", False),
                                models.Q(("summary", ""), _negated=True),
                                models.Q(("reasoning", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="verdict_complete_when_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("url", models.CharField(blank=True, default="", max_length=2000)),
                ("excerpt", models.TextField(blank=True, default="")),
                (
                    "bearing",
                    models.CharField(
                        choices=[("supports", "Supports"), ("refutes", "Refutes"), ("context", "Context")], max_length=8
                    ),
                ),
                ("archived_url", models.CharField(blank=True, default="", max_length=2000)),
                ("attached_at", models.DateTimeField()),
                (
                    "attached_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="claims.verdict"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["attached_at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="evidence_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(("bearing__in", ["supports", "refutes", "context"])),
                        name="evidence_bearing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""),
                            ("url__startswith", "https://"),
                            ("url__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="evidence_url_is_web",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archived_url", ""),
                            ("archived_url__startswith", "https://"),
                            ("archived_url__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="evidence_archive_is_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="claims.verdict"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("verdict", "person"), name="approval_once_per_person")],
            },
        ),
        migrations.CreateModel(
            name="VerdictAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="claims.verdict"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("verdict", "person"), name="verdict_author_once")],
            },
        ),
    ]
