from django.db import migrations

from factcheck.ledger.operations import RefuseWhen

PUBLISHED = "EXISTS (SELECT 1 FROM publishing_claimreview r WHERE r.verdict_id = OLD.id)"


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_places"), ("claims", "0011_tags")]

    operations = [
        RefuseWhen(
            "published_verdict_stays_approved",
            "claims_verdict",
            "UPDATE OF state",
            "a published verdict stays approved",
            f"OLD.state = 'approved' AND NEW.state <> 'approved' AND {PUBLISHED}",
        ),
    ]
