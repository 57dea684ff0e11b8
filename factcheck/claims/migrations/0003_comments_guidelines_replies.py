from importlib import import_module

import django.db.models.deletion
import factcheck.ledger.identity
from django.conf import settings
from django.db import migrations, models

from factcheck.ledger.operations import PutBack, SetAside

SECOND_PERSON = import_module("factcheck.claims.migrations.0002_second_person").Migration.operations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_second_person"),
        ("corpus", "0006_inquiries"),
        ("newsroom", "0003_session_epoch_and_sign_in_pace"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        SetAside(SECOND_PERSON),
        migrations.CreateModel(
            name="Comment",
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
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                (
                    "words",
                    models.TextField(blank=True, default="", help_text="the words of the revision that it is about"),
                ),
                ("body", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Guideline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(help_text="Markdown")),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mentioned_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
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
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="ratingscale",
            name="rating_scale_once_per_desk",
        ),
        migrations.AddField(
            model_name="ratingscale",
            name="number",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddConstraint(
            model_name="ratingscale",
            constraint=models.UniqueConstraint(fields=("desk", "name", "number"), name="rating_scale_number_once"),
        ),
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="claim",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="claims.claim"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="newsroom.desk"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="pair",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="corpus.conflictpair",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="resolved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="revision",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corpus.revision"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="statement",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="corpus.statement"
            ),
        ),
        migrations.AddField(
            model_name="guideline",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="guidelines", to="newsroom.desk"
            ),
        ),
        migrations.AddField(
            model_name="guideline",
            name="written_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="guideline",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="claims.guideline"
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="claims.comment"
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentions", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="claims.claim"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="verdict",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="claims.verdict"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", False), ("pair__isnull", True)),
                    models.Q(("claim__isnull", True), ("pair__isnull", False)),
                    models.Q(("claim__isnull", True), ("pair__isnull", True), ("statement__isnull", False)),
                    _connector="OR",
                ),
                name="comment_stands_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end__gt", models.F("start")),
                        ("end__isnull", False),
                        ("revision__isnull", False),
                        ("start__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    models.Q(("end__isnull", True), ("revision__isnull", True), ("start__isnull", True), ("words", "")),
                    _connector="OR",
                ),
                name="comment_span_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deleted_at__isnull", True), models.Q(("body", ""), _negated=True)),
                    models.Q(("body", ""), ("deleted_at__isnull", False)),
                    _connector="OR",
                ),
                name="comment_says_something_or_was_taken_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="comment_resolved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(fields=("desk", "number"), name="guideline_number_once"),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="guideline_has_words"
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["person", "-mentioned_at"], name="mentions_of_person"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("comment", "person"), name="mention_once"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("claim", "person"), name="presence_once"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("verdict", "who"), name="reply_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("who", ""), _negated=True), name="reply_names_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["asked", "answered", "declined", "silent"])),
                name="reply_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "answered"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="reply_answered_in_words",
            ),
        ),
        PutBack(SECOND_PERSON),
    ]
