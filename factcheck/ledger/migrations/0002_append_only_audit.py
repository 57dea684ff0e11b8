from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from factcheck.ledger.operations import RefuseWhen

WORDS = "audit entries are append-only"


def add_head(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    head: Any = apps.get_model("ledger", "LedgerHead")
    head.objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_jobs_outbox_audit")]

    operations = [
        migrations.RunPython(add_head, migrations.RunPython.noop),
        RefuseWhen("audit_entry_never_changes", "ledger_auditentry", "UPDATE", WORDS),
        RefuseWhen("audit_entry_never_goes", "ledger_auditentry", "DELETE", WORDS),
        RefuseWhen("audit_payload_never_changes", "ledger_auditpayload", "UPDATE", WORDS),
    ]
