from django.db import migrations

from factcheck.ledger.operations import RefuseWhen
from factcheck.ledger.fulltext import IndexWords

WORDS = "published reviews are never changed"
STRANGERS = (
    "EXISTS (SELECT 1 FROM claims_approval p WHERE p.verdict_id = NEW.verdict_id AND p.person_id NOT IN "
    "(SELECT a.person_id FROM claims_verdictauthor a WHERE a.verdict_id = NEW.verdict_id))"
)
APPROVED = (
    "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.state = 'approved' "  # noqa: S608 -- our own tables
    f"AND (v.solo OR {STRANGERS}))"
)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_publications_and_reviews"), ("claims", "0002_second_person")]

    operations = [
        RefuseWhen("review_never_changes", "publishing_claimreview", "UPDATE", WORDS),
        RefuseWhen("review_never_goes", "publishing_claimreview", "DELETE", WORDS),
        RefuseWhen("review_never_emptied", "publishing_claimreview", "TRUNCATE", WORDS),
        RefuseWhen("publication_keeps_its_address", "publishing_publication", "UPDATE OF slug, claim_id", WORDS),
        RefuseWhen("publication_never_goes", "publishing_publication", "DELETE", WORDS),
        RefuseWhen(
            "review_by_second_person",
            "publishing_claimreview",
            "INSERT",
            "only an approved verdict is published",
            f"NOT {APPROVED}",
        ),
        IndexWords("publishing_publishedwords", "publishing_words_index"),
    ]
