from django.db import migrations

from factcheck.ledger.operations import RefuseWhen

# The words from start to end, counted in code points, as both databases count them.
WORDS_THERE = (
    'COALESCE((SELECT substr(r.text, NEW."start" + 1, NEW."end" - NEW."start") '
    "FROM corpus_revision r WHERE r.id = NEW.revision_id), '') <> NEW.content"
)
MISMATCH = "the words do not stand where the anchor says"


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_articles_and_statements")]

    operations = [
        RefuseWhen("revision_text_never_changes", "corpus_revision", "UPDATE OF text, sha256", "revisions are frozen"),
        RefuseWhen("anchor_stands_where_it_says", "corpus_anchor", "INSERT", MISMATCH, WORDS_THERE),
        RefuseWhen("anchor_moves_where_it_says", "corpus_anchor", "UPDATE", MISMATCH, WORDS_THERE),
    ]
