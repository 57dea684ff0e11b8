from django.db import migrations

from factcheck.ledger.operations import RefuseWhen

WORDS = "audit entries are append-only"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_idempotency_keys")]

    # Row triggers do not see TRUNCATE.
    operations = [
        RefuseWhen("audit_entry_never_emptied", "ledger_auditentry", "TRUNCATE", WORDS),
        RefuseWhen("audit_payload_never_emptied", "ledger_auditpayload", "TRUNCATE", WORDS),
    ]
