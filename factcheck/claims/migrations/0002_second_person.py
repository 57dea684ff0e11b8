from django.db import migrations

from factcheck.ledger.operations import RefuseWhen

IS_SOLO = "(SELECT v.solo FROM claims_verdict v WHERE v.id = NEW.verdict_id)"
WROTE_IT = (
    "EXISTS (SELECT 1 FROM claims_verdictauthor a WHERE a.verdict_id = NEW.verdict_id AND a.person_id = NEW.person_id)"
)
APPROVED_IT = (
    "EXISTS (SELECT 1 FROM claims_approval a WHERE a.verdict_id = NEW.verdict_id AND a.person_id = NEW.person_id)"
)
WORDS = "whoever wrote a verdict may not approve it"


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_claims_and_verdicts")]

    operations = [
        RefuseWhen("approval_by_second_person", "claims_approval", "INSERT", WORDS, f"{WROTE_IT} AND NOT {IS_SOLO}"),
        RefuseWhen(
            "author_is_no_approver",
            "claims_verdictauthor",
            "INSERT",
            WORDS,
            f"{APPROVED_IT} AND NOT {IS_SOLO}",
        ),
    ]
