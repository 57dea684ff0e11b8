"""The page of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from factcheck.claims.services.notices import Told, describe_notices
from factcheck.newsroom.models import Notice, User

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class NoticesScreen:
    """What the page shows; `until` is when it was made."""

    page: Page[Notice]
    told: Sequence[Told]
    unread: int
    until: str


def notices_for(person: User, number: str, now: datetime) -> NoticesScreen:
    """Gather a page in a fixed number of queries."""
    mine = Notice.objects.to(person).select_related("by").newest_first()
    page = Paginator(mine, ON_A_PAGE).get_page(number)
    told = describe_notices(list(page.object_list), person)
    return NoticesScreen(page, told, Notice.objects.to(person).unread().count(), now.isoformat())
