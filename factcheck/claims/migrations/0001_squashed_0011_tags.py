from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
import django.db.models.deletion
import factcheck.ledger.identity
from factcheck.ledger.operations import CreateTogether, RefuseWhen

IS_SOLO = "(SELECT v.solo FROM claims_verdict v WHERE v.id = NEW.verdict_id)"
WROTE_IT = (
    "EXISTS (SELECT 1 FROM claims_verdictauthor a WHERE a.verdict_id = NEW.verdict_id AND a.person_id = NEW.person_id)"
)
APPROVED_IT = (
    "EXISTS (SELECT 1 FROM claims_approval a WHERE a.verdict_id = NEW.verdict_id AND a.person_id = NEW.person_id)"
)
WORDS = "whoever wrote a verdict may not approve it"
GIVEN = "OLD.state = 'given' AND NEW.state = 'given'"


def name_as_before(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL names by itself what is unique from its beginning; there it was made so later."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE claims_assignment "
            "RENAME CONSTRAINT claims_assignment_public_id_key TO claims_assignment_public_id_4bdb8deb_uniq"
        )


class Migration(migrations.Migration):
    """All of this room from its first migration to `0011_tags`, at once; those stay for whoever stands among them."""

    initial = True

    replaces = [
        ("claims", "0001_claims_and_verdicts"),
        ("claims", "0002_second_person"),
        ("claims", "0003_comments_guidelines_replies"),
        ("claims", "0004_work_in_hand"),
        ("claims", "0005_blind_assessments"),
        ("claims", "0006_given_assessments_stay"),
        ("claims", "0007_imported_reviews"),
        ("claims", "0009_changed_sources"),
        ("claims", "0010_match_index"),
        ("claims", "0011_tags"),
    ]

    dependencies = [
        ("corpus", "0014_statement_fulltext"),
        ("newsroom", "0012_token_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Claim",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="claim_has_words"
                            ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("assigned_at", models.DateTimeField()),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="corpus.conflictpair",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="corpus.article",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("work", "to work on"), ("assess", "to assess blind")],
                                db_default="work",
                                default="work",
                                max_length=6,
                            ),
                        ),
                        ("slot", models.PositiveSmallIntegerField(null=True)),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "public_id",
                            models.UUIDField(
                                default=factcheck.ledger.identity.new_id, editable=False, null=True, unique=True
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("claim", "person"), name="assignment_once"),
                            models.UniqueConstraint(
                                fields=("claim", "purpose", "slot"), name="assignment_claim_once_per_place"
                            ),
                            models.UniqueConstraint(fields=("pair",), name="assignment_pair_once"),
                            models.UniqueConstraint(fields=("article",), name="assignment_article_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", True), ("claim__isnull", False), ("pair__isnull", True)
                                    ),
                                    models.Q(
                                        ("article__isnull", True), ("claim__isnull", True), ("pair__isnull", False)
                                    ),
                                    models.Q(
                                        ("article__isnull", False), ("claim__isnull", True), ("pair__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="assignment_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["work", "assess"])), name="assignment_purpose_known"
                            ),
                        ],
                        "indexes": [models.Index(fields=["until"], name="assignment_lapses")],
                    },
                ),
                migrations.CreateModel(
                    name="Appearance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(choices=[("asserts", "Asserts"), ("denies", "Denies")], max_length=8),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appearances",
                                to="corpus.statement",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appearances",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("claim", "statement"), name="appearance_once"),
                            models.CheckConstraint(
                                condition=models.Q(("stance__in", ["asserts", "denies"])),
                                name="appearance_stance_known",
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
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                        ("created_seq", models.BigIntegerField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rating_scales",
                                to="newsroom.desk",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(db_default=1, default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "name", "number"), name="rating_scale_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("label", models.CharField(max_length=60)),
                        ("definition", models.CharField(max_length=300)),
                        (
                            "tone",
                            models.CharField(
                                choices=[
                                    ("true", "True"),
                                    ("mixed", "Mixed"),
                                    ("unproven", "Unproven"),
                                    ("false", "False"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("retired_at", models.DateTimeField(null=True)),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="claims.ratingscale",
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
                    name="Guideline",
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
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(help_text="Markdown")),
                        ("written_at", models.DateTimeField()),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidelines",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "number"), name="guideline_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="guideline_has_words"
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
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.rating",
                            ),
                        ),
                        (
                            "guideline",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="claims.guideline",
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
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("url", models.CharField(blank=True, default="", max_length=2000)),
                        ("excerpt", models.TextField(blank=True, default="")),
                        (
                            "bearing",
                            models.CharField(
                                choices=[("supports", "Supports"), ("refutes", "Refutes"), ("context", "Context")],
                                max_length=8,
                            ),
                        ),
                        ("archived_url", models.CharField(blank=True, default="", max_length=2000)),
                        ("attached_at", models.DateTimeField()),
                        (
                            "attached_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "evidence",
                        "ordering": ["attached_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="evidence_has_title"
                            ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("approved_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("verdict", "person"), name="approval_once_per_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VerdictAuthor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="claims.verdict"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("verdict", "person"), name="verdict_author_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("start", models.PositiveIntegerField(null=True)),
                        ("end", models.PositiveIntegerField(null=True)),
                        (
                            "words",
                            models.TextField(
                                blank=True, default="", help_text="the words of the revision that it is about"
                            ),
                        ),
                        ("body", models.TextField()),
                        ("written_at", models.DateTimeField()),
                        ("edited_at", models.DateTimeField(null=True)),
                        ("deleted_at", models.DateTimeField(null=True)),
                        ("resolved_at", models.DateTimeField(null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="newsroom.desk"
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="corpus.conflictpair",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corpus.revision",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="corpus.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claim__isnull", False), ("pair__isnull", True)),
                                    models.Q(("claim__isnull", True), ("pair__isnull", False)),
                                    models.Q(
                                        ("claim__isnull", True), ("pair__isnull", True), ("statement__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="comment_stands_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end__gt", models.F("start")),
                                        ("end__isnull", False),
                                        ("revision__isnull", False),
                                        ("start__isnull", False),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("end__isnull", True),
                                        ("revision__isnull", True),
                                        ("start__isnull", True),
                                        ("words", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="comment_span_is_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("deleted_at__isnull", True), models.Q(("body", ""), _negated=True)),
                                    models.Q(("body", ""), ("deleted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="comment_says_something_or_was_taken_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="comment_resolved_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
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
                        ("mentioned_at", models.DateTimeField()),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="claims.comment",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person", "-mentioned_at"], name="mentions_of_person")],
                        "constraints": [models.UniqueConstraint(fields=("comment", "person"), name="mention_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("until", models.DateTimeField()),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="claims.claim"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("claim", "person"), name="presence_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
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
                        ("who", models.CharField(max_length=300)),
                        ("asked_on", models.DateField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("asked", "asked, no answer yet"),
                                    ("answered", "answered"),
                                    ("declined", "declined to comment"),
                                    ("silent", "did not answer"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, default="")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="claims.verdict"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "replies",
                        "ordering": ["recorded_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("verdict", "who"), name="reply_once_per_person"),
                            models.CheckConstraint(
                                condition=models.Q(("who", ""), _negated=True), name="reply_names_somebody"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["asked", "answered", "declined", "silent"])),
                                name="reply_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "answered"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="reply_answered_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("checked_at", models.DateTimeField()),
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_done",
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
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("given", "given")], default="draft", max_length=5
                            ),
                        ),
                        ("summary", models.CharField(blank=True, default="", max_length=600)),
                        ("reasoning", models.TextField(blank=True, default="")),
                        ("saved_at", models.DateTimeField()),
                        ("given_at", models.DateTimeField(null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="claims.claim",
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
                        (
                            "rating",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.rating",
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
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blind_review",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("wanted__gte", 2), ("wanted__lte", 4)),
                                name="blind_review_asks_several",
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
                migrations.CreateModel(
                    name="ReviewImport",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_imports",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["desk", "-asked_at"], name="review_imports_of_desk"),
                            models.Index(fields=["original_sha256"], name="review_imports_by_original"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["checking", "checked", "importing", "imported", "taken_back"])
                                ),
                                name="review_import_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("original_sha256", ""), _negated=True),
                                ),
                                name="review_import_of_a_file",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedReview",
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
                        ("url", models.CharField(max_length=2000)),
                        ("claim_text", models.TextField()),
                        ("claimant", models.CharField(blank=True, default="", max_length=300)),
                        ("claim_date", models.DateField(null=True)),
                        ("title", models.CharField(blank=True, default="", max_length=500)),
                        ("publisher_name", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "publisher_site",
                            models.CharField(help_text="the host of the address, without www.", max_length=253),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imported_reviews",
                                to="newsroom.desk",
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
                    options={
                        "indexes": [models.Index(fields=["desk", "publisher_site"], name="imported_by_publisher")],
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "identity"), name="imported_review_once"),
                            models.CheckConstraint(
                                condition=models.Q(("claim_text", ""), _negated=True),
                                name="imported_review_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rating_text", ""), _negated=True),
                                name="imported_review_has_rating",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"
                                ),
                                name="imported_review_url_is_web",
                            ),
                        ],
                    },
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="problems",
                                to="claims.reviewimport",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review_import", "number", "field"), name="row_problem_once_per_field"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("problem", ""), _negated=True), models.Q(("remedy", ""), _negated=True)
                                ),
                                name="row_problem_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceChange",
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
                        (
                            "what",
                            models.CharField(
                                choices=[("reworded", "reads otherwise"), ("lost", "taken out")], max_length=8
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reopened", models.BooleanField(default=False)),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="source_changes",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="source_changes",
                                to="corpus.revision",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="source_changes",
                                to="corpus.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "statement", "revision"), name="source_change_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("what__in", ("reworded", "lost"))), name="source_change_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="source_change_settled_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownClaim",
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
                        ("words", models.BinaryField()),
                        ("meaning", models.BinaryField(default=b"")),
                        ("digest", models.CharField(max_length=64)),
                        ("reader", models.CharField(max_length=16)),
                        ("read_at_seq", models.BigIntegerField()),
                        ("is_gone", models.BooleanField(default=False)),
                        (
                            "claim",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="known",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "imported",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="known",
                                to="claims.importedreview",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claim__isnull", False), ("imported__isnull", True)),
                                    models.Q(("claim__isnull", True), ("imported__isnull", False)),
                                    _connector="OR",
                                ),
                                name="known_claim_is_of_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
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
                        ("name", models.CharField(max_length=40)),
                        ("name_key", models.CharField(editable=False, max_length=80)),
                        ("made_at", models.DateTimeField()),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tags", to="newsroom.desk"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("desk", "name_key"), name="tag_once_per_desk"),
                            models.CheckConstraint(
                                condition=models.Q(("name_key", ""), _negated=True), name="tag_has_words"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tagging",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="taggings",
                                to="corpus.article",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="taggings",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="taggings",
                                to="corpus.conflictpair",
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
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="claims.tag"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("tag", "claim"), name="tagging_claim_once"),
                            models.UniqueConstraint(fields=("tag", "pair"), name="tagging_pair_once"),
                            models.UniqueConstraint(fields=("tag", "article"), name="tagging_article_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", True), ("claim__isnull", False), ("pair__isnull", True)
                                    ),
                                    models.Q(
                                        ("article__isnull", True), ("claim__isnull", True), ("pair__isnull", False)
                                    ),
                                    models.Q(
                                        ("article__isnull", False), ("claim__isnull", True), ("pair__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="tagging_of_one_thing",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(name_as_before, migrations.RunPython.noop),
        RefuseWhen("approval_by_second_person", "claims_approval", "INSERT", WORDS, f"{WROTE_IT} AND NOT {IS_SOLO}"),
        RefuseWhen(
            "author_is_no_approver", "claims_verdictauthor", "INSERT", WORDS, f"{APPROVED_IT} AND NOT {IS_SOLO}"
        ),
        RefuseWhen(
            "given_assessment_stays",
            "claims_assessment",
            "UPDATE OF rating_id, summary, reasoning",
            "a given assessment stays as it is",
            GIVEN,
        ),
    ]
