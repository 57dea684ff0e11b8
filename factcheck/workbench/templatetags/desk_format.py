"""How names, times, numbers and texts are shown to people."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import nh3
from django import template
from django.contrib.humanize.templatetags.humanize import intcomma, naturaltime
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from factcheck.claims.services.links import is_web_address
from factcheck.corpus.models import Statement
from factcheck.engine import Quote, find_hedge
from factcheck.ledger.wording import quoted, say, term

register = template.Library()
register.filter(quoted)

Cell = tuple[SafeString, Any, str | None]  # its attributes, what it shows, and the page that it leads to

CHECKWORTHY = 0.6  # from here on a statement is worth a check

_markdown = MarkdownIt("js-default").disable("image")  # a picture would come from another host
_BLOCKS = {"p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "h3", "h4", "h5", "h6"}
_ALLOWED = _BLOCKS | {"em", "strong", "s", "a", "code", "table", "thead", "tbody", "tr", "th", "td"}
_ABOVE, _LOWEST = 2, 6  # a page has its own first and second headings


def _order_headings(state: StateCore) -> None:
    """Let the headings of a text begin below the page's and leave out no level, whichever their author used."""
    used = sorted({token.tag for token in state.tokens if token.type == "heading_open"})
    level = _ABOVE
    for token in state.tokens:
        if token.type == "heading_open":
            level = min(_ABOVE + 1 + used.index(token.tag), level + 1, _LOWEST)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"


_markdown.core.ruler.push("order_headings", _order_headings)


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
def hedge(statement: Statement) -> str:
    """How far the report goes, in its own word where that says it: "purportedly"; empty where it is not hedged."""
    return (find_hedge(statement.display).lower() or _("hedged")) if statement.hedged else ""


@register.filter
def provenance(statement: Statement) -> str:
    """How we know, in words: "via Macron's office · purportedly"; through several, the nearest to the speaker first."""
    parts = [_("via %(name)s") % {"name": relay} for relay in statement.relays]
    parts += [hedge(statement)] if statement.hedged else []
    return " · ".join(parts)


@register.filter
def how_known(statement: Statement) -> str:
    """What a card says below the name: through whom, in what quotation, when, how worth checking, if by hand."""
    quoted = "" if statement.quote == Quote.NONE else term(statement.quote)
    worth = statement.checkworthiness
    parts = [provenance(statement) or quoted]
    parts += [_("said %s") % day(statement.said_on)] if statement.said_on else []
    parts += [_("check-worthy %s") % as_score(worth)] if worth >= CHECKWORTHY else []
    parts += [_("by hand")] if statement.is_by_hand else []
    return " · ".join(part for part in parts if part)


@register.filter
def day(moment: date | None) -> str:
    """A day for people: 28 Feb 2022."""
    return _on(moment, _("j M Y")) if moment else ""


@register.filter
def short_day(moment: date | None) -> str:
    """A day of this year: 28 Feb."""
    return _on(moment, _("j M")) if moment else ""


@register.filter
def exact(moment: datetime | None) -> str:
    """A moment for people, to the minute: 28 Feb 2022, 14:02 UTC."""
    return _on(moment, _("j M Y, H:i T")) if moment else ""


def _on(moment: date, shape: str) -> str:
    return format_date(localtime(moment) if isinstance(moment, datetime) else moment, shape)


@register.filter
def since(moment: datetime | None) -> str:
    """How long ago, in words."""
    return str(naturaltime(moment)) if moment else ""


def ago(moment: datetime | None) -> SafeString:
    """How long ago, in words, with the exact time for who points at it."""
    if moment is None:
        return SafeString("")
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact(moment), since(moment))


def marks_of(look: str, heading: str) -> SafeString:
    """The attributes of a column's cells: their class, and the heading, for where there is no room for a table."""
    return format_html('class="{}" data-label="{}"', look, capfirst(heading))


def row_of(cells: Sequence[Cell]) -> SafeString:
    """A row of a list; the cell that leads to its page heads it."""
    written = [
        f"<td {marks}>{conditional_escape(shown)}</td>"
        if address is None
        else f'<th {marks}><a href="{conditional_escape(address)}">{conditional_escape(shown)}</a></th>'
        for marks, shown, address in cells
    ]
    return mark_safe("".join(written))  # noqa: S308 -- each is escaped above; Django's own way takes twice as long


def beside(words: str, mark: str) -> SafeString:
    """Words, and a mark after them."""
    return format_html("{} {}", words, mark)


def chips(names: Sequence[str]) -> SafeString:
    """Tags, each as a small mark of its own."""
    return format_html_join(" ", '<span class="chip tag" dir="auto">{}</span>', ((name,) for name in names))


@register.filter
def lasting(length: timedelta | None) -> str:
    """A length of time in its one fitting unit: 25 min, 4 h, 3 days."""
    if length is None:
        return ""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return _("under 1 min")
    if minutes < 90:  # noqa: PLR2004 -- from here on hours say more
        return _("%(count)s min") % {"count": minutes}
    if (hours := round(minutes / 60)) < 36:  # noqa: PLR2004 -- from here on days do
        return _("%(count)s h") % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": intcount(days)}


@register.filter
def moment(at: datetime) -> str:
    """The time of a save: 14:02; of another day with the day."""
    return _on(at, "H:i") if localtime(at).date() == localtime().date() else exact(at)


@register.filter
def words(value: str) -> str:
    """A value of the contract in words: broken_pledge is "broken pledge"."""
    return term(value)


@register.filter
def said(sentence: str) -> str:
    """A sentence that is kept in English, such as why work failed, in the reader's language."""
    return say(sentence)


@register.filter
def as_score(value: float) -> str:
    """A score with two decimals."""
    return str(number_format(value, 2))


@register.filter
def as_percent(share: float) -> str:
    """A share in whole percents."""
    return f"{100 * share:.0f} %"


@register.filter
def shorten(value: object, length: int) -> str:
    """The first words of a text, or of what a thing is called, cut at a word."""
    text = str(value)
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


@register.filter
def unlocalized(number: int) -> str:
    """A number for a script to read: digits and nothing else."""
    return str(number)
