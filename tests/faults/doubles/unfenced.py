"""The control of the fencing test: a worker goes on and writes its result, whoever holds the job by then."""

import contextlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError

from factcheck.jobs import runner
from factcheck.ledger import jobs
from factcheck.ledger.errors import LeaseLost
from factcheck.ledger.models import Job
from factcheck.ledger.models.job import JobQuerySet


def _whoever_holds_it(lease: jobs.Lease) -> JobQuerySet:
    return Job.objects.filter(pk=lease.job_id)


def _undeterred(tell: Callable[..., Any]) -> Callable[..., bool]:
    """Tell the job's row how far the work is, and go on whatever it answers."""

    def told(*words: Any) -> bool:
        with contextlib.suppress(IntegrityError, LeaseLost):
            tell(*words)
        return True

    return told


vars(jobs)["_held"] = _whoever_holds_it
vars(runner).update(renew_lease=_undeterred(jobs.renew_lease), report_progress=_undeterred(jobs.report_progress))
