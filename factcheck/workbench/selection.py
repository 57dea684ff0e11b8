"""Which rows of a list are meant: those marked, or everything that its query finds; of what the person may read."""

from copy import copy
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from factcheck.newsroom.errors import UnfitView
from factcheck.newsroom.models import User

STAYS = frozenset({"q", "o"})


def admin_of(page: str) -> Any:
    """The list by its name, as `corpus_article`."""
    from django.contrib.admin.sites import site

    return site.list_named(page)  # type: ignore[attr-defined]  # ours: NewsroomAdminSite


def rows_of(request: HttpRequest, page: str, query: str) -> QuerySet[Any]:
    """Everything that a query finds on a list.

    Raises:
        UnfitView: the list cannot be asked so.
    """
    asked = copy(request)
    asked.GET = QueryDict(query)
    asked.method = "GET"
    try:
        found: QuerySet[Any] = admin_of(page).get_changelist_instance(asked).queryset
    except (IncorrectLookupParameters, SuspiciousOperation) as error:
        raise UnfitView(_("This list cannot be filtered so. Load it again.")) from error
    return found


def rows_for(page: str, query: str, person: User) -> QuerySet[Any]:
    """Everything that a query finds on a list for a person, where nobody has asked for a page.

    Raises:
        UnfitView: the list cannot be asked so.
    """
    request = HttpRequest()
    request.user = person
    return rows_of(request, page, query)


def marked_of(request: HttpRequest, page: str, chosen: list[str]) -> QuerySet[Any]:
    """The marked rows of a list."""
    ids = [found for found in map(_as_id, chosen) if found]
    rows: QuerySet[Any] = admin_of(page).get_queryset(request).filter(pk__in=ids)
    return rows


def plain_query(page: str, query: str) -> str:
    """A query without what is no filter of the list: its page, and whatever was typed into the address."""
    found = admin_of(page)
    kept = [(name, value) for name, value in parse_qsl(query) if name in STAYS or found.lookup_allowed(name, value)]
    return urlencode(kept)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
