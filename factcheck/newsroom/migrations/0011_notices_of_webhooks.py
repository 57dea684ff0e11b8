from typing import Any

from django.db import migrations, models

BEFORE = ["mention", "assigned", "reassigned", "returned", "sent_back", "approved", "changed", "away"]
KINDS = [*BEFORE, "webhook_off"]
WORDS = [
    "mentioned you",
    "assigned to you",
    "given to somebody else",
    "went back to the queue",
    "sent back",
    "approved",
    "changed at its outlet",
    "no longer stands at its address as it did",
    "a webhook was switched off",
]


def forget(apps: Any, schema_editor: Any) -> None:
    """On the way back: the older rules know no such notices."""
    apps.get_model("newsroom", "Notice").objects.exclude(kind__in=BEFORE).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0010_notices_of_changed_articles"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_kind_known"),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(choices=list(zip(KINDS, WORDS, strict=True)), max_length=12),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="notice_kind_known"),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
