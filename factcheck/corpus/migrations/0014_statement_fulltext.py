import django.db.models.deletion
from django.db import migrations, models

from factcheck.ledger.fulltext import IndexWords


class Migration(migrations.Migration):
    """A table of the words that statements are found by; what was read before it came, the routine `index` adds."""

    dependencies = [("corpus", "0013_near_duplicates")]

    operations = [
        migrations.CreateModel(
            name="StatementWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="corpus.statement"
                    ),
                ),
            ],
        ),
        IndexWords("corpus_statementwords", "corpus_statement_words_index"),
    ]
