"""The same leases and pauses at four times the pace: what waits for their end waits for seconds."""

from factcheck.jobs import runner
from factcheck.ledger import jobs

PACE = 4

jobs.LEASE /= PACE
jobs.BACK_OFF = (jobs.BACK_OFF[0] / PACE, jobs.BACK_OFF[1] / PACE)
runner.HEARTBEAT /= PACE
