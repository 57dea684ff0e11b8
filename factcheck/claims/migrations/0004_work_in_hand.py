import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from factcheck.ledger.identity import new_id

ONE_THING = (
    Q(claim__isnull=False, pair__isnull=True, article__isnull=True)
    | Q(claim__isnull=True, pair__isnull=False, article__isnull=True)
    | Q(claim__isnull=True, pair__isnull=True, article__isnull=False)
)


def give_ids(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let each of the rows there are be named in an address."""
    assignments = apps.get_model("claims", "Assignment").objects
    for key in assignments.filter(public_id__isnull=True).values_list("pk", flat=True):
        assignments.filter(pk=key).update(public_id=new_id())


def keep_claims_alone(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Going back: the old table knows claims only, and nobody loses more than a place in a queue."""
    apps.get_model("claims", "Assignment").objects.filter(claim__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_comments_guidelines_replies"),
        ("corpus", "0006_inquiries"),
        ("newsroom", "0005_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="claim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to="claims.claim",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="pair",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to="corpus.conflictpair",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to="corpus.article",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="purpose",
            field=models.CharField(
                choices=[("work", "to work on"), ("assess", "to assess blind")],
                db_default="work",
                default="work",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="slot",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="public_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(give_ids, keep_claims_alone),
        migrations.AlterField(
            model_name="assignment",
            name="public_id",
            field=models.UUIDField(default=new_id, editable=False, null=True, unique=True),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["until"], name="assignment_lapses"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("claim", "purpose", "slot"), name="assignment_claim_once_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("pair",), name="assignment_pair_once"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("article",), name="assignment_article_once"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(condition=ONE_THING, name="assignment_of_one_thing"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=Q(("purpose__in", ["work", "assess"])), name="assignment_purpose_known"
            ),
        ),
        migrations.CreateModel(
            name="ArticleCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
    ]
