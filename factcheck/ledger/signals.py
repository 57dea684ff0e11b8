"""What the ledger says when something has committed. It carries nothing: whoever hears it looks at the tables."""

from django.dispatch import Signal

job_queued = Signal()
