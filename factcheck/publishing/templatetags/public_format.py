"""How public pages show what no other page does."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from factcheck.ledger.wording import day_of

register = template.Library()


@register.filter
def linked_data(document: bytes) -> SafeString:
    """A stored document for a script element: `jsonld.written` left no sign in it that could end the element."""
    text = bytes(document).decode()
    if any(sign in text for sign in "<>&"):
        raise ValueError("this document was not written for a page")
    return mark_safe(text)  # noqa: S308 -- without <, > and &, as checked in the line above


@register.simple_tag
def absolute(name: str, *parts: object) -> str:
    """The address of a public page with its host, for whoever reads the page elsewhere."""
    return settings.PUBLIC_URL + reverse(name, args=parts)


@register.filter
def date_of(moment: date | str | None) -> str:
    """A day for readers: 28 February 2022."""
    if not isinstance(moment, date):
        return ""
    return day_of(localtime(moment) if isinstance(moment, datetime) else moment)
