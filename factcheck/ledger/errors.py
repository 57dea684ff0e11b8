"""Refusals: clear answers that something cannot be done. Pages and interfaces map `code`; the message is for people.

Refusal
├── StaleVersion         somebody saved first; the caller shows both texts
├── LeaseLost            this worker was replaced; its result is discarded
├── JobCancelled         a person asked to stop this job
├── JobNotRetryable      only failed and cancelled jobs can be tried again
├── JobNotCancellable    the job has ended
├── NothingToRetry       no failed job of this reason is left
└── (each room adds its own children beside the service that raises them)
"""


class Refusal(Exception):
    """Root of what the product refuses on purpose. The message says what happened and what to do next."""

    code = "refused"

    def __str__(self) -> str:
        """The message; the class's docstring where none was given."""
        return super().__str__() or (self.__doc__ or "").strip()


class StaleVersion(Refusal):
    """Somebody else saved this first. Load the page again, compare, and save once more."""

    code = "stale_version"


class LeaseLost(Refusal):
    """Another worker has taken over this job; what was worked out here is discarded."""

    code = "lease_lost"


class JobCancelled(Refusal):
    """This job was cancelled while it ran."""

    code = "job_cancelled"


class JobNotRetryable(Refusal):
    """Only failed and cancelled jobs can be tried again."""

    code = "job_not_retryable"


class JobNotCancellable(Refusal):
    """This job has ended; there is nothing left to cancel."""

    code = "job_not_cancellable"


class NothingToRetry(Refusal):
    """No failed work of this reason is left; somebody was first. Load the page again."""

    code = "nothing_to_retry"
