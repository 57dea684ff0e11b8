import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("corpus", "0001_articles_and_statements"),
        ("newsroom", "0001_people_and_desks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="newsroom.desk"
            ),
        ),
        migrations.AddField(
            model_name="articlereader",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="corpus.article"
            ),
        ),
        migrations.AddField(
            model_name="articlereader",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="conflictpair",
            name="covered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="covers",
                to="corpus.conflictpair",
            ),
        ),
        migrations.AddField(
            model_name="conflictpair",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="conflictpair",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairs", to="newsroom.desk"
            ),
        ),
        migrations.AddField(
            model_name="detection",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="detections",
                to="corpus.analysisrun",
            ),
        ),
        migrations.AddField(
            model_name="outlet",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="outlets", to="newsroom.desk"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="outlet",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="corpus.outlet",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="corpus.article"
            ),
        ),
        migrations.AddField(
            model_name="anchor",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="corpus.revision"
            ),
        ),
        migrations.AddField(
            model_name="analysisrun",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="corpus.revision"
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="local_speakers",
                to="corpus.article",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="speakers", to="newsroom.desk"
            ),
        ),
        migrations.AddField(
            model_name="speakeralias",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="corpus.speaker"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="corpus.article"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="reported_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relayed",
                to="corpus.speaker",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="corpus.speaker"
            ),
        ),
        migrations.AddField(
            model_name="detection",
            name="statement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="detections",
                to="corpus.statement",
            ),
        ),
        migrations.AddField(
            model_name="conflictpair",
            name="a",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairs_as_a", to="corpus.statement"
            ),
        ),
        migrations.AddField(
            model_name="conflictpair",
            name="b",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairs_as_b", to="corpus.statement"
            ),
        ),
        migrations.AddField(
            model_name="anchor",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="corpus.statement"
            ),
        ),
        migrations.AddField(
            model_name="statementterm",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="corpus.statement"
            ),
        ),
        migrations.AddConstraint(
            model_name="articlereader",
            constraint=models.UniqueConstraint(fields=("article", "person"), name="article_reader_once"),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.UniqueConstraint(fields=("desk", "name_key"), name="outlet_once_per_desk"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["desk", "-added_at"], name="article_of_desk"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("desk", "text_sha256"), name="article_text_once_per_desk"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("desk", "url"), name="article_url_once_per_desk"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("access__in", ["open", "restricted"])), name="article_access_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url__isnull", True),
                    ("url__startswith", "https://"),
                    ("url__startswith", "http://"),
                    _connector="OR",
                ),
                name="article_url_is_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="revision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("article", "sha256"), name="revision_text_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_counts_from_one"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="revision_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="analysisrun",
            constraint=models.UniqueConstraint(fields=("revision", "engine_version", "mode"), name="run_once"),
        ),
        migrations.AddConstraint(
            model_name="analysisrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["live", "shadow"])), name="run_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article__isnull", True)),
                fields=("desk", "kind", "name_key"),
                name="speaker_once_per_desk",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article__isnull", False)),
                fields=("article", "kind", "name_key"),
                name="speaker_once_per_article",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["person", "organisation", "group", "narrator", "unknown"])),
                name="speaker_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakeralias",
            constraint=models.UniqueConstraint(fields=("speaker", "name"), name="speaker_alias_once"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["article", "gone_at"], name="statement_of_article"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", ""), _negated=True), name="statement_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("quote__in", ["direct", "indirect", "mixed", "none"])),
                name="statement_quote_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("checkworthiness__range", (0, 1)), ("confidence__range", (0, 1))),
                name="statement_shares_are_shares",
            ),
        ),
        migrations.AddConstraint(
            model_name="detection",
            constraint=models.UniqueConstraint(fields=("run", "start", "end"), name="detection_once"),
        ),
        migrations.AddConstraint(
            model_name="detection",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="detection_end_after_start"
            ),
        ),
        migrations.AddIndex(
            model_name="conflictpair",
            index=models.Index(fields=["desk", "status", "-score"], name="pair_queue"),
        ),
        migrations.AddIndex(
            model_name="conflictpair",
            index=models.Index(fields=["desk", "fingerprint"], name="pair_fingerprint"),
        ),
        migrations.AddConstraint(
            model_name="conflictpair",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Least("a", "b"),
                django.db.models.functions.comparison.Greatest("a", "b"),
                name="pair_once_in_either_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("a", models.F("b")), _negated=True), name="pair_has_two_sides"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["suggested", "confirmed", "dismissed", "parked", "obsolete"])),
                name="pair_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictpair",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="conflictpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__range", (0, 1))), name="pair_score_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictpair",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="anchor",
            constraint=models.UniqueConstraint(fields=("statement", "revision"), name="anchor_once_per_revision"),
        ),
        migrations.AddConstraint(
            model_name="anchor",
            constraint=models.UniqueConstraint(fields=("revision", "start", "end"), name="anchor_span_once"),
        ),
        migrations.AddConstraint(
            model_name="anchor",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="anchor_end_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="anchor",
            constraint=models.CheckConstraint(
                condition=models.Q(("passage_end__gte", models.F("end")), ("passage_start__lte", models.F("start"))),
                name="anchor_inside_its_passage",
            ),
        ),
        migrations.AddIndex(
            model_name="statementterm",
            index=models.Index(fields=["term", "statement"], name="statements_of_term"),
        ),
        migrations.AddConstraint(
            model_name="statementterm",
            constraint=models.UniqueConstraint(fields=("statement", "term"), name="term_once_per_statement"),
        ),
    ]
