import django.db.models.deletion
import django.db.models.functions.comparison
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("newsroom", "0001_people_and_desks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outlet",
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
                ("name", models.CharField(max_length=160)),
                ("name_key", models.CharField(editable=False, max_length=160)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outlets", to="newsroom.desk"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("desk", "name_key"), name="outlet_once_per_desk")],
            },
        ),
        migrations.CreateModel(
            name="Article",
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
                ("title", models.CharField(max_length=300)),
                ("url", models.URLField(max_length=2000, null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("text_sha256", models.CharField(editable=False, max_length=64)),
                (
                    "access",
                    models.CharField(
                        choices=[("open", "Open"), ("restricted", "Restricted")], default="open", max_length=10
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(null=True)),
                (
                    "created_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="newsroom.desk"
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="corpus.outlet",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["desk", "-added_at"], name="article_of_desk")],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "text_sha256"), name="article_text_once_per_desk"),
                    models.UniqueConstraint(fields=("desk", "url"), name="article_url_once_per_desk"),
                    models.CheckConstraint(
                        condition=models.Q(("access__in", ["open", "restricted"])), name="article_access_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url__isnull", True),
                            ("url__startswith", "https://"),
                            ("url__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="article_url_is_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("language", models.CharField(default="en", max_length=12)),
                ("flags", models.JSONField(default=list)),
                ("fetched_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="corpus.article"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "number"), name="revision_number_once"),
                    models.UniqueConstraint(fields=("article", "sha256"), name="revision_text_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_counts_from_one"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="revision_has_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnalysisRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
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
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="corpus.revision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "engine_version", "mode"), name="run_once"),
                    models.CheckConstraint(condition=models.Q(("mode__in", ["live", "shadow"])), name="run_mode_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
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
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_speakers",
                        to="corpus.article",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="speakers", to="newsroom.desk"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("article__isnull", True)),
                        fields=("desk", "kind", "name_key"),
                        name="speaker_once_per_desk",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("article__isnull", False)),
                        fields=("article", "kind", "name_key"),
                        name="speaker_once_per_article",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "organisation", "group", "narrator", "unknown"])),
                        name="speaker_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpeakerAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="corpus.speaker"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("speaker", "name"), name="speaker_alias_once")],
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                        choices=[("direct", "direct"), ("indirect", "indirect"), ("mixed", "mixed"), ("none", "none")],
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
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="corpus.article"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relayed",
                        to="corpus.speaker",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="corpus.speaker"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["article", "gone_at"], name="statement_of_article")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("content", ""), _negated=True), name="statement_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                [
                                    "assertion",
                                    "denial",
                                    "pledge",
                                    "prediction",
                                    "accusation",
                                    "demand",
                                    "refusal",
                                    "opinion",
                                    "question",
                                ],
                            )
                        ),
                        name="statement_act_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote__in", ["direct", "indirect", "mixed", "none"])),
                        name="statement_quote_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("checkworthiness__range", (0, 1)), ("confidence__range", (0, 1))),
                        name="statement_shares_are_shares",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Detection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("found", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="detections", to="corpus.analysisrun"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="detections",
                        to="corpus.statement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "start", "end"), name="detection_once"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="detection_end_after_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictPair",
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
                (
                    "covered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="covers",
                        to="corpus.conflictpair",
                    ),
                ),
                (
                    "decided_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairs", to="newsroom.desk"
                    ),
                ),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairs_as_a", to="corpus.statement"
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairs_as_b", to="corpus.statement"
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict",
                "indexes": [
                    models.Index(fields=["desk", "status", "-score"], name="pair_queue"),
                    models.Index(fields=["desk", "fingerprint"], name="pair_fingerprint"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("a", "b"),
                        django.db.models.functions.comparison.Greatest("a", "b"),
                        name="pair_once_in_either_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("a", models.F("b")), _negated=True), name="pair_has_two_sides"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["suggested", "confirmed", "dismissed", "parked", "obsolete"])
                        ),
                        name="pair_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "denial",
                                    "contradiction",
                                    "figure",
                                    "broken_pledge",
                                    "position",
                                    "forecast",
                                    "reversal",
                                ],
                            )
                        ),
                        name="pair_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("score__range", (0, 1))), name="pair_score_is_a_share"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("suggested", "obsolete")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pair_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="corpus.revision"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="corpus.statement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("statement", "revision"), name="anchor_once_per_revision"),
                    models.UniqueConstraint(fields=("revision", "start", "end"), name="anchor_span_once"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="anchor_end_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passage_end__gte", models.F("end")), ("passage_start__lte", models.F("start"))
                        ),
                        name="anchor_inside_its_passage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=60)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="corpus.statement"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["term", "statement"], name="statements_of_term")],
                "constraints": [models.UniqueConstraint(fields=("statement", "term"), name="term_once_per_statement")],
            },
        ),
        migrations.CreateModel(
            name="ArticleReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="corpus.article"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("article", "person"), name="article_reader_once")],
            },
        ),
    ]
