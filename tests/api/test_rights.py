"""Every route against the permission table: roles x own, other's, restricted, another desk's, nothing; and scopes."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern

from factcheck.api.permissions import Right
from factcheck.api.urls import urlpatterns
from factcheck.claims.models import Claim, Comment, Evidence, ReviewImport, Verdict
from factcheck.claims.services.importing import hand_in_reviews
from factcheck.corpus.models import Access, Article, ConflictPair, Feed
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Scope, User
from factcheck.newsroom.permissions import Action, Subject, may, reaches
from factcheck.newsroom.routes import Door
from factcheck.publishing.exporting import ask_export
from factcheck.publishing.models import Delivery, Export, WebhookEndpoint
from factcheck.publishing.webhooks.endpoints import try_webhook
from tests.api.conftest import Asks, Caller, Programs
from tests.factories import NOW, make_bridge_pair, make_claim, make_comment, make_submitted
from tests.people import People
from tests.publishing.receiving import make_webhook

pytestmark = pytest.mark.thorough

# What each writing route is sent. A new one must be placed here, or its rows in the matrix fail.
BODIES: dict[str, Any] = {
    "articles.create": {"text": "New\n\nWords."},
    "articles.create_batch": {"articles": [{"text": "New\n\nWords."}]},
    "articles.edit": {"byline": "By Ilse Varga"},
    "articles.revise": {"text": "New\n\nWords."},
    "articles.fetch": {"url": "https://orla.example/a"},
    "match.match": {"text": "The bridge was inspected."},
    "feeds.create": {"url": "https://orla.example/news"},
    "feeds.change": {"every": 60},
    "statements.compare": {"text": "The bridge was inspected."},
    "imports.hand_in": {"name": "reviews.json", "text": "{}"},
    "exports.ask": {"what": "reviews", "shape": "csv"},
    "articles.add": {"revision": "…", "words": "The council closed", "speaker": "Ilse Varga"},
    "statements.mend": {"act": "denial"},
    "statements.split": {"at": 1},
    "statements.merge": {"other": "…", "other_version": 1},
    "speakers.edit": {"role": "Mayor"},
    "speakers.merge": {"into": "…"},
    "statements.say_of_statement": {"body": "Which log?"},
    "conflicts.say_of_conflict": {"body": "Which log?"},
    "claims.say_of_claim": {"body": "Which log?"},
    "comments.edit": {"body": "Which?"},
    "claims.publish": {"mark": "m"},
    "claims.correct": {"mark": "m", "reason": "Why."},
    "claims.withdraw": {"reason": "Why."},
    "conflicts.decide": {"decision": "needs_clarification"},
    "claims.create": {"side": "b", "text": "Words."},
    "claims.reword": {"text": "Words."},
    "verdicts.write": {"summary": "Words."},
    "verdicts.attach": {"title": "Log", "bearing": "context"},
    "verdicts.send_back": {"note": "Why?"},
    "webhooks.create": {"url": "https://hooks.example/", "topics": ["review.published"]},
    "webhooks.change": {"url": "https://hooks.example/", "topics": ["review.published"]},
}
WITHOUT_A_BODY = {
    *("jobs.retry", "jobs.cancel", "conflicts.reopen", "claims.take", "claims.close", "claims.reopen"),
    *("feeds.pause", "feeds.resume", "feeds.poll", "feeds.end"),
    *("imports.run", "imports.cancel", "imports.go_on", "imports.take_back"),
    *("exports.cancel", "exports.go_on", "exports.discard"),
    *("articles.watch", "articles.unwatch", "articles.look", "claims.settle"),
    *("statements.withdraw", "statements.undo", "speakers.part"),
    *("comments.retract", "comments.resolve", "comments.reopen", "claims.start_correction"),
    *("verdicts.start", "verdicts.detach", "verdicts.submit", "verdicts.approve"),
    *("webhooks.remove", "webhooks.rotate", "webhooks.switch_on", "webhooks.switch_off", "webhooks.send_missed"),
    *("webhooks.ping", "deliveries.redeliver"),
}
EVERYBODY = ("ada", "ben", "lea", "amir", "cleo")
NO = ("not_allowed", "session_only", "missing_scope", "not_authenticated", "not_found")


@dataclass(frozen=True)
class Route:
    """An address, a method, and what the view says of it."""

    method: str
    template: str
    act: str
    right: Right

    @property
    def noun(self) -> str:
        """The first word of the address."""
        return self.template.removeprefix("v1/").split("/")[0]

    @property
    def name(self) -> str:
        """Noun and act; a claim's verdicts are verdicts."""
        return f"{'verdicts' if self.act == 'start' else self.noun}.{self.act}"

    def address(self, pk: object, source: object = None) -> str:
        """Where it is for one thing."""
        path = self.template.replace("<uuid:pk>", str(pk)).replace("<uuid:evidence_id>", str(source))
        return f"/api/{path}"


