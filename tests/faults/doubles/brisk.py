"""The same pauses before another attempt at four times the pace, with the product's own leases.

Celery may take five seconds to say that a child was killed, on a busy machine more: that is less than a lease, and
more than a quarter of one.
"""

from factcheck.ledger import jobs

PACE = 4

jobs.BACK_OFF = (jobs.BACK_OFF[0] / PACE, jobs.BACK_OFF[1] / PACE)
