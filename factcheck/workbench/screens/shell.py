"""What every page of the shell shows: the rail with its counts, the keys, the way up, the last act, to take it back."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import SavedView, User
from factcheck.newsroom.models.view import SavedViewQuerySet
from factcheck.newsroom.permissions import Action, reaches
from factcheck.newsroom.standing import SettledFor
from factcheck.workbench.keys import Pressed, Words, sheet_for
from factcheck.workbench.screens.rail_counts import RailCounts, count_for
from factcheck.workbench.undo import Acts

MOST_VIEWS = 8  # in the rail; the lists show more
_ARTICLES = "admin:corpus_article_changelist", _("Articles")
_CONFLICTS = "admin:corpus_conflictpair_changelist", _("Conflicts")
_CLAIMS = "admin:claims_claim_changelist", _("Claims")
# The list that a page belongs to: where the key of "up" leads.
UP = {
    "workbench:article": _ARTICLES,
    "workbench:article-add": _ARTICLES,
    "workbench:conflict": _CONFLICTS,
    "workbench:conflicts-hidden": _CONFLICTS,
    "workbench:claim-open": _CONFLICTS,
    "workbench:retrieval": _ARTICLES,
    "workbench:feed": ("workbench:feeds", _("Feeds")),
    "workbench:claim": _CLAIMS,
    "workbench:verdict": _CLAIMS,
    "workbench:assessment": _CLAIMS,
    "workbench:adjudication": ("workbench:adjudications", _("Adjudication")),
    "workbench:statement": _ARTICLES,
    "workbench:speaker": ("admin:corpus_speaker_changelist", _("Speakers")),
    "workbench:import": ("workbench:imports", _("Imports")),
    "workbench:export": ("workbench:exports", _("Exports")),
    "workbench:webhook": ("workbench:webhooks", _("Webhooks")),
    "workbench:outlet": ("admin:corpus_outlet_changelist", _("Outlets")),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link: where it leads, and its words."""

    address: str
    words: Words


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view in the rail; its rows are counted only once the page is there."""

    view: SavedView
    is_at: bool
    count: int = 0

    @property
    def address(self) -> str:
        """The list, so filtered."""
        return f"{reverse(f'admin:{self.view.page}_changelist')}?{self.view.query}"


@dataclass
class Rail:
    """What the navigation shows; nothing is counted where a page has none."""

    person: User
    view: str
    at: str = ""

    @cached_property
    def views(self) -> list[ViewLink]:
        """This person's saved views, their own first."""
        links = [ViewLink(view, is_at=False) for view in _VIEWS.ask(self.person)]
        return [replace(link, is_at=link.address == self.at) for link in links]

    @property
    def sheet(self) -> list[tuple[Words, list[Pressed]]]:
        """All keys, as this person presses them."""
        return sheet_for(self.person.keys)

    @property
    def up(self) -> Way | None:
        """The list that this page belongs to."""
        found = UP.get(self.view)
        return Way(reverse(found[0]), found[1]) if found else None

    @property
    def reads_agreement(self) -> bool:
        """Whether this person may see how far a desk's reviewers agree."""
        return reaches(self.person, Action.READ_AGREEMENT)

    @property
    def imports(self) -> bool:
        """Whether this person imports reviews on a desk."""
        return reaches(self.person, Action.IMPORT_REVIEWS)

    @property
    def reads_articles(self) -> bool:
        """Whether this person reads what a desk works on; an admin need not."""
        return reaches(self.person, Action.READ_ARTICLE)

    @property
    def may_add(self) -> bool:
        """Whether this person may add articles to a desk."""
        return reaches(self.person, Action.ADD_ARTICLE)

    @property
    def exports(self) -> bool:
        """Whether this person exports anything of a desk."""
        return reaches(self.person, Action.EXPORT_PUBLISHED)

    @property
    def manages_people(self) -> bool:
        """Whether this person administers a desk."""
        return reaches(self.person, Action.MANAGE_PEOPLE)

    @property
    def manages_webhooks(self) -> bool:
        """Whether this person sets webhooks up."""
        return reaches(self.person, Action.EDIT_WEBHOOKS)

    @property
    def makes_keys(self) -> bool:
        """Whether this person may give programs keys to a desk."""
        return reaches(self.person, Action.CREATE_TOKEN)

    @property
    def reads_feeds(self) -> bool:
        """Whether this person may see a desk's feeds."""
        return reaches(self.person, Action.READ_FEEDS)

    @cached_property
    def counts(self) -> RailCounts:
        """The numbers beside the links."""
        return count_for(self.person)


def _make_views(person: User) -> SavedViewQuerySet:
    seen = SavedView.objects.seen_by(person)
    return seen.order_by(F("desk").asc(nulls_first=True), "name")[:MOST_VIEWS]


_VIEWS = SettledFor[SavedView](_make_views)


def rail(request: HttpRequest) -> dict[str, Rail | Acts]:
    """The context of the shell; empty where nobody is signed in."""
    person = getattr(request, "user", None)
    if not isinstance(person, User):
        return {}
    view = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "rail": Rail(person, view, request.get_full_path()),
        "acts": Acts(person),
    }
