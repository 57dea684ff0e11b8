import factcheck.ledger.identity
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AnalysisRun",
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
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("engine_version", models.CharField(max_length=40)),
                ("models_used", models.JSONField(default=dict)),
                (
                    "mode",
                    models.CharField(choices=[("live", "Live"), ("shadow", "Shadow")], default="live", max_length=8),
                ),
                ("ran_at", models.DateTimeField()),
                ("outcome", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("parts", models.JSONField()),
                ("source_start", models.PositiveIntegerField(null=True)),
                ("source_end", models.PositiveIntegerField(null=True)),
                ("cue_start", models.PositiveIntegerField(null=True)),
                ("cue_end", models.PositiveIntegerField(null=True)),
                ("relay_source_start", models.PositiveIntegerField(null=True)),
                ("relay_source_end", models.PositiveIntegerField(null=True)),
                ("relay_cue_start", models.PositiveIntegerField(null=True)),
                ("relay_cue_end", models.PositiveIntegerField(null=True)),
                ("passage_start", models.PositiveIntegerField()),
                ("passage_end", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Article",
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
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=300)),
                ("url", models.URLField(max_length=2000, null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("text_sha256", models.CharField(editable=False, max_length=64)),
                (
                    "access",
                    models.CharField(
                        choices=[("open", "Open"), ("restricted", "Restricted")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ArticleReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConflictPair",
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
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("denial", "denial"),
                            ("contradiction", "contradiction"),
                            ("figure", "figure"),
                            ("broken_pledge", "broken pledge"),
                            ("position", "position"),
                            ("forecast", "forecast"),
                            ("reversal", "reversal"),
                        ],
                        max_length=14,
                    ),
                ),
                ("score", models.FloatField()),
                ("why", models.TextField()),
                ("signals", models.JSONField(default=dict)),
                ("marks", models.JSONField(default=dict)),
                ("engine_version", models.CharField(max_length=40)),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("suggested", "Suggested"),
                            ("confirmed", "Confirmed"),
                            ("dismissed", "Dismissed"),
                            ("parked", "Parked"),
                            ("obsolete", "Obsolete"),
                        ],
                        default="suggested",
                        max_length=10,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conflict", "Conflict"),
                            ("compatible", "Compatible"),
                            ("different_time_or_scope", "Different time or scope"),
                            ("superseded", "Superseded"),
                            ("same_claim", "Same claim"),
                            ("needs_clarification", "Needs clarification"),
                        ],
                        default="",
                        max_length=24,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("suggested_kind", models.CharField(max_length=14)),
                ("suggested_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "conflict",
            },
        ),
        migrations.CreateModel(
            name="Detection",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("found", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Outlet",
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
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=160)),
                ("name_key", models.CharField(editable=False, max_length=160)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
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
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("language", models.CharField(default="en", max_length=12)),
                ("flags", models.JSONField(default=list)),
                ("fetched_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Speaker",
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
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=300)),
                ("name_key", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("organisation", "organisation"),
                            ("group", "group"),
                            ("narrator", "narrator"),
                            ("unknown", "unknown"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SpeakerAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content", models.TextField()),
                ("content_key", models.CharField(db_index=True, editable=False, max_length=64)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("assertion", "assertion"),
                            ("denial", "denial"),
                            ("pledge", "pledge"),
                            ("prediction", "prediction"),
                            ("accusation", "accusation"),
                            ("demand", "demand"),
                            ("refusal", "refusal"),
                            ("opinion", "opinion"),
                            ("question", "question"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        choices=[
                            ("direct", "direct"),
                            ("indirect", "indirect"),
                            ("mixed", "mixed"),
                            ("none", "none"),
                        ],
                        max_length=10,
                    ),
                ),
                ("hedged", models.BooleanField(default=False)),
                ("negated", models.BooleanField(default=False)),
                ("checkworthiness", models.FloatField(default=0)),
                ("confidence", models.FloatField(default=1)),
                (
                    "origin",
                    models.CharField(choices=[("engine", "Engine"), ("hand", "Hand")], default="engine", max_length=8),
                ),
                ("gone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StatementTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("term", models.CharField(max_length=60)),
            ],
        ),
    ]