def routes() -> Iterator[Route]:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        view = getattr(pattern.callback, "cls", None)
        for method, act in getattr(pattern.callback, "actions", {}).items():
            if view is not None and method != "head":
                yield Route(method, str(pattern.pattern), act, view.rights[act])


ROUTES = [route for route in routes() if route.right.action is not Door.PUBLIC]  # who may read those: test_reviews.py


@dataclass
class World:
    """A pair with a claim and a submitted verdict, in an article of one person."""

    pair: ConflictPair
    claim: Claim
    verdict: Verdict
    job: Job
    source: UUID
    feed: Feed
    brought: ReviewImport
    export: Export
    webhook: WebhookEndpoint
    delivery: Delivery
    comment: Comment

    def row(self, route: Route) -> Model | None:
        """What the route is about."""
        if "<uuid:pk>" not in route.template:
            return None
        a = self.pair.a
        found: dict[str, Model] = {"articles": a.article, "jobs": self.job, "statements": a, "speakers": a.speaker}
        found |= {"conflicts": self.pair, "claims": self.claim, "verdicts": self.verdict, "feeds": self.feed}
        found |= {"imports": self.brought, "exports": self.export}
        found |= {"webhooks": self.webhook, "deliveries": self.delivery}
        found |= {"comments": self.comment, "evidence": Evidence.objects.get(pk=self.source)}
        return found[route.noun]

    def subject(self, route: Route) -> Subject | None:
        """What the table is asked about."""
        row = self.row(route)
        return self.article if isinstance(row, Job) else row  # type: ignore[return-value]  # each has a desk

    @property
    def article(self) -> Article:
        """The article as it stands."""
        return Article.objects.get(pk=self.pair.a.article_id)

    def body(self, route: Route) -> Any:
        """What is sent."""
        body = BODIES.get(route.name, {})
        ids: dict[str, dict[str, object]] = {
            "claims.create": {"conflict": self.pair.pk},
            "speakers.merge": {"into": self.pair.b.speaker_id},
        }
        ids |= {"articles.add": {"revision": self.article.current.pk}, "statements.merge": {"other": self.pair.b_id}}
        return {**body, **{name: str(pk) for name, pk in ids.get(route.name, {}).items()}}


def make_world(people: People, owner: User) -> World:
    pair = make_bridge_pair(people.desk, owner)
    claim = make_claim(pair, people.lea, owner if owner != people.lea else None, people.lea)
    verdict = make_submitted(claim, owner)
    feed = add_feed("https://orla.example/feed", Wanted(), people.desk, people.lea, NOW)
    brought = hand_in_reviews("reviews.json", b"{}", people.desk, people.lea, now=NOW)
    export = ask_export("reviews", "csv", people.desk, owner, NOW)
    job, source = Job.objects.get(kind="extract"), verdict.evidence.get().pk
    webhook, _ = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    delivery = try_webhook(webhook, people.lea, NOW)
    brought_in = (feed, brought, export, webhook, delivery)
    return World(pair, claim, verdict, job, source, *brought_in, make_comment(claim, owner))


def is_shown(world: World, person: User, route: Route) -> bool:
    if route.noun == "feeds":
        return may(person, Action.READ_FEEDS, world.feed)
    if route.noun == "exports":
        return person == world.export.asked_by  # what one asks is nobody else's
    if route.noun in ("webhooks", "deliveries"):
        return may(person, Action.EDIT_WEBHOOKS, world.article)
    action = Action.READ_RESTRICTED if world.article.access == Access.RESTRICTED else Action.READ_ARTICLE
    of_desk = route.noun == "jobs" and may(person, Action.READ_WORK, world.article)
    return of_desk or may(person, action, world.article)


def expected(world: World, person: User, route: Route) -> str | None:
    """The refusal that the table demands; None where it lets the person through."""
    subject = world.subject(route)
    assert isinstance(route.right.action, Action)
    if not reaches(person, route.right.action):
        return "not_allowed"
    if subject is None:
        return None
    if not is_shown(world, person, route):
        return "not_found"
    reads = route.method == "get"
    return None if reads or may(person, route.right.action, subject) else "not_allowed"


