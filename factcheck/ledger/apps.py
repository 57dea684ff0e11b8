from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened: jobs, outbox, audit chain, change sequence."""

    name = "factcheck.ledger"
    verbose_name = "ledger"
