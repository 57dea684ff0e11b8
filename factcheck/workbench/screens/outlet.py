"""An outlet's page: its name, and its newest articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.corpus.models import Article, Outlet
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may

SHOWN = 20


@dataclass(frozen=True, slots=True)
class OutletScreen:
    """What the page shows."""

    outlet: Outlet
    articles: Sequence[Article]
    count: int
    may_rename: bool


def outlet_for(outlet: Outlet, person: User) -> OutletScreen:
    """Gather the page in a fixed number of queries."""
    articles = Article.objects.readable_by(person).current().filter(outlet=outlet).order_by("-added_at")
    return OutletScreen(outlet, list(articles[:SHOWN]), articles.count(), may(person, Action.EDIT_OUTLET, outlet))
