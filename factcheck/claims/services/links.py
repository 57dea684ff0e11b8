"""Links that people write: to web addresses only, checked when they are saved; the pages check again when they show."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcheck.claims.errors import UnfitLink

# Finds every link that somebody meant, also those that would not be shown as one.
_finder = MarkdownIt("js-default")
_finder.validateLink = lambda url: True  # type: ignore[method-assign]  # the library's own way to change the rule


def is_web_address(url: str) -> bool:
    """Whether a link may be stored and shown: http or https, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in url)


def require_web_links(markdown: str) -> None:
    """Go on only with a text whose links all lead to web addresses.

    Raises:
        UnfitLink: names the first that does not.
    """
    for token in _finder.parse(markdown):
        for part in token.children or ():
            if (url := _target(part)) is not None and not is_web_address(url):
                raise UnfitLink(
                    _("The link “%(url)s” is no web address. Give one that begins with https:// or http://.")
                    % {"url": url[:80]}
                )


def _target(part: Token) -> str | None:
    name = {"link_open": "href", "image": "src"}.get(part.type)
    return str(part.attrGet(name) or "") if name else None
