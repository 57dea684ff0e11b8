"""What stands around a change list: saved views with live counts, and what can be done to many rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.options import Options
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from factcheck.newsroom.errors import UnfitView
from factcheck.newsroom.models import Desk, SavedView, User, ViewAlert
from factcheck.newsroom.permissions import Action, Reach, desks_reached, reaches
from factcheck.newsroom.views import may_remove
from factcheck.workbench.forms_lists import TELLING, VERBS
from factcheck.workbench.keys import Words
from factcheck.workbench.screens.arrivals import COUNTS, Arrivals, newest_seq
from factcheck.workbench.selection import plain_query, rows_of

MOST_VIEWS = 12
ARRIVE = {"corpus_conflictpair": "conflicts", "corpus_article": "articles"}


@dataclass(frozen=True, slots=True)
class ViewTab:
    """A saved view: where it leads, and how many rows it finds now; None where the list cannot be asked so any more."""

    view: SavedView
    address: str
    count: int | None
    is_current: bool
    may_remove: bool
    is_told: bool


@dataclass(frozen=True, slots=True)
class ListScreen:
    """What stands around a list."""

    page: str
    query: str
    address: str
    views: Sequence[ViewTab]
    shares_with: Sequence[Desk]
    verbs: Sequence[tuple[str, Words]]
    arrivals: Arrivals | None

    @property
    def tells(self) -> bool:
        """Whether one can be told of what is new here."""
        return self.page in TELLING

    @property
    def is_filtered(self) -> bool:
        """Whether there is something to save."""
        return bool(self.query)

    @property
    def is_saved(self) -> bool:
        """Whether it is saved already."""
        return any(tab.is_current for tab in self.views)


def list_screen(request: HttpRequest, page: str) -> ListScreen:
    """Gather what stands around a list; at most four queries a saved view, of which twelve are shown."""
    person = request.user
    assert isinstance(person, User)  # the site lets nobody else in
    query = plain_query(page, request.GET.urlencode())
    address = reverse(f"admin:{page}_changelist")
    told = Exists(ViewAlert.objects.filter(view=OuterRef("pk"), person=person))
    views = SavedView.objects.seen_by(person).of_page(page).select_related("desk").annotate(is_told=told)[:MOST_VIEWS]
    desks = desks_reached(person, Action.SHARE_VIEW, Reach.DESK)
    return ListScreen(
        page=page,
        query=query,
        address=address,
        views=[_tab(request, person, view, address, query) for view in views],
        shares_with=list(Desk.objects.filter(pk__in=desks).order_by("name")) if query and desks else [],
        verbs=list(VERBS.get(page, {}).items()) if reaches(person, Action.CHANGE_MANY) else [],
        arrivals=Arrivals(ARRIVE[page], newest_seq(), 0) if ARRIVE.get(page) in COUNTS else None,
    )


def may_change_many(request: HttpRequest, opts: "Options[Any]") -> bool:
    """Whether rows of a list can be marked by this person."""
    is_offered = f"{opts.app_label}_{opts.model_name}" in VERBS
    return is_offered and isinstance(request.user, User) and reaches(request.user, Action.CHANGE_MANY)


def _tab(request: HttpRequest, person: User, view: SavedView, address: str, query: str) -> ViewTab:
    try:
        count = rows_of(request, view.page, view.query).count()
    except UnfitView:
        count = None
    is_current = QueryDict(view.query) == QueryDict(query)
    return ViewTab(view, f"{address}?{view.query}", count, is_current, may_remove(person, view), vars(view)["is_told"])
