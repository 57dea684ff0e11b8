"""Saved views: a list's filters, search and order under a name, one's own or shared with a desk by a lead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck.ledger.changes import record_change
from factcheck.ledger.recalling import last_act, said_by
from factcheck.newsroom.alerts import alerts_on, begin_alert, put_alerts_back
from factcheck.newsroom.errors import NotAllowed, UnfitView
from factcheck.newsroom.models import Desk, SavedView, User
from factcheck.newsroom.permissions import Action, may, require

REMOVE = "remove_view"
LONGEST_NAME, LONGEST_QUERY = 60, 600


@dataclass(frozen=True, slots=True)
class NewView:
    """A view to save: of which list, under what name, and its query; the desk where it is shared.

    `alerts`: whoever saves it wants to be told when something new matches.
    """

    page: str
    name: str
    query: str
    desk: Desk | None = None
    alerts: bool = False


def save_view(new: NewView, person: User, now: datetime) -> SavedView:
    """Keep a view.

    Raises:
        NotAllowed: it is shared, and the person does not lead the desk.
        UnfitView: it has no name, a name that another view of theirs has, or too long a query.
    """
    if new.desk is not None:
        require(person, Action.SHARE_VIEW, new.desk)
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME or len(new.query) > LONGEST_QUERY:
        raise UnfitView(
            _("Give the view a name of at most %(longest_name)s characters.") % {"longest_name": LONGEST_NAME}
        )
    view = SavedView(owner=person, desk=new.desk, page=new.page, name=name, query=new.query, made_at=now)
    try:
        with record_change(actor=person, now=now) as change:
            view.save(force_insert=True)
            change.audit("save_view", view, desk_id=view.desk_id, name=name, page=view.page, query=view.query)
            if new.alerts:
                begin_alert(change, view, person)
    except IntegrityError as error:
        raise UnfitView(_named(name)) from error
    return view


def remove_view(view: SavedView, person: User, now: datetime) -> None:
    """Forget a view: one's own, or as a lead one that the desk shares.

    Raises:
        NotAllowed: it is another's.
    """
    if not may_remove(person, view):
        raise NotAllowed(_("Only whoever made this view, or a lead editor of its desk, may remove it."))
    with record_change(actor=person, now=now) as change:
        said = {"name": view.name, "page": view.page, "query": view.query}
        was = {"owner": str(view.owner_id), "made_at": view.made_at.isoformat(), "alerts": alerts_on(view)}
        change.audit(REMOVE, view, desk_id=view.desk_id, **said, **was)
        SavedView.objects.filter(pk=view.pk).delete()


def put_back_view(view_id: UUID, person: User, now: datetime) -> SavedView:
    """Put back a view that this person removed: whose it was, since when, and who is told of what is new in it.

    Raises:
        UnfitView: they removed no such view last, or its owner has another of its name by now.
    """
    there = SavedView(pk=view_id)
    last = last_act(there, REMOVE)
    was = said_by(last)
    if last is None or last.actor_id != person.pk or "owner" not in was:
        raise UnfitView(_("This view was not removed by you. Save it anew."))
    view = SavedView(pk=view_id, owner_id=UUID(was["owner"]), desk_id=last.desk_id)
    view.page, view.name, view.query = was["page"], was["name"], was["query"]
    view.made_at = datetime.fromisoformat(was["made_at"])
    try:
        with record_change(actor=person, now=now) as change:
            view.save(force_insert=True)
            put_alerts_back(change, view, was["alerts"])
            change.audit("save_view", view, desk_id=view.desk_id, name=view.name, page=view.page, query=view.query)
    except IntegrityError as error:
        raise UnfitView(_named(view.name)) from error
    return view


def _named(name: str) -> str:
    return _("You have a view called “%(name)s” already. Give this one another name.") % {"name": name}


def may_remove(person: User, view: SavedView) -> bool:
    """Whether this person may forget a view."""
    return view.owner_id == person.pk or (view.desk is not None and may(person, Action.SHARE_VIEW, view.desk))
