"""Refusals: clear answers that something cannot be done. Pages and interfaces map `code`; the message is for people.

Refusal
├── StaleVersion         somebody saved first; the caller shows both texts
├── LeaseLost            this worker was replaced; its result is discarded
├── JobCancelled         a person asked to stop this job
├── TooEarly             what this job builds on is not there yet; it is put back for a moment
├── GivesWay             a long job lets more urgent work go first; it goes on where it was (a kind of TooEarly)
├── JobNotRetryable      only failed and cancelled jobs can be tried again
├── JobNotCancellable    the job has ended
├── ChainBroken          the audit chain does not verify
├── NothingToRetry       no failed job of this reason is left
├── KeyReused            an Idempotency-Key came with another body
├── KeyInUse             the first request with this Idempotency-Key is not answered yet
└── (each room adds its own children beside the service that raises them)
"""

from factcheck.ledger.wording import say


class Refusal(Exception):
    """Root of what the product refuses on purpose. The message says what happened and what to do next."""

    code = "refused"

    def __str__(self) -> str:
        """The message in the reader's language; the class's docstring where none was given."""
        return say(super().__str__() or (self.__doc__ or "").strip())


class StaleVersion(Refusal):
    """Somebody else saved this first. Load the page again, compare, and save once more."""

    code = "stale_version"


class LeaseLost(Refusal):
    """Another worker has taken over this job; what was worked out here is discarded."""

    code = "lease_lost"


class JobCancelled(Refusal):
    """This job was cancelled while it ran."""

    code = "job_cancelled"


class TooEarly(Refusal):
    """This job builds on another that has not ended; it waits a moment."""

    code = "too_early"


class GivesWay(TooEarly):
    """This job takes long and lets others go first; it goes on where it was."""

    code = "gives_way"


class JobNotRetryable(Refusal):
    """Only failed and cancelled jobs can be tried again."""

    code = "job_not_retryable"


class JobNotCancellable(Refusal):
    """This job has ended; there is nothing left to cancel."""

    code = "job_not_cancellable"


class ChainBroken(Refusal):
    """The audit chain does not verify."""

    code = "chain_broken"


class NothingToRetry(Refusal):
    """No failed work of this reason is left; somebody was first. Load the page again."""

    code = "nothing_to_retry"


class KeyReused(Refusal):
    """This Idempotency-Key was sent before with another body. Use a new key for a new request."""

    code = "idempotency_key_reused"


class KeyInUse(Refusal):
    """A request with this Idempotency-Key is being answered. Send it again in a moment."""

    code = "idempotency_key_in_use"
