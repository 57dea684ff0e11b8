from django.db import migrations, models


class Migration(migrations.Migration):
    """The list of the API reads what is published in the order of changes."""

    dependencies = [("publishing", "0004_exports")]

    operations = [
        migrations.AddIndex("publication", models.Index(fields=["state", "-seq"], name="publication_by_change")),
    ]
