"""Web addresses as people and pages write them: read strictly, and told apart by what they lead to."""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import idna

from factcheck.intake.fetching.errors import UnfitAddress
from factcheck.intake.wording import worded

LONGEST, LONGEST_NAME = 2000, 253
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ufeff]")
_NAME: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
_KEPT: Final = "/:@!$&'()*+,;=~%-._"
# What newsletters and networks hang on an address to see who came; the page is the same without.
_TRACKERS: Final = re.compile(
    r"(?:utm_\w*|at_(?:medium|campaign|custom\d|link_\w+)|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|mc_[ce]id"
    r"|cmpid|ns_\w+|smid|smtyp|ito|ocid|xtor|wt_mc|__twitter_impression|guccounter|guce_referrer\w*)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Location:
    """A web address, read: `host` is plain ASCII, `target` what is asked of the server."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        """The address, as it is written."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port: what the server is told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def read_location(url: str) -> Location:
    """Read a web address.

    Raises:
        UnfitAddress: it is none, carries a password, or is longer than 2,000 characters.
    """
    text = url.strip(" \t\r\n")
    if len(text) > LONGEST or _UNFIT.search(text):
        raise UnfitAddress
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), _read_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise UnfitAddress from error
    if scheme not in DEFAULT_PORTS:
        raise UnfitAddress
    if "@" in parts.netloc:
        raise UnfitAddress(worded("This address carries a name or password. Give it without the part before the @."))
    return Location(scheme, host, port or DEFAULT_PORTS[scheme], _target(parts.path, parts.query))


def _target(path: str, query: str) -> str:
    asked = f"?{quote(query, safe=_KEPT + '?/')}" if query else ""
    return quote(path or "/", safe=_KEPT) + asked


def follow(location: Location, reference: str) -> Location:
    """Where a reference on a page or in a redirect leads.

    Raises:
        UnfitAddress: nowhere on the web.
    """
    if len(reference) > LONGEST:
        raise UnfitAddress
    try:
        return read_location(urljoin(str(location), reference.strip()))
    except ValueError as error:
        raise UnfitAddress from error


def same_page_key(url: str) -> str:
    """The form by which two spellings of an address are one page: host in small letters, no tracker, no fragment.

    Raises:
        UnfitAddress: it is no web address.
    """
    location = read_location(url)
    path, _, query = location.target.partition("?")
    kept = sorted((name, value) for name, value in parse_qsl(query, True) if not _TRACKERS.fullmatch(name))
    host = location.host.removeprefix("www.")
    plain = replace(location, host=host, target=path.rstrip("/") or "/")
    scheme_free = str(plain).split("://", 1)[1]
    return scheme_free + (f"?{urlencode(kept)}" if kept else "")


def without_trackers(url: str) -> str:
    """The address as it is kept and shown: the same page without what says who came.

    Raises:
        UnfitAddress: it is no web address.
    """
    location = read_location(url)
    path, _, query = location.target.partition("?")
    kept = [part for part in query.split("&") if part and not _TRACKERS.fullmatch(part.split("=", 1)[0])]
    return str(replace(location, target=path + (f"?{'&'.join(kept)}" if kept else "")))


def _read_host(host: str) -> str:
    if ":" in host:
        if "%" in host:  # a zone: an address of this very machine's own wires
            raise UnfitAddress
        return host.lower()
    try:
        plain = host.lower() if host.isascii() else idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except (UnicodeError, ValueError) as error:
        raise UnfitAddress from error
    plain = plain.removesuffix(".")
    if len(plain) > LONGEST_NAME or not _NAME.fullmatch(plain):
        raise UnfitAddress
    return plain
