"""Why a feed could not be had, in the words of somebody who subscribes to it: nobody pastes a feed's text."""

from http import HTTPStatus
from typing import Final

from factcheck.intake.fetching.errors import BadStatus, FetchRefused
from factcheck.ledger.wording import worded

LATER: Final = worded("The next poll may go well.")
ELSEWHERE: Final = worded("Look on the site where its feed is now.")
_WORDS: Final = {
    "no_such_host": worded("No server of this name was found. {elsewhere}", elsewhere=ELSEWHERE),
    "forbidden_address": worded(
        "This address leads into a private or special network, so it is not polled. {elsewhere}", elsewhere=ELSEWHERE
    ),
    "too_many_redirects": worded(
        "This address leads on to another more than five times. {elsewhere}", elsewhere=ELSEWHERE
    ),
    "no_answer": worded("The server did not answer in time. {later}", later=LATER),
    "broken_answer": worded("The server’s answer broke off or is garbled. {later}", later=LATER),
    "robots_unknown": worded("The site could not say whether programs may read this feed. {later}", later=LATER),
    "asked_not_to": worded(
        "The site asks programs not to read this feed (its robots.txt). With the outlet’s leave, say so on its page."
    ),
    "not_trusted": worded(
        "The server’s certificate does not prove who it is, so nothing was fetched. Tell the outlet, or wait."
    ),
    "too_large": worded("This feed is larger than 5 MB, unpacked. Ask the outlet for a shorter one."),
    "unfit_encoding": worded("The server packed its answer in a way that is not unpacked here. {later}", later=LATER),
}
_BY_STATUS: Final = {
    404: worded("There is no feed at this address. {elsewhere}", elsewhere=ELSEWHERE),
    410: worded("The server says that this feed was taken down. {elsewhere}", elsewhere=ELSEWHERE),
    429: worded("The server asks to come less often, so the next poll waits."),
}


def words_of(reason: Exception) -> str:
    """Why, and what becomes of it; what is said of the feed's own text stands as it is."""
    if isinstance(reason, BadStatus):
        return _BY_STATUS.get(reason.status) or _of_status(reason.status)
    return _WORDS.get(reason.code, str(reason)) if isinstance(reason, FetchRefused) else str(reason)


def _of_status(status: int) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return worded("The server has a fault (status {status}). {later}", status=status, later=LATER)
    return worded(
        "The server does not let programs read this feed (status {status}). Ask the outlet for leave.", status=status
    )
