import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("claims", "0001_claims_and_verdicts"),
        ("corpus", "0001_articles_and_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="appearance",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appearances", to="corpus.statement"
            ),
        ),
    ]
