from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import factcheck.ledger.identity
from factcheck.ledger.fulltext import IndexWords
from factcheck.ledger.operations import CreateTogether, RefuseWhen
from factcheck.publishing.operations import CopyPlaces

WORDS = "published reviews are never changed"
STRANGERS = (
    "EXISTS (SELECT 1 FROM claims_approval p WHERE p.verdict_id = NEW.verdict_id AND p.person_id NOT IN "
    "(SELECT a.person_id FROM claims_verdictauthor a WHERE a.verdict_id = NEW.verdict_id))"
)
APPROVED = (
    "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.state = 'approved' "  # noqa: S608 -- our own tables
    f"AND (v.solo OR {STRANGERS}))"
)


class Migration(migrations.Migration):
    """All of this room from its first migration to `0006_places`, at once; those stay for whoever stands among them."""

    initial = True

    replaces = [
        ("publishing", "0001_publications_and_reviews"),
        ("publishing", "0002_reviews_never_change"),
        ("publishing", "0003_webhooks"),
        ("publishing", "0004_exports"),
        ("publishing", "0005_reviews_by_change"),
        ("publishing", "0006_places"),
    ]

    dependencies = [
        ("claims", "0002_second_person"),
        ("ledger", "0006_count_interruptions"),
        ("newsroom", "0011_notices_of_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Publication",
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
                        ("slug", models.SlugField(max_length=100)),
                        (
                            "state",
                            models.CharField(
                                choices=[("live", "live"), ("withdrawn", "withdrawn")], default="live", max_length=9
                            ),
                        ),
                        ("first_published_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("text", models.CharField(max_length=600)),
                        ("speaker_name", models.CharField(blank=True, default="", max_length=300)),
                        ("speaker_id", models.UUIDField(null=True)),
                        (
                            "pair_id",
                            models.UUIDField(help_text="the confirmed conflict that it was opened from", null=True),
                        ),
                        ("rating_label", models.CharField(max_length=60)),
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
                        ("language", models.CharField(max_length=12)),
                        ("claimed_on", models.DateField(null=True)),
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publication",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "live",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="publishing.claimreview",
                            ),
                        ),
                        (
                            "place",
                            models.BigIntegerField(
                                editable=False,
                                help_text="in the order of publication; the database copies it from its words",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "-first_published_at", "-id"], name="publication_in_order"),
                            models.Index(fields=["speaker_id"], name="publication_of_speaker"),
                            models.Index(fields=["pair_id"], name="publication_of_pair"),
                            models.Index(fields=["state", "-seq"], name="publication_by_change"),
                            models.Index(fields=["state", "-place"], name="publication_by_place"),
                            models.Index(fields=["state", "tone", "-place"], name="publication_of_tone"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("slug",), name="publication_address_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["live", "withdrawn"])), name="publication_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tone__in", ["true", "mixed", "unproven", "false"])),
                                name="publication_tone_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimReview",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("published", "published"),
                                    ("corrected", "corrected"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("contents", models.JSONField()),
                        ("rich", models.BinaryField()),
                        ("strict", models.BinaryField()),
                        ("reason", models.TextField(blank=True, default="")),
                        ("solo", models.BooleanField(default=False)),
                        ("published_at", models.DateTimeField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="claims.verdict"
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "number"), name="review_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "withdrawn"), _negated=True),
                                fields=("verdict",),
                                name="review_once_per_verdict",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["published", "corrected", "withdrawn"])),
                                name="review_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="review_counts_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "published"), ("number", 1)),
                                    models.Q(("number__gt", 1), models.Q(("kind", "published"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="review_first_is_publication",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "published"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="review_later_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "publication",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="WebhookEndpoint",
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
                        ("url", models.CharField(max_length=2000)),
                        ("description", models.CharField(blank=True, default="", max_length=200)),
                        ("topics", models.JSONField(help_text="the kinds of message that go there")),
                        ("secret", models.CharField(editable=False, max_length=100)),
                        ("secret_since", models.DateTimeField(editable=False)),
                        ("older_secret", models.CharField(blank=True, default="", editable=False, max_length=100)),
                        ("older_until", models.DateTimeField(editable=False, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("enabled", "on"), ("disabled", "off"), ("removed", "removed")],
                                default="enabled",
                                max_length=8,
                            ),
                        ),
                        (
                            "disabled_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("by_hand", "switched off by a person"),
                                    ("gone", "it answered 410: it wants no more messages"),
                                    ("failing", "nothing had reached it for three days"),
                                ],
                                default="",
                                max_length=8,
                            ),
                        ),
                        ("disabled_at", models.DateTimeField(null=True)),
                        ("failing_since", models.DateTimeField(null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        (
                            "paused_until",
                            models.DateTimeField(help_text="it asked to be left alone until then", null=True),
                        ),
                        ("last_sent_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="webhooks", to="newsroom.desk"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["desk", "state"], name="webhook_of_desk")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["enabled", "disabled", "removed"])),
                                name="webhook_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("secret", ""), _negated=True), ("state", "removed"), _connector="OR"
                                ),
                                name="webhook_has_a_secret",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("older_secret", ""), ("older_until__isnull", True)),
                                    models.Q(
                                        models.Q(("older_secret", ""), _negated=True), ("older_until__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="webhook_older_secret_runs_out",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("disabled_at__isnull", True), ("disabled_because", ""), ("state", "enabled")
                                    ),
                                    models.Q(
                                        models.Q(("state", "enabled"), _negated=True),
                                        ("disabled_at__isnull", False),
                                        ("disabled_because__in", ["by_hand", "gone", "failing"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="webhook_is_off_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("failing_since__isnull", True), ("failures", 0)),
                                    models.Q(("failing_since__isnull", False), ("failures__gt", 0)),
                                    _connector="OR",
                                ),
                                name="webhook_fails_since_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                        ("is_test", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("pending", "waiting"), ("sent", "sent"), ("given_up", "given up")],
                                default="pending",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_attempt_at", models.DateTimeField()),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("token", models.UUIDField(null=True)),
                        ("last_status", models.PositiveSmallIntegerField(null=True)),
                        (
                            "last_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("status", "it answered with an error"),
                                    (
                                        "redirected",
                                        "it leads elsewhere, where nobody follows: give the address that it leads to",
                                    ),
                                    ("no_answer", "it did not answer within 15 seconds"),
                                    ("no_such_host", "there is no server of this name"),
                                    ("not_trusted", "its certificate does not prove who it is"),
                                    (
                                        "forbidden_address",
                                        "it lies in a private network, or at a port that is not used",
                                    ),
                                    ("unfit_address", "this is no web address"),
                                    ("broken_answer", "its answer broke off"),
                                    ("switched_off", "the webhook was off"),
                                ],
                                default="",
                                max_length=17,
                            ),
                        ),
                        ("last_answer", models.CharField(blank=True, default="", max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="ledger.outboxmessage",
                            ),
                        ),
                        (
                            "endpoint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="publishing.webhookendpoint",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "next_attempt_at"], name="delivery_to_send"),
                            models.Index(fields=["endpoint", "state", "next_attempt_at"], name="delivery_of_endpoint"),
                            models.Index(fields=["state", "ended_at"], name="delivery_ended"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("message", "endpoint"), name="delivery_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["pending", "sent", "given_up"])),
                                name="delivery_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "pending")),
                                    models.Q(
                                        models.Q(("state", "pending"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_ended_when_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "pending"), ("lease_until__isnull", True), _connector="OR"
                                ),
                                name="delivery_is_held_while_pending",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("seconds", models.FloatField()),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("status", "it answered with an error"),
                                    (
                                        "redirected",
                                        "it leads elsewhere, where nobody follows: give the address that it leads to",
                                    ),
                                    ("no_answer", "it did not answer within 15 seconds"),
                                    ("no_such_host", "there is no server of this name"),
                                    ("not_trusted", "its certificate does not prove who it is"),
                                    (
                                        "forbidden_address",
                                        "it lies in a private network, or at a port that is not used",
                                    ),
                                    ("unfit_address", "this is no web address"),
                                    ("broken_answer", "its answer broke off"),
                                    ("switched_off", "the webhook was off"),
                                ],
                                default="",
                                max_length=17,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, default="", max_length=500)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tries",
                                to="publishing.delivery",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Export",
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
                                choices=[
                                    ("reviews", "published reviews"),
                                    ("claims", "claims and verdicts, published or not"),
                                    ("statements", "statements"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "shape",
                            models.CharField(
                                choices=[
                                    ("csv", "CSV, for spreadsheets"),
                                    ("jsonl", "JSONL, a line for each"),
                                    ("claimreview", "ClaimReview, as a DataFeed"),
                                    ("annotations", "W3C Web Annotations"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("as_of", models.BigIntegerField()),
                        ("position", models.UUIDField(null=True)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("size", models.BigIntegerField(default=0)),
                        ("part", models.CharField(blank=True, default="", max_length=100)),
                        ("sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("expires_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="exports", to="newsroom.desk"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["asked_by", "-asked_at"], name="exports_of_person"),
                            models.Index(fields=["expires_at"], name="exports_by_end"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("what__in", ["reviews", "claims", "statements"])),
                                name="export_what_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shape__in", ["csv", "jsonl", "claimreview", "annotations"])),
                                name="export_shape_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(
                                        models.Q(("sha256", ""), _negated=True), models.Q(("part", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="export_whole_when_ended",
                            ),
                        ],
                    },
                ),
            ]
        ),
        RefuseWhen("review_never_changes", "publishing_claimreview", "UPDATE", WORDS),
        RefuseWhen("review_never_goes", "publishing_claimreview", "DELETE", WORDS),
        RefuseWhen("review_never_emptied", "publishing_claimreview", "TRUNCATE", WORDS),
        RefuseWhen("publication_keeps_its_address", "publishing_publication", "UPDATE OF slug, claim_id", WORDS),
        RefuseWhen("publication_never_goes", "publishing_publication", "DELETE", WORDS),
        RefuseWhen(
            "review_by_second_person",
            "publishing_claimreview",
            "INSERT",
            "only an approved verdict is published",
            f"NOT {APPROVED}",
        ),
        IndexWords("publishing_publishedwords", "publishing_words_index"),
        CopyPlaces(),
    ]
