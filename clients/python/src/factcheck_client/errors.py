"""What can go wrong, by what a program does about it.

FactcheckError
├── Unreachable        nobody answered, however often it was tried
├── Refused            the server said no; carries status, code and detail
│   ├── Unfit              400, 422: what was sent does not do; `fields` names what is wrong
│   ├── NotSignedIn        401: the token is missing, unknown, expired or revoked
│   ├── NotAllowed         403: the token has not the scope, or its owner not the role
│   ├── NotFound           404: nothing here, or not on the token's desk
│   ├── InTheWay           409: something stands in the way; `problem` names it
│   ├── Gone               410: it is not kept any more
│   ├── TooManyRequests    429: still too many after waiting
│   └── Unavailable        5xx: still away after waiting
├── AnalysisFailed     the article's analysis stopped; carries the job with its reason
└── TookTooLong        the analysis has not ended in the time that was given; it goes on
"""

from collections.abc import Mapping
from typing import Any

from factcheck_client.shapes import Job


class FactcheckError(Exception):
    """Anything that this client raises."""


class Unreachable(FactcheckError):
    """Nobody answered."""


class Refused(FactcheckError):
    """The server said no. `code` is stable, `detail` is for people, `problem` is the whole problem document."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = dict(problem)
        self.code = str(problem.get("code", ""))
        self.detail = str(problem.get("detail", "")) or f"The server answered {status}."
        super().__init__(f"{self.detail} ({self.code or status})")

    @property
    def fields(self) -> dict[str, str]:
        """What is wrong, field by field."""
        return {str(one["field"]): str(one["message"]) for one in self.problem.get("errors", ())}


class Unfit(Refused):
    """What was sent does not do."""


class NotSignedIn(Refused):
    """The token is missing, unknown, expired or revoked."""


class NotAllowed(Refused):
    """The token has not the scope, or its owner not the role."""


class NotFound(Refused):
    """Nothing here, or not on the token's desk."""


class InTheWay(Refused):
    """Something stands in the way."""


class Gone(Refused):
    """It is not kept any more."""


class TooManyRequests(Refused):
    """Still too many requests after waiting as long as was asked."""


class Unavailable(Refused):
    """The server is still away after waiting."""


class AnalysisFailed(FactcheckError):
    """An article's analysis stopped."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(job.reason or f"The analysis was {job.state}.")


class TookTooLong(FactcheckError):
    """The analysis has not ended in the time that was given; it goes on."""


_BY_STATUS = {
    400: Unfit,
    401: NotSignedIn,
    403: NotAllowed,
    404: NotFound,
    409: InTheWay,
    410: Gone,
    422: Unfit,
    429: TooManyRequests,
}


def refusal(status: int, problem: Mapping[str, Any]) -> Refused:
    """The error of an answer."""
    kind = _BY_STATUS.get(status, Unavailable if status >= 500 else Refused)  # noqa: PLR2004 -- HTTP's numbers
    return kind(status, problem)
