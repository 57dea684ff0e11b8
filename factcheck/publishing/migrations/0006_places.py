from django.db import migrations, models

from factcheck.publishing.operations import CopyPlaces


class Migration(migrations.Migration):
    """A page of what was found by words is read in the order of publication, and no row besides."""

    dependencies = [("publishing", "0005_reviews_by_change")]

    operations = [
        migrations.AddField(
            "publication",
            "place",
            models.BigIntegerField(
                editable=False,
                help_text="in the order of publication; the database copies it from its words",
                null=True,
            ),
        ),
        CopyPlaces(),
        migrations.AddIndex("publication", models.Index(fields=["state", "-place"], name="publication_by_place")),
        migrations.AddIndex(
            "publication", models.Index(fields=["state", "tone", "-place"], name="publication_of_tone")
        ),
        migrations.RemoveIndex("publication", "publication_by_tone"),
    ]