def answered(caller: Client, world: World, route: Route, pk: object) -> Any:
    assert isinstance(caller, Caller)
    if route.method == "get":
        return caller.get(route.address(pk))
    seen = '"0.gone"' if route.act == "remove" else "*"  # it would be nothing to those who come after
    return caller.send(route.method, route.address(pk, world.source), world.body(route), if_match=seen)


def refusal(answer: Any) -> str | None:
    code = answer.json().get("code")
    return code if code in NO else None


def pk_of(world: World, route: Route) -> UUID | None:
    row = world.row(route)
    return None if row is None else row.pk


def test_every_writing_route_has_its_body() -> None:
    writing = {route.name for route in ROUTES if route.method != "get"}

    assert writing == set(BODIES) | WITHOUT_A_BODY
    assert len(ROUTES) > 30


@pytest.mark.parametrize("owner", ["ada", "ben"])
def test_the_table_decides_on_every_route(people: People, asks: Asks, owner: str) -> None:
    world = make_world(people, getattr(people, owner))

    everybody = {who: asks(getattr(people, who)) for who in EVERYBODY}

    for route, who in itertools.product(ROUTES, EVERYBODY):
        wanted = expected(world, getattr(people, who), route)
        found = refusal(answered(everybody[who], world, route, pk_of(world, route)))
        assert (who, route.name, found) == (who, route.name, wanted)


def test_a_restricted_article_hides_on_every_route_what_hangs_on_it(people: People, asks: Asks) -> None:
    world = make_world(people, people.ada)
    restrict_article(world.article, [], world.article.version, people.lea, NOW)

    everybody = {who: asks(getattr(people, who)) for who in EVERYBODY}

    for route, who in itertools.product([route for route in ROUTES if world.row(route)], EVERYBODY):
        answer = answered(everybody[who], world, route, pk_of(world, route))
        wanted = expected(world, getattr(people, who), route)
        assert (who, route.name, refusal(answer)) == (who, route.name, wanted)
        if wanted == "not_found":
            assert answer.content == answered(everybody[who], world, route, uuid4()).content
    for route in [route for route in ROUTES if route.method == "get" and not world.row(route)]:
        text = everybody["ben"].get(route.address("")).content.decode()
        assert str(world.article.pk) not in text
        assert "Varga" not in text


def test_another_desks_things_are_nothing_on_every_route(people: People, asks: Asks) -> None:
    world, cleo = make_world(people, people.ada), asks(people.cleo)

    for route in [route for route in ROUTES if world.row(route)]:
        theirs = answered(cleo, world, route, pk_of(world, route))
        nothing = answered(cleo, world, route, uuid4())
        assert (route.name, theirs.status_code, theirs.content) == (route.name, 404, nothing.content)
    for route in [route for route in ROUTES if route.method == "get" and not world.row(route)]:
        assert cleo.get(route.address("")).json()["results"] == []
        assert cleo.get(route.address("") + "?limit=9").json().get("gone", []) == []


def test_nobody_gets_in_on_any_route(people: People) -> None:
    world = make_world(people, people.ada)

    for route in ROUTES:
        answer = answered(Caller(), world, route, pk_of(world, route))
        assert (route.name, answer.status_code, refusal(answer)) == (route.name, 401, "not_authenticated")


@pytest.mark.parametrize("scope", Scope)
def test_a_token_goes_as_far_as_its_scope(people: People, program: Programs, scope: Scope) -> None:
    world, wire = make_world(people, people.lea), program(people.lea, people.desk, scope)

    for route in ROUTES:
        wanted = None if scope in route.right.scopes else "missing_scope" if route.right.scopes else "session_only"
        assert (route.name, refusal(answered(wire, world, route, pk_of(world, route)))) == (route.name, wanted)


def test_no_scope_decides_approves_or_publishes() -> None:
    by_token = {route.right.action for route in ROUTES if route.right.scopes and route.method != "get"}

    ours = {Action.ADD_ARTICLE, Action.REVISE_ARTICLE, Action.COMPARE_STATEMENT, Action.RETRY_JOB}
    assert by_token == {*ours, Action.IMPORT_REVIEWS, Action.EXPORT_PUBLISHED}


def test_a_superuser_without_a_desk_gets_in_nowhere(people: People, asks: Asks) -> None:
    world = make_world(people, people.ada)
    root = asks(User.objects.create_superuser("root", password="root", name="Root"))

    for route in ROUTES:
        answer = answered(root, world, route, pk_of(world, route))
        assert (route.name, refusal(answer)) == (route.name, "not_allowed")
