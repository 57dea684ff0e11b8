from django.db import migrations

from factcheck.ledger.operations import RefuseWhen

GIVEN = "OLD.state = 'given' AND NEW.state = 'given'"
WORDS = "a given assessment stays as it is"


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_blind_assessments")]

    operations = [
        RefuseWhen(
            "given_assessment_stays",
            "claims_assessment",
            "UPDATE OF rating_id, summary, reasoning",
            WORDS,
            GIVEN,
        ),
    ]
