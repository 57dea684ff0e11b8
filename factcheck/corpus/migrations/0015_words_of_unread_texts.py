import django.db.models.deletion
from django.db import migrations, models

from factcheck.ledger.fulltext import IndexWords


class Migration(migrations.Migration):
    """A table of the words that unread texts are found by; what lay there before it came, the routine `index` adds."""

    dependencies = [("corpus", "0014_statement_fulltext")]

    operations = [
        migrations.CreateModel(
            name="RevisionWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="corpus.revision"
                    ),
                ),
            ],
        ),
        IndexWords("corpus_revisionwords", "corpus_revision_words_index"),
    ]
