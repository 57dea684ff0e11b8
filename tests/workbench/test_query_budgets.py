"""More rows ask no more queries: the pages of teams, feeds, tags, alerts, copies, revisions and people."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.claims.services.assessments import ask_assessments
from factcheck.claims.services.assignments import assign_work
from factcheck.claims.services.tags import tag_piece
from factcheck.corpus.models import Article, ConflictPair, Decision, Feed, FeedItem, Outlet
from factcheck.corpus.services.articles import NewArticle, add_article, restrict_article
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.corpus.services.correcting import Attribution, mend_statement
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.newsroom.alerts import start_alert
from factcheck.newsroom.entry import invite
from factcheck.newsroom.models import Role
from factcheck.newsroom.tokens import NewToken, create_token
from factcheck.newsroom.views import NewView, save_view
from factcheck.publishing.exporting import ask_export
from tests.factories import NOW, make_bridge_pair, make_claim, make_comment, make_submitted
from tests.people import People, make_person
from tests.publishing.receiving import make_webhook
from tests.workbench.conftest import SignedIn

pytestmark = pytest.mark.thorough

DAYS = ("Friday", "Saturday", "Monday", "Tuesday", "Wednesday", "Thursday")
LISTS = ("corpus_article", "corpus_conflictpair", "claims_claim")
OF_THE_DESK: tuple[str, ...] = (
    "inbox",
    "work",
    "feeds",
    "notices",
    "conflicts-hidden",
    "adjudications",
    "agreement",
    "view-counts",
)
OF_THE_DESK += ("exports", "webhooks", "tokens", "people", "jobs", "search")


@dataclass
class Things:
    """Those whose pages are looked at."""

    claim: Claim
    pair: ConflictPair
    article: Article
    feed: Feed
    outlet: Outlet

    def paths(self) -> list[str]:
        """The pages of these, and those of the desk."""
        of_claim = ("claim", "claim-dossier", "claim-earlier", "claim-publish")
        verdict = self.claim.verdicts.get()
        return [
            *(reverse(f"admin:{page}_changelist") for page in LISTS),
            *(reverse(f"workbench:{name}") for name in OF_THE_DESK),
            *(reverse(f"workbench:{name}", args=[self.claim.pk]) for name in of_claim),
            *(reverse(f"workbench:{name}", args=[self.article.pk]) for name in ("article", "article-revisions")),
            reverse("workbench:statement", args=[self.pair.a_id]),
            *(thing.get_absolute_url() for thing in (self.pair, self.feed, self.outlet, verdict)),
        ]


def make_things(people: People) -> Things:
    pair = make_bridge_pair(people.desk, people.ada)
    claim = make_claim(pair, people.ben, people.ben, people.lea)
    make_submitted(claim, people.ben)
    start_alert(save_view(NewView("corpus_article", "Bridges", "q=bridge"), people.lea, NOW), people.lea, NOW)
    feed = add_feed("https://orla.example/feed", Wanted("The Daily"), people.desk, people.lea, NOW)
    return Things(claim, pair, pair.a.article, feed, Outlet.objects.get(desk=people.desk, name="Orla Post"))


def grow(people: People, things: Things, day: str) -> None:
    """One more of each sort of row, on these things and beside them."""
    now, desk, lea = timezone.now(), people.desk, people.lea
    pair = make_bridge_pair(desk, people.ada, day, day)
    hidden = make_bridge_pair(desk, people.ada, day, f"{day} night")
    decide_conflict(hidden, Decision.SUPERSEDED, hidden.version, lea, now=now)
    assign_work(make_bridge_pair(desk, people.ada, day, f"{day} noon"), lea, people.lea, now)
    for piece in (things.claim, things.pair, things.article, pair, pair.a.article):
        tag_piece(piece, day, lea, now)
    claim = make_claim(pair, people.ben)
    ask_assessments(claim, 2, lea, now)
    for subject in (things.claim, things.pair, things.pair.a):
        make_comment(subject, people.ben, f"@lea Which log of {day}?", now=now)
    text = things.article.current.text
    add_article(NewArticle(text, outlet=f"{day} Gazette", adds_outlet=True), desk, people.ada, now)
    revise_article(things.article, NewText(text=f"{text}\n\nIt rained on {day}.\n"), now)
    things.pair.a.refresh_from_db()
    chain = Attribution(relay="The council", further=("Tass", f"{day} Gazette"))
    mend_statement(things.pair.a, things.pair.a.version, chain, lea, now)
    grow_administration(people, things, day)


def grow_administration(people: People, things: Things, day: str) -> None:
    now, desk, lea = timezone.now(), people.desk, people.lea
    add_feed(f"https://orla.example/{day}", Wanted("The Daily"), desk, lea, now)
    FeedItem.objects.create(feed=things.feed, guid=day, title=day, digest=day, seen_at=now)
    invite(f"Nina of {day}", Role.REPORTER, desk, people.amir, now)
    make_person(f"Otto of {day}", desk, Role.REVIEWER)
    create_token(NewToken(day), desk, lea, now)
    make_webhook(desk, lea, f"https://hooks.example/{day}", now)
    ask_export("reviews", "csv", desk, lea, now)


def queries_of(browsers: list[Client], path: str) -> int:
    """As many as the lead's or the administrator's page asks, whichever of them may see it."""
    browser = next(one for one in browsers if one.get(path).status_code == 200)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return len(captured)


def test_restricted_articles_ask_no_more_queries_whether_one_may_read_them_or_not(
    people: People, signed_in: SignedIn
) -> None:
    things = make_things(people)
    paths = [*things.paths(), *(f"/api/v1/{noun}" for noun in ("articles", "statements", "conflicts", "claims"))]

    def restrict(day: str) -> None:
        for month, readers in (("night", []), ("noon", [people.ben])):
            pair = make_bridge_pair(people.desk, people.ada, day, f"{day} {month}")
            make_claim(pair, people.ben)
            restrict_article(pair.a.article, readers, pair.a.article.version, people.lea, NOW)

    def asked() -> dict[tuple[str, str], int]:
        seen = [(who, signed_in(who), path) for who in (people.ada, people.ben, people.lea) for path in paths]
        return {
            (who.name, path): queries_of([one], path) for who, one, path in seen if one.get(path).status_code == 200
        }

    restrict(DAYS[0])
    restrict(DAYS[1])
    before = asked()
    for day in DAYS[2:]:
        restrict(day)
    after = asked()
    assert {key: (before[key], count) for key, count in after.items() if count > before[key]} == {}


def test_more_rows_ask_no_more_queries(people: People, signed_in: SignedIn) -> None:
    things = make_things(people)
    browsers = [signed_in(people.lea), signed_in(people.amir)]
    for day in DAYS[:2]:
        grow(people, things, day)
    paths = things.paths()
    before = {path: queries_of(browsers, path) for path in paths}

    for day in DAYS[2:]:
        grow(people, things, day)

    after = {path: queries_of(browsers, path) for path in paths}
    assert {path: (before[path], asked) for path, asked in after.items() if asked > before[path]} == {}
