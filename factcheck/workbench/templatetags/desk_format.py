"""How names, times, numbers and texts are shown to people."""

from collections.abc import Sequence
from datetime import datetime

import nh3
from django import template
from django.contrib.humanize.templatetags.humanize import intcomma, naturaltime
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from markdown_it import MarkdownIt

from factcheck.claims.services.evidence import is_web_address
from factcheck.corpus.models import Statement

register = template.Library()

_markdown = MarkdownIt("js-default")
_ALLOWED = {
    "p",
    "br",
    "em",
    "strong",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
}


@register.filter
def initials(name: str) -> str:
    """Two letters for a face: of the first and last name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def count(number: int) -> str:
    """A number with its thousands told apart; nothing for none."""
    return str(intcomma(number)) if number else ""


@register.filter
def intcount(number: int) -> str:
    """A number with its thousands told apart, none too."""
    return str(intcomma(number))


@register.filter
def provenance(statement: Statement) -> str:
    """How we know, in words: "via Macron's office · hedged"."""
    parts = [f"via {statement.reported_by}"] if statement.reported_by else []
    parts += ["hedged"] if statement.hedged else []
    return " · ".join(parts)


@register.filter
def day(moment: datetime | None) -> str:
    """A day for people: 28 Feb 2022."""
    return f"{localtime(moment):%-d %b %Y}" if moment else ""


@register.filter
def exact(moment: datetime | None) -> str:
    """A moment for people, to the minute: 28 Feb 2022, 14:02 UTC."""
    return f"{localtime(moment):%-d %b %Y, %H:%M %Z}" if moment else ""


@register.filter
def since(moment: datetime | None) -> str:
    """How long ago, in words."""
    return str(naturaltime(moment)) if moment else ""


@register.filter
def words(value: str) -> str:
    """A value of the contract in words: broken_pledge is "broken pledge"."""
    return str(value).replace("_", " ")


@register.filter
def as_score(value: float) -> str:
    """A score with two decimals."""
    return f"{value:.2f}"


@register.filter
def as_percent(share: float) -> str:
    """A share in whole percents."""
    return f"{100 * share:.0f} %"


@register.filter
def shorten(text: str, length: int) -> str:
    """The first words of a text, cut at a word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


@register.filter
def is_web(url: str | None) -> bool:
    """Whether a link may be shown as one: checked when it was saved, and again here."""
    return bool(url) and is_web_address(str(url))


@register.filter
def ids(statements: Sequence[Statement]) -> str:
    """The ids of statements, for a script to find them."""
    return " ".join(str(statement.pk) for statement in statements)


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as sanitized HTML: no raw HTML, no scripts, http and https links only."""
    html = nh3.clean(_markdown.render(text), tags=_ALLOWED, attributes={"a": {"href"}}, url_schemes={"http", "https"})
    return mark_safe(html)  # noqa: S308 -- sanitized in the line above, the one place where we do this
