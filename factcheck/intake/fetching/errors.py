"""Refusals of the one outbound client; each says what to do instead.

FetchRefused
├── UnfitAddress        it is no web address, or not one that a newsroom fetches from
│   └── ForbiddenAddress    it leads into a private or special network
├── NoSuchHost          the name has no address
├── NoAnswer            nobody answered, or not in time
├── NotTrusted          its certificate does not prove who answers
├── TooManyRedirects    it leads on and on
├── AskedNotTo          the site asks programs to leave this page alone
│   └── RobotsUnknown       the site could not say whether it does
├── BadStatus           the server said no; carries the status and when to try again
├── UnfitKind           what came is no text, page or document
├── TooLarge            it is larger than is read
├── UnfitEncoding       it is packed in a way that is not unpacked
└── BrokenAnswer        the answer is no HTTP, or broke off
"""

from http import HTTPStatus
from typing import ClassVar

from factcheck.intake.wording import worded

LATER = worded("Try again later, or paste the text.")
PASTE = worded("Open it in a browser and paste the text.")


class FetchRefused(Exception):
    """This address could not be fetched. Paste the text instead."""

    code: ClassVar[str] = "fetch_refused"
    may_pass: ClassVar[bool] = False  # whether trying again later may help

    def __init__(self, message: str = "") -> None:
        """Say the given words, or the class's own."""
        super().__init__(message or (self.__doc__ or "").strip())


class UnfitAddress(FetchRefused):
    """This is no web address. Give one that begins with https:// or http://, as it stands in a browser."""

    code = "unfit_address"


class ForbiddenAddress(UnfitAddress):
    """This address leads into a private or special network, so it is not fetched. Paste the text instead."""

    code = "forbidden_address"


class NoSuchHost(FetchRefused):
    """No server of this name was found. Check the address for a slip."""

    code = "no_such_host"
    may_pass = True


class NoAnswer(FetchRefused):
    """The server did not answer in time. Try again later, or paste the text."""

    code = "no_answer"
    may_pass = True


class NotTrusted(FetchRefused):
    """The server's certificate does not prove who it is, so nothing was fetched. Open it in a browser and look why."""

    code = "not_trusted"


class TooManyRedirects(FetchRefused):
    """This address leads on to another more than five times. Open it in a browser and give the last address."""

    code = "too_many_redirects"


class AskedNotTo(FetchRefused):
    """The site asks programs not to read this page (its robots.txt). Open it in a browser and paste the text."""

    code = "asked_not_to"


class RobotsUnknown(AskedNotTo):
    """The site could not say whether programs may read this page. Try again later, or paste the text."""

    code = "robots_unknown"
    may_pass = True


class BadStatus(FetchRefused):
    """The server refused; carries its status and, where it says so, the seconds to wait."""

    code = "bad_status"

    def __init__(self, status: int, retry_after: int | None = None) -> None:
        """Put the status into words."""
        super().__init__(_WORDS.get(status) or _words_of(status))
        self.status, self.retry_after = status, retry_after


class UnfitKind(FetchRefused):
    """What came is no page, text or document."""

    code = "unfit_kind"


class TooLarge(FetchRefused):
    """This is larger than 5 MB, unpacked. Save it, cut it down and add the file."""

    code = "too_large"


class UnfitEncoding(FetchRefused):
    """The server packed its answer in a way that is not unpacked here. Open it in a browser and paste the text."""

    code = "unfit_encoding"


class BrokenAnswer(FetchRefused):
    """The server's answer broke off or is garbled. Try again later, or paste the text."""

    code = "broken_answer"
    may_pass = True


_WORDS = {
    401: worded("The page wants a sign-in. {paste}", paste=PASTE),
    402: worded("The page stands behind a paywall. {paste}", paste=PASTE),
    403: worded("The server does not let programs read this page. {paste}", paste=PASTE),
    404: worded("There is no page at this address. Check it for a slip."),
    410: worded("The page was taken down. If you have its text, paste it."),
    429: worded("The server asks to come less often. {later}", later=LATER),
    451: worded("The page may not be shown here, for legal reasons. {paste}", paste=PASTE),
}


def _words_of(status: int) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return worded("The server has a fault (status {status}). {later}", status=status, later=LATER)
    return worded("The server did not give the page (status {status}). {paste}", status=status, paste=PASTE)
