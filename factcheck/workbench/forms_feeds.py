"""The forms of feeds: an address to look at, how the desk wants a feed, a list of feeds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.corpus.models import Feed, Outlet
from factcheck.corpus.services.feeds import MOST_BACKLOG, Wanted
from factcheck.corpus.services.poll_times import LONGEST, SHORTEST
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action
from factcheck.workbench.forms import LARGEST_VERSION, ButtonForm, offer_desks


class LookForm(forms.Form):
    """An address to look at before one subscribes."""

    desk = forms.TypedChoiceField(choices=())
    url = forms.CharField(
        max_length=2000,
        label=_("Address of a feed or of a page"),
        help_text=_("RSS, Atom or JSON Feed; on a page, the feeds that it names are found. Nothing is taken in yet."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.EDIT_FEED)


class ListForm(forms.Form):
    """An OPML list, as a reader exports it."""

    desk = forms.TypedChoiceField(choices=())
    file = forms.FileField(
        label=_("OPML file"), help_text=_("As every feed reader exports it; only what is new from now on is taken in.")
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.EDIT_FEED)


class FeedForm(ButtonForm):
    """How the desk wants a feed."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    outlet = forms.CharField(
        required=False,
        max_length=160,
        label=_("Outlet"),
        help_text=_("Under this name its articles stand; where it is empty, under the name that each gives."),
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    every = forms.IntegerField(
        min_value=SHORTEST,
        max_value=LONGEST,
        label=_("Polled every … minutes"),
        help_text=_("Not oftener than the feed asks for; later after a failure."),
    )
    backlog = forms.IntegerField(
        initial=0,
        min_value=0,
        max_value=MOST_BACKLOG,
        required=False,
        label=_("Articles to take in that are there already"),
        help_text=_("Else only what is published from now on."),
    )
    reads_pages = forms.BooleanField(required=False, label=_("Fetch the page of an entry that gives a few lines only"))
    against_robots = forms.BooleanField(
        required=False,
        label=_("Fetch also what the site’s robots.txt asks programs to leave alone: we have the outlet’s leave"),
    )

    def __init__(self, *args: Any, feed: Feed, **options: Any) -> None:
        said: dict[str, Any] = {"version": feed.version, "every": feed.every, "reads_pages": feed.reads_pages}
        said |= {"against_robots": feed.against_robots, "outlet": str(feed.outlet or feed.title)[:160]}
        super().__init__(*args, **{"initial": said, **options})
        self.outlets = Outlet.objects.filter(desk=feed.desk_id).values_list("name", flat=True)
        if feed.subscribed_at is not None and feed.state != "new":
            del self.fields["backlog"]

    def wanted(self) -> Wanted:
        """What the person chose."""
        data = self.cleaned_data
        return Wanted(
            data["outlet"],
            data["every"],
            data.get("backlog") or 0,
            reads_pages=data["reads_pages"],
            against_robots=data["against_robots"],
        )
