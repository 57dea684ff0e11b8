from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import factcheck.ledger.identity
from factcheck.ledger.fulltext import IndexWords
from factcheck.ledger.operations import CreateTogether, RefuseWhen

# The words from start to end, counted in code points, as both databases count them.
WORDS_THERE = (
    'COALESCE((SELECT substr(r.text, NEW."start" + 1, NEW."end" - NEW."start") '
    "FROM corpus_revision r WHERE r.id = NEW.revision_id), '')"
)
MISMATCH = "the words do not stand where the anchor says"


class Migration(migrations.Migration):
    """All of this room from its first migration to `0016_lines_left_out`, at once; those stay for whoever stands among them."""

    initial = True

    replaces = [
        ("corpus", "0001_articles_and_statements"),
        ("corpus", "0002_frozen_texts_and_true_anchors"),
        ("corpus", "0003_shadow_reports"),
        ("corpus", "0004_index_of_related_articles"),
        ("corpus", "0005_calibrations"),
        ("corpus", "0006_inquiries"),
        ("corpus", "0007_statements_mended_by_hand"),
        ("corpus", "0008_smaller_index_without_its_forerunner"),
        ("corpus", "0009_calibrations_set_aside"),
        ("corpus", "0010_retrievals"),
        ("corpus", "0011_feeds"),
        ("corpus", "0012_watching"),
        ("corpus", "0013_near_duplicates"),
        ("corpus", "0014_statement_fulltext"),
        ("corpus", "0015_words_of_unread_texts"),
        ("corpus", "0016_lines_left_out"),
    ]

    dependencies = [
        ("newsroom", "0008_entry_links_and_role_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
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
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="outlets", to="newsroom.desk"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "name_key"), name="outlet_once_per_desk")
                        ],
                    },
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
                        ("byline", models.CharField(blank=True, db_default="", default="", max_length=300)),
                        ("modified_at", models.DateTimeField(null=True)),
                        ("revised_at", models.DateTimeField(null=True)),
                        ("url_key", models.CharField(editable=False, max_length=64, null=True)),
                        (
                            "copy_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="corpus.article",
                            ),
                        ),
                        (
                            "version_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="corpus.article",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["desk", "-added_at"], name="article_of_desk"),
                            models.Index(fields=["desk", "created_seq"], name="article_in_order"),
                        ],
                        "constraints": [
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
                            models.UniqueConstraint(fields=("desk", "url_key"), name="article_page_once_per_desk"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("access", "open"), ("copy_of__isnull", True), ("revised_at__isnull", True)
                                ),
                                fields=("desk", "text_sha256"),
                                name="article_text_once_per_desk",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("copy_of__isnull", False), ("revised_at__isnull", True), ("url__isnull", True)
                                ),
                                fields=("desk", "text_sha256", "outlet"),
                                name="copy_without_address_once_per_outlet",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("copy_of__isnull", True),
                                    models.Q(("copy_of", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="article_copy_of_another",
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
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="corpus.article",
                            ),
                        ),
                        ("byline", models.CharField(blank=True, db_default="", default="", max_length=300)),
                        ("modified_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "number"), name="revision_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="revision_counts_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="revision_has_text"
                            ),
                        ],
                    },
                ),
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
                            models.CharField(
                                choices=[("live", "Live"), ("shadow", "Shadow")], default="live", max_length=8
                            ),
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
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["live", "shadow"])), name="run_mode_known"
                            ),
                        ],
                    },
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
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="corpus.speaker",
                            ),
                        ),
                        (
                            "read_as",
                            models.CharField(blank=True, db_default="", default="", editable=False, max_length=320),
                        ),
                        ("role", models.CharField(blank=True, db_default="", default="", max_length=200)),
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
                                condition=models.Q(
                                    ("kind__in", ["person", "organisation", "group", "narrator", "unknown"])
                                ),
                                name="speaker_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="speaker_merged_into_another",
                            ),
                        ],
                        "indexes": [models.Index(fields=["desk", "read_as"], name="speaker_as_read")],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            models.CharField(
                                choices=[("engine", "Engine"), ("hand", "Hand")], default="engine", max_length=8
                            ),
                        ),
                        ("gone_at", models.DateTimeField(null=True)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="corpus.article",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="corpus.speaker",
                            ),
                        ),
                        ("mended_at", models.DateTimeField(null=True)),
                        (
                            "relay_before",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corpus.speaker",
                            ),
                        ),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "speaker_before",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corpus.speaker",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("removed_at__isnull", True), ("gone_at__isnull", False), _connector="OR"
                                ),
                                name="statement_removed_is_gone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Detection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        ("found", models.JSONField()),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="detections",
                                to="corpus.analysisrun",
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
                    name="CalibrationVersion",
                    fields=[
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                        ("weights", models.JSONField()),
                        ("confirmed", models.PositiveIntegerField()),
                        ("decided", models.PositiveIntegerField()),
                        ("decided_until", models.DateTimeField()),
                        ("shadow", models.JSONField()),
                        ("made_at", models.DateTimeField()),
                        ("adopted_at", models.DateTimeField(null=True)),
                        (
                            "adopted_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calibrations",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_aside_at", models.DateTimeField(null=True)),
                        (
                            "set_aside_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["desk", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "number"), name="calibration_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("confirmed__lte", models.F("decided"))),
                                name="calibration_learned_from_decisions",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("adopted_at__isnull", True), ("adopted_by__isnull", True)),
                                    models.Q(("adopted_at__isnull", False), ("adopted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="calibration_adopted_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("set_aside_at__isnull", True), ("set_aside_by__isnull", True)),
                                    models.Q(
                                        ("adopted_at__isnull", False),
                                        ("set_aside_at__isnull", False),
                                        ("set_aside_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="calibration_set_aside_after_use",
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
                                    ("held", "Held"),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairs_as_a",
                                to="corpus.statement",
                            ),
                        ),
                        (
                            "b",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairs_as_b",
                                to="corpus.statement",
                            ),
                        ),
                        ("engine_score", models.FloatField(null=True)),
                        (
                            "calibration",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairs",
                                to="corpus.calibrationversion",
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
                            models.CheckConstraint(
                                condition=models.Q(("score__range", (0, 1))), name="pair_score_is_a_share"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["suggested", "held", "confirmed", "dismissed", "parked", "obsolete"],
                                    )
                                ),
                                name="pair_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("engine_score__range", (0, 1))), name="pair_engine_score_is_a_share"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("suggested", "held", "obsolete")),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
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
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anchors",
                                to="corpus.revision",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anchors",
                                to="corpus.statement",
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
                    name="ArticleReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="corpus.article"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "person"), name="article_reader_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShadowReport",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shadow_reports",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["desk", "-asked_at"], name="shadow_reports_of_desk")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("engine_version", ""), _negated=True),
                                name="shadow_report_names_engine",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleComparison",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kept", models.PositiveIntegerField()),
                        ("moved", models.PositiveIntegerField()),
                        ("new", models.PositiveIntegerField()),
                        ("gone", models.PositiveIntegerField()),
                        ("with_work", models.PositiveIntegerField()),
                        ("statements", models.JSONField()),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comparisons",
                                to="corpus.analysisrun",
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
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "run"), name="comparison_once_per_report"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "with_work__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("moved"), "+", models.F("gone")
                                        ),
                                    )
                                ),
                                name="comparison_work_is_on_moved_or_gone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleTerm",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "term", "place", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.IntegerField()),
                        ("term", models.IntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="StatementEncoding",
                    fields=[
                        (
                            "statement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="encoding",
                                serialize=False,
                                to="corpus.statement",
                            ),
                        ),
                        ("terms", models.BinaryField()),
                        ("context", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Inquiry",
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
                        ("text", models.TextField()),
                        ("speaker", models.CharField(blank=True, default="", max_length=300)),
                        ("said_on", models.DateField(null=True)),
                        ("asked_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("findings", models.JSONField(default=list)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inquiries",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["asked_at"], name="inquiries_by_age")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="inquiry_has_words"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Retrieval",
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
                        ("url", models.URLField(blank=True, default="", max_length=2000)),
                        ("name", models.CharField(blank=True, default="", max_length=200)),
                        ("outlet", models.CharField(blank=True, default="", max_length=300)),
                        ("adds_outlet", models.BooleanField(default=False)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("priority", models.SmallIntegerField()),
                        ("asked_at", models.DateTimeField()),
                        ("original_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("media_type", models.CharField(blank=True, default="", max_length=100)),
                        ("charset", models.CharField(blank=True, default="", max_length=40)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("refused", models.JSONField(default=list)),
                        ("articles", models.ManyToManyField(related_name="retrievals", to="corpus.article")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retrievals",
                                to="newsroom.desk",
                            ),
                        ),
                        ("against_robots", models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["original_sha256"], name="retrievals_by_original")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), ("url", ""), _negated=True),
                                name="retrieval_of_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300, unique=True)),
                        ("free_at", models.DateTimeField()),
                        ("robots", models.TextField(blank=True, default="")),
                        ("robots_status", models.PositiveSmallIntegerField(null=True)),
                        ("robots_until", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Feed",
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
                        ("url", models.URLField(max_length=2000)),
                        ("title", models.CharField(blank=True, default="", max_length=300)),
                        ("site", models.URLField(blank=True, default="", max_length=2000)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "looked at"),
                                    ("active", "active"),
                                    ("paused", "paused"),
                                    ("ended", "ended"),
                                ],
                                default="new",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=500)),
                        ("every", models.PositiveIntegerField(default=30)),
                        ("backlog", models.PositiveSmallIntegerField(default=0)),
                        ("reads_pages", models.BooleanField(default=True)),
                        ("against_robots", models.BooleanField(default=False)),
                        ("found", models.JSONField(default=dict)),
                        ("asked_at", models.DateTimeField()),
                        ("subscribed_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("polls", models.PositiveIntegerField(default=0)),
                        ("polled_at", models.DateTimeField(null=True)),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("none", "not polled yet"),
                                    ("new", "new articles"),
                                    ("nothing_new", "nothing new"),
                                    ("unchanged", "unchanged"),
                                    ("failed", "failed"),
                                ],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        ("told", models.CharField(blank=True, default="", max_length=500)),
                        ("brought", models.PositiveIntegerField(default=0)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("etag", models.CharField(blank=True, default="", max_length=300)),
                        ("modified", models.CharField(blank=True, default="", max_length=100)),
                        ("body_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("asks", models.JSONField(default=dict)),
                        ("moved_to", models.URLField(blank=True, default="", max_length=2000)),
                        ("moved_times", models.PositiveSmallIntegerField(default=0)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to="newsroom.desk"
                            ),
                        ),
                        (
                            "outlet",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feeds",
                                to="corpus.outlet",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_at"], name="feeds_due")],
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "url"), name="feed_once_per_desk"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["new", "active", "paused", "ended"])),
                                name="feed_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("result__in", ["none", "new", "nothing_new", "unchanged", "failed"])
                                ),
                                name="feed_result_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"
                                ),
                                name="feed_url_is_web",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "active"), _negated=True),
                                    ("due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="feed_due_while_active",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="feed_paused_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedItem",
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
                        ("guid", models.CharField(max_length=300)),
                        ("page_key", models.CharField(max_length=64, null=True)),
                        ("twin", models.CharField(blank=True, default="", max_length=64)),
                        ("url", models.URLField(blank=True, default="", max_length=2000)),
                        ("title", models.CharField(blank=True, default="", max_length=300)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("digest", models.CharField(max_length=64)),
                        ("document", models.JSONField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("older", "older than the subscription"),
                                    ("waiting", "waits"),
                                    ("queued", "being taken in"),
                                    ("taken", "taken in"),
                                    ("refused", "refused"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=500)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("seen_at", models.DateTimeField()),
                        ("looked_at", models.DateTimeField(null=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feed_items",
                                to="corpus.article",
                            ),
                        ),
                        (
                            "feed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="corpus.feed"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["feed", "twin"], name="feed_item_twins"),
                            models.Index(fields=["state", "feed", "published_at"], name="feed_items_waiting"),
                            models.Index(fields=["feed", "-seen_at"], name="feed_items_newest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("feed", "guid"), name="feed_item_once"),
                            models.UniqueConstraint(fields=("feed", "page_key"), name="feed_item_page_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["older", "waiting", "queued", "taken", "refused"])),
                                name="feed_item_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "taken"), _negated=True),
                                    ("article__isnull", False),
                                    _connector="OR",
                                ),
                                name="feed_item_taken_as_article",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="feed_item_refused_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="watch",
                                serialize=False,
                                to="corpus.article",
                            ),
                        ),
                        ("until", models.DateTimeField(null=True)),
                        ("next_look_at", models.DateTimeField(null=True)),
                        ("quiet", models.PositiveSmallIntegerField(default=0)),
                        ("looked_at", models.DateTimeField(null=True)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not looked at yet"),
                                    ("same", "unchanged"),
                                    ("changed", "changed"),
                                    ("shrunk", "much shorter than it was"),
                                    ("away", "no longer there"),
                                    ("failed", "could not be fetched"),
                                ],
                                default="",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=300)),
                        ("etag", models.CharField(blank=True, default="", max_length=300)),
                        ("last_modified", models.CharField(blank=True, default="", max_length=100)),
                    ],
                    options={
                        "verbose_name_plural": "watches",
                        "indexes": [models.Index(fields=["next_look_at"], name="watches_next")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("result__in", ["", "same", "changed", "shrunk", "away", "failed"])),
                                name="watch_result_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watcher",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="watchers",
                                to="corpus.article",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("article", "person"), name="watcher_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Echo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="echoes", to="corpus.revision"
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="echoes",
                                to="corpus.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("statement", "revision"), name="echo_once_per_revision"),
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))), name="echo_end_after_start"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextKey",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key", "article", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.BigIntegerField()),
                        ("article", models.UUIDField()),
                    ],
                ),
                migrations.CreateModel(
                    name="StatementWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "statement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="words", to="corpus.statement"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RevisionWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "revision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="words", to="corpus.revision"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LeftOut",
                    fields=[
                        (
                            "revision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="left_out",
                                serialize=False,
                                to="corpus.revision",
                            ),
                        ),
                        ("lines", models.JSONField()),
                    ],
                ),
            ]
        ),
        RefuseWhen("revision_text_never_changes", "corpus_revision", "UPDATE OF text, sha256", "revisions are frozen"),
        RefuseWhen("anchor_stands_where_it_says", "corpus_anchor", "INSERT", MISMATCH, f"{WORDS_THERE} <> NEW.content"),
        RefuseWhen("anchor_moves_where_it_says", "corpus_anchor", "UPDATE", MISMATCH, f"{WORDS_THERE} <> NEW.content"),
        RefuseWhen(
            "echo_stands_where_it_says",
            "corpus_echo",
            "INSERT",
            "the words of the statement do not stand where the echo says",
            f"{WORDS_THERE} <> (SELECT s.content FROM corpus_statement s WHERE s.id = NEW.statement_id)",  # noqa: S608 -- our own tables
        ),
        IndexWords("corpus_statementwords", "corpus_statement_words_index"),
        IndexWords("corpus_revisionwords", "corpus_revision_words_index"),
    ]
