from django.conf import settings
from django.db import migrations, models
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import factcheck.ledger.identity
from factcheck.ledger.operations import CreateTogether


class Migration(migrations.Migration):
    """All of this room from its first migration to `0013_alerts_on_views`, at once; those stay for whoever stands among them."""

    initial = True

    replaces = [
        ("newsroom", "0001_people_and_desks"),
        ("newsroom", "0002_access_tokens"),
        ("newsroom", "0003_session_epoch_and_sign_in_pace"),
        ("newsroom", "0004_desk_rules"),
        ("newsroom", "0005_notices"),
        ("newsroom", "0006_own_look_and_keys"),
        ("newsroom", "0007_saved_views"),
        ("newsroom", "0008_entry_links_and_role_requests"),
        ("newsroom", "0009_person_language"),
        ("newsroom", "0010_notices_of_changed_articles"),
        ("newsroom", "0011_notices_of_webhooks"),
        ("newsroom", "0012_token_limits"),
        ("newsroom", "0013_alerts_on_views"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=factcheck.ledger.identity.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("name", models.CharField(help_text="as colleagues and readers see it", max_length=120)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        ("session_epoch", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "wants_digest",
                            models.BooleanField(
                                db_default=False, default=False, help_text="notices of the day by e-mail"
                            ),
                        ),
                        (
                            "keys",
                            models.JSONField(
                                blank=True,
                                db_default={},
                                default=dict,
                                help_text="their own key for each of ours that they changed",
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[("system", "As this computer does"), ("light", "Light"), ("dark", "Dark")],
                                db_default="system",
                                default="system",
                                max_length=6,
                            ),
                        ),
                        ("time_zone", models.CharField(db_default="UTC", default="UTC", max_length=64)),
                        (
                            "tour_step",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                help_text="how far the first-run tour is; one past its end where it is put away",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[("", "As my browser says"), ("en", "English"), ("fr", "Français")],
                                db_default="",
                                default="",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("theme__in", ["system", "light", "dark"])), name="user_theme_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ["", "en", "fr"])), name="user_language_known"
                            ),
                        ],
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Desk",
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
                        ("name", models.CharField(max_length=120)),
                        ("slug", models.SlugField(unique=True)),
                        (
                            "approvals_needed",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="how many second people approve a verdict"
                            ),
                        ),
                        (
                            "solo",
                            models.BooleanField(
                                default=False, help_text="one-person newsroom: authors approve, and the page says so"
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False, editable=False)),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "pair_minutes",
                            models.PositiveSmallIntegerField(
                                db_default=30,
                                default=30,
                                help_text="after how many minutes an untouched conflict goes back to the queue",
                            ),
                        ),
                        (
                            "claim_hours",
                            models.PositiveSmallIntegerField(
                                db_default=24,
                                default=24,
                                help_text="after how many hours an untouched claim or assessment goes back",
                            ),
                        ),
                        (
                            "article_hours",
                            models.PositiveSmallIntegerField(
                                db_default=24,
                                default=24,
                                help_text="after how many hours an unchecked article goes back",
                            ),
                        ),
                        (
                            "assessors",
                            models.PositiveSmallIntegerField(
                                db_default=1,
                                default=1,
                                help_text="how many people assess each new claim blind; one asks for none",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("approvals_needed__in", (1, 2))),
                                name="desk_needs_one_or_two_approvals",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pair_minutes__gte", 1), ("claim_hours__gte", 1), ("article_hours__gte", 1)
                                ),
                                name="desk_waits_for_a_while",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("assessors__gte", 1), ("assessors__lte", 4)),
                                name="desk_asks_few_assessors",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("reporter", "Reporter"),
                                    ("reviewer", "Reviewer"),
                                    ("lead", "lead editor"),
                                    ("admin", "Admin"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "desk", "role"), name="membership_once"),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["reporter", "reviewer", "lead", "admin"])),
                                name="membership_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccessToken",
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
                        ("name", models.CharField(help_text="which program uses it", max_length=80)),
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("scopes", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="newsroom.desk"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("last_used_from", models.CharField(blank=True, db_default="", default="", max_length=45)),
                        (
                            "rate",
                            models.PositiveIntegerField(
                                help_text="requests a minute; null: as many as anybody", null=True
                            ),
                        ),
                        ("old_digest", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                        ("old_until", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="token_has_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate__isnull", True), ("rate__gte", 1), _connector="OR"),
                                name="token_rate_is_some",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("old_digest__isnull", True), ("old_until__isnull", True)),
                                    models.Q(("old_digest__isnull", False), ("old_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="token_old_key_has_an_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInPace",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("until", models.FloatField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Notice",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mention", "mentioned you"),
                                    ("assigned", "assigned to you"),
                                    ("reassigned", "given to somebody else"),
                                    ("returned", "went back to the queue"),
                                    ("sent_back", "sent back"),
                                    ("approved", "approved"),
                                    ("changed", "changed at its outlet"),
                                    ("away", "no longer stands at its address as it did"),
                                    ("webhook_off", "a webhook was switched off"),
                                    ("view", "new in a saved view"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        (
                            "place",
                            models.CharField(
                                blank=True, default="", help_text="the part of the page: #comment-…", max_length=80
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        ("mailed_at", models.DateTimeField(null=True)),
                        (
                            "by",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="newsroom.desk"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "count",
                            models.PositiveIntegerField(db_default=1, default=1, help_text="of how many it tells"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "mention",
                                            "assigned",
                                            "reassigned",
                                            "returned",
                                            "sent_back",
                                            "approved",
                                            "changed",
                                            "away",
                                            "webhook_off",
                                            "view",
                                        ],
                                    )
                                ),
                                name="notice_kind_known",
                            )
                        ],
                        "indexes": [
                            models.Index(fields=["person", "-at"], name="notice_of_person"),
                            models.Index(fields=["person", "read_at"], name="notice_unread"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
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
                        ("page", models.CharField(help_text="the list", max_length=40)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "query",
                            models.CharField(blank=True, help_text="as it stands in the address", max_length=600),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "desk",
                            models.ForeignKey(
                                help_text="with which it is shared",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "page", "name"), name="view_name_once"),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="view_has_a_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryLink",
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
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("name", models.CharField(help_text="whom it is for", max_length=120)),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("reporter", "Reporter"),
                                    ("reviewer", "Reviewer"),
                                    ("lead", "lead editor"),
                                    ("admin", "Admin"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry_links",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                help_text="whose new password; none for a new member",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person__isnull", True), ("role", ""), _connector="XOR"),
                                name="entry_link_is_an_invitation_or_a_reset",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleRequest",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("reporter", "Reporter"),
                                    ("reviewer", "Reviewer"),
                                    ("lead", "lead editor"),
                                    ("admin", "Admin"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
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
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="role_requests",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="role_requests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("desk", "person"),
                                name="role_request_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_by__isnull", True),
                                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="role_request_confirmed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["reporter", "reviewer", "lead", "admin"])),
                                name="role_request_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViewAlert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("looked_seq", models.BigIntegerField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alerts",
                                to="newsroom.savedview",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("view", "person"), name="view_alert_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ViewMatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_id", models.UUIDField()),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="matches",
                                to="newsroom.viewalert",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("alert", "subject_id"), name="view_match_once")
                        ],
                    },
                ),
            ]
        )
    ]
