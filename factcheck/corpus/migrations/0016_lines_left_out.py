import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The lines that stood around a text; of what was taken in before, none are known."""

    dependencies = [("corpus", "0015_words_of_unread_texts")]

    operations = [
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
