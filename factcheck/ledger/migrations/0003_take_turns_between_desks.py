from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_append_only_audit"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="job",
            name="job_waiting",
        ),
        migrations.AddField(
            model_name="job",
            name="turn",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("priority"), descending=True),
                models.F("turn"),
                models.F("created_at"),
                name="job_next",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                models.F("state"),
                models.F("desk_id"),
                models.OrderBy(models.F("priority"), descending=True),
                models.F("turn"),
                name="job_turns",
            ),
        ),
    ]
