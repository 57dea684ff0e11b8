from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_session_epoch_and_sign_in_pace"),
    ]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            model_name="desk",
            name="pair_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=30,
                default=30,
                help_text="after how many minutes an untouched conflict goes back to the queue",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="claim_hours",
            field=models.PositiveSmallIntegerField(
                db_default=24,
                default=24,
                help_text="after how many hours an untouched claim or assessment goes back",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="article_hours",
            field=models.PositiveSmallIntegerField(
                db_default=24, default=24, help_text="after how many hours an unchecked article goes back"
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="assessors",
            field=models.PositiveSmallIntegerField(
                db_default=1,
                default=1,
                help_text="how many people assess each new claim blind; one asks for none",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(("pair_minutes__gte", 1), ("claim_hours__gte", 1), ("article_hours__gte", 1)),
                name="desk_waits_for_a_while",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(("assessors__gte", 1), ("assessors__lte", 4)), name="desk_asks_few_assessors"
            ),
        ),
    ]
