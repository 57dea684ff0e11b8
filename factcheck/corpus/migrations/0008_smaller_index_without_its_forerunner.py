from django.db import migrations, models


class Migration(migrations.Migration):
    """Four bytes for a place, and no index that nobody reads.

    `corpus_statementterm` was last read and written before `0004_index_of_related_articles`. The code before this
    migration goes on as it was: it writes the same numbers. PostgreSQL writes the table of places anew under its lock.
    """

    dependencies = [
        ("corpus", "0007_statements_mended_by_hand"),
    ]

    operations = [
        migrations.DeleteModel(name="StatementTerm"),
        migrations.AlterField(model_name="articleterm", name="place", field=models.IntegerField()),
    ]
