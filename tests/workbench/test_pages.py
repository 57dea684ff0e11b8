"""Every page: who gets it, what it never contains, and that more rows ask no more queries."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim, Comment, RatingScale, ReviewImport, Verdict
from factcheck.claims.services.importing import hand_in_reviews
from factcheck.corpus.models import CalibrationVersion, ConflictPair, Feed, Inquiry, Outlet, Retrieval, ShadowReport
from factcheck.corpus.services.articles import restrict_article
from factcheck.corpus.services.bulk import plan_bulk, start_bulk
from factcheck.corpus.services.feeds import look_at
from factcheck.corpus.services.inquiries import NewInquiry, compare_statement
from factcheck.corpus.services.retrieving import Asked, add_article_from_url
from factcheck.corpus.services.shadow import ask_shadow_run
from factcheck.ledger.jobs import claim_job, fail_job
from factcheck.ledger.models import Job
from factcheck.newsroom.entry import ask_role, invite
from factcheck.newsroom.models import AccessToken, EntryLink, Role, RoleRequest, SavedView, User
from factcheck.newsroom.tokens import NewToken, create_token
from factcheck.newsroom.views import NewView, save_view
from factcheck.publishing.exporting import ask_export
from factcheck.publishing.models import Delivery, Export, WebhookEndpoint
from factcheck.publishing.webhooks.endpoints import try_webhook
from factcheck.workbench.routes import ROUTES
from tests.factories import (
    NOW,
    make_article,
    make_bridge_pair,
    make_calibration,
    make_claim,
    make_comment,
    make_submitted,
)
from tests.people import People, make_person
from tests.publishing.receiving import make_webhook
from tests.workbench.conftest import Elements, SignedIn


@dataclass
class World:
    """One of everything on the desk."""

    people: People
    pair: ConflictPair
    claim: Claim
    verdict: Verdict
    job: Job
    report: ShadowReport
    calibration: CalibrationVersion
    inquiry: Inquiry
    retrieval: Retrieval
    feed: Feed
    comment: Comment
    bulk: Job
    view: SavedView
    token: AccessToken
    link: EntryLink
    role_request: RoleRequest
    review_import: ReviewImport
    export: Export
    webhook: WebhookEndpoint
    delivery: Delivery

    def address(self, name: str) -> str:
        ids = {"article": self.pair.a.article_id, "pair": self.pair.pk, "claim": self.claim.pk}
        ids |= {"verdict": self.verdict.pk, "job": self.job.pk, "report": self.report.pk}
        ids |= {"calibration": self.calibration.pk, "inquiry": self.inquiry.pk, "comment": self.comment.pk}
        ids |= {"statement": self.pair.a_id, "desk": self.people.desk.pk, "scale": RatingScale.objects.get().pk}
        ids |= {"speaker": self.pair.a.speaker_id, "outlet": Outlet.objects.get(desk=self.people.desk).pk}
        ids |= {"bulk": self.bulk.pk, "view": self.view.pk, "link": self.link.pk, "role_request": self.role_request.pk}
        ids |= {"person": self.people.ada.pk, "retrieval": self.retrieval.pk, "feed": self.feed.pk}
        ids |= {"import": self.review_import.pk, "export": self.export.pk}
        ids |= {"webhook": self.webhook.pk, "delivery": self.delivery.pk}
        ids |= {"token": self.token.pk}
        return reverse(f"workbench:{name}", args=[ids[SUBJECTS[name]]] if SUBJECTS[name] else [])


@pytest.fixture
def world(people: People) -> World:
    pair = make_bridge_pair(people.desk, people.ada)
    claim = make_claim(pair, people.ben, people.ben, people.lea)
    verdict = make_submitted(claim, people.ben)
    job = Job.objects.get(kind="extract")
    lease = claim_job(job.pk, NOW)
    assert lease is not None
    fail_job(lease, "It stopped.", timezone.now())
    report = ask_shadow_run(people.desk, people.amir, NOW)
    inquiry = compare_statement(NewInquiry("The bridge was inspected."), people.desk, people.lea, NOW)
    retrieval = add_article_from_url("https://orla.example/a", Asked(), people.desk, people.lea, NOW)
    feed = look_at("https://orla.example/feed", people.desk, people.lea, NOW)
    comment = make_comment(claim, people.lea, now=timezone.now())
    bulk = start_bulk(plan_bulk("compatible", ConflictPair.objects.filter(pk=pair.pk), people.lea), people.lea, NOW)
    view = save_view(NewView("corpus_article", "All", "", people.desk), people.lea, NOW)
    token, _ = create_token(NewToken("wire"), people.desk, people.lea, timezone.now())
    link, _ = invite("Nina", Role.REPORTER, people.desk, people.amir, NOW)
    make_person("Omar", people.desk, Role.ADMIN)
    asked = ask_role(people.ada, Role.LEAD, people.desk, people.amir, NOW)
    assert asked is not None
    webhook, _ = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    return World(
        people,
        pair,
        claim,
        verdict,
        job,
        report,
        make_calibration(people.desk),
        inquiry,
        retrieval,
        feed,
        comment,
        bulk,
        view,
        token,
        link,
        asked,
        hand_in_reviews("reviews.json", b"{}", people.desk, people.lea, now=NOW),
        ask_export("reviews", "csv", people.desk, people.lea, NOW),
        webhook,
        try_webhook(webhook, people.lea, NOW),
    )


# What each address is about, as the table of routes has it.
SUBJECTS = {
    name.removeprefix("workbench:"): route.subject for name, route in ROUTES.items() if name.startswith("workbench:")
}
PAGES = [
    "article-revisions",
    "claim-earlier",
    "inbox",
    "jobs",
    "account",
    "article-add",
    "article",
    "article-progress",
    "article-edit",
    "conflict",
    "claim",
    "claim-open",
]
LEADS_ALONE = {"shadow-reports", "shadow-report", "calibrations", "calibration"}
LEADS_ALONE |= {
    "imports",
    "webhooks",
    "claim-assign",
    "pair-assign",
    "article-assign",
    "adjudication",
    "adjudications",
    "desk-rules",
    "tokens",
}
EDITORS_ALONE = {"assessment", "agreement", "agreement-csv"}
PAGES += ["claim-dossier", "verdict", "guidelines", "comment-edit", "inquiry", "retrieval", "bulk", "conflicts-hidden"]
PAGES += ["exports", "webhook", "export", "import", "import-report"]
PAGES += ["claim-publish", "statement", "statement-add", "speaker", "outlet", "work", "notices", "feeds", "feed"]
PAGES += [*sorted(EDITORS_ALONE), *sorted(LEADS_ALONE)]
SHUT = {
    "ada": {"claim-open", "comment-edit", *EDITORS_ALONE, *LEADS_ALONE},
    "ben": {"comment-edit", *LEADS_ALONE},
    "lea": set[str](),
}
POSTS = [name for name, subject in SUBJECTS.items() if subject and name not in (*PAGES, "export-file")]
THEIRS = ("webhook", "inquiry", "retrieval", "bulk", "import", "import-report", "export")
LISTS = ["corpus_article", "corpus_conflictpair", "claims_claim", "corpus_speaker", "corpus_outlet"]


def test_nobody_gets_in_without_signing_in(world: World, client: Client) -> None:
    closed = [name for name in SUBJECTS if name not in ("inbox", "sign-in", "join")]

    answers = {name: (client.post if name in POSTS else client.get)(world.address(name)) for name in closed}

    asked = {name: answer.headers.get("Location", "").startswith("/sign-in/?next=") for name, answer in answers.items()}
    assert asked == dict.fromkeys(closed, True)


def test_nobody_sees_a_list_without_signing_in(db: None, client: Client) -> None:
    answers = {page: client.get(reverse(f"admin:{page}_changelist")).status_code for page in LISTS}

    assert answers == dict.fromkeys(LISTS, 302)


def test_a_restricted_article_hides_all_that_hangs_on_it(world: World, signed_in: SignedIn) -> None:
    article = world.pair.a.article
    restrict_article(article, [], article.version, world.people.lea, NOW)
    ben, lea = signed_in(world.people.ben), signed_in(world.people.lea)

    for name in ("article", "conflict", "claim"):
        assert (name, ben.get(world.address(name)).status_code) == (name, 404)
        assert (name, lea.get(world.address(name)).status_code) == (name, 200)


@pytest.mark.thorough
@pytest.mark.parametrize("who", ["ada", "ben", "lea"])
def test_the_desk_sees_its_pages(world: World, signed_in: SignedIn, who: str) -> None:
    browser = signed_in(getattr(world.people, who))

    answers = {name: browser.get(world.address(name)).status_code for name in PAGES}

    expected = {name: 403 if name in SHUT[who] else 200 for name in PAGES}
    if who != "lea":  # what one asks is nobody else's; what is done to many is the leads'
        expected |= dict.fromkeys(THEIRS, 404)
    if who == "ada":
        expected["statement-add"] = 409  # reviewers have begun on her article
    assert answers == expected


@pytest.mark.parametrize("who", ["ada", "amir", "cleo"])
def test_lists_show_what_one_may_read(world: World, signed_in: SignedIn, who: str) -> None:
    browser = signed_in(getattr(world.people, who))

    rows = {page: browser.get(reverse(f"admin:{page}_changelist")).context["cl"].result_count for page in LISTS}

    assert {page: count > 0 for page, count in rows.items()} == dict.fromkeys(LISTS, who == "ada")


def test_the_queue_can_be_searched_and_filtered(world: World, signed_in: SignedIn) -> None:
    ben, path = signed_in(world.people.ben), reverse("admin:corpus_conflictpair_changelist")

    for query in ("status__exact=suggested", "kind__exact=denial", "decision__exact=", "q=bridge", "p=99", "e=1"):
        assert (query, ben.get(f"{path}?{query}", follow=True).status_code) == (query, 200)


def test_a_lists_filters_name_no_other_desks_things(world: World, signed_in: SignedIn) -> None:
    make_article(world.people.other_desk, world.people.cleo, outlet="Secret Gazette")

    assert "Secret Gazette" not in signed_in(world.people.lea).get("/admin/corpus/article/").content.decode()
    assert "Secret Gazette" in signed_in(world.people.cleo).get("/admin/corpus/article/").content.decode()


def test_a_row_of_a_list_leads_to_our_page(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.people.ben).get(reverse("admin:corpus_conflictpair_changelist"))

    assert f'href="{world.pair.get_absolute_url()}"' in answer.content.decode()


def test_each_cell_of_a_list_carries_its_heading_for_narrow_screens(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.people.ben).get(reverse("admin:corpus_conflictpair_changelist"))

    assert '<td class="field-likeness" data-label="Score">' in answer.content.decode()


def test_nothing_can_be_changed_in_the_lists(world: World, signed_in: SignedIn) -> None:
    lea = signed_in(world.people.lea)

    for page in LISTS:
        assert lea.get(f"{reverse(f'admin:{page}_changelist')}add/").status_code == 404
        assert lea.post(reverse(f"admin:{page}_changelist"), {"action": "delete_selected"}).status_code == 405
    assert ConflictPair.objects.count() == Claim.objects.count() == 1


def test_a_superuser_without_a_desk_sees_nothing(world: World, signed_in: SignedIn) -> None:
    root = User.objects.create_superuser("root", password="root", name="Root")

    assert signed_in(root).get(reverse("admin:corpus_article_changelist"), follow=True).status_code == 403
    assert signed_in(root).get(world.address("article")).status_code == 404


def every_page(world: World, client: Client) -> list[Any]:
    lists = [reverse(f"admin:{page}_changelist") for page in LISTS]
    return [client.get(path) for path in [*(world.address(name) for name in PAGES), *lists]]


@pytest.mark.thorough
def test_no_page_has_inline_scripts_styles_or_anything_from_elsewhere(world: World, signed_in: SignedIn) -> None:
    for answer in every_page(world, signed_in(world.people.lea)):
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        for tag, attributes in Elements(answer.content.decode()).found:
            assert "style" not in attributes, attributes
            assert not [name for name in attributes if name.startswith("on")], attributes
            assert tag != "style"
            assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
            for name in ("src", "href", "action"):
                value = attributes.get(name) or "/"
                assert value.startswith(("/", "#", "?", "https://example.org/")), value


@pytest.mark.thorough
def test_every_page_speaks_the_language_that_its_reader_asks_for(world: World, signed_in: SignedIn) -> None:
    lea = signed_in(world.people.lea)
    lea.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    pages = {answer.request["PATH_INFO"]: answer.content.decode() for answer in every_page(world, lea)}

    assert [path for path, page in pages.items() if "<html" in page and '<html lang="fr"' not in page] == []


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_hostile_words_are_shown_as_words(people: People, signed_in: SignedIn) -> None:
    pair = make_bridge_pair(people.desk, people.ada, day=HOSTILE, month=HOSTILE)
    lea = signed_in(people.lea)
    claim = make_claim(pair, people.lea)
    lea.post(reverse("workbench:claim-reword", args=[claim.pk]), {"version": claim.version, "text": HOSTILE})

    for path in ("/", pair.a.article.get_absolute_url(), pair.get_absolute_url(), claim.get_absolute_url()):
        page = lea.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in lea.get(claim.get_absolute_url()).content.decode()


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


LONG = [
    "inbox",
    "jobs",
    "article",
    "conflict",
    "claim",
    "claim-dossier",
    "statement",
    "speaker",
    "outlet",
    "calibrations",
    "calibration",
]


@pytest.mark.thorough
def test_more_rows_ask_no_more_queries(world: World, signed_in: SignedIn) -> None:
    lea, people = signed_in(world.people.lea), world.people
    paths = [world.address(name) for name in LONG] + [reverse(f"admin:{page}_changelist") for page in LISTS]
    for page in LISTS:
        save_view(NewView(page, "Bridges", "q=bridge"), people.lea, NOW)
    for day in ("Friday", "Saturday"):
        make_bridge_pair(people.desk, people.ada, day)
    before = {path: queries_of(lea, path) for path in paths}

    for day in ("Monday", "Tuesday", "Wednesday"):
        make_claim(make_bridge_pair(people.desk, people.ada, day), people.ben, people.lea, people.lea)

    after = {path: queries_of(lea, path) for path in paths}
    assert {path: (before[path], asked) for path, asked in after.items() if asked > before[path]} == {}


def test_the_inbox_puts_first_what_waits_for_me(world: World, signed_in: SignedIn) -> None:
    lea = signed_in(world.people.lea).get("/").context["inbox"]
    ben = signed_in(world.people.ben).get("/").context["inbox"]
    ada = signed_in(world.people.ada).get("/").context["inbox"]

    assert [verdict.pk for verdict in lea.to_approve] == [world.verdict.pk]
    assert (list(ben.to_approve), list(ben.mine)) == ([], []), "his claim is with Lea now"
    assert [pair.pk for pair in ben.pairs] == [world.pair.pk]
    assert list(ada.pairs) == []
    assert [moving.progress.has_stopped for moving in ada.moving] == [True]


def test_an_empty_inbox_says_what_would_be_here(people: People, signed_in: SignedIn) -> None:
    page = signed_in(people.ada).get("/").content.decode()

    assert "Nothing waits for you" in page
    assert "Add the first one" in page


def test_progress_reloads_the_page_once_it_ends(world: World, signed_in: SignedIn) -> None:
    article = make_article(world.people.desk, world.people.ada, "Another\n\nText.")
    ada, path = signed_in(world.people.ada), reverse("workbench:article-progress", args=[article.pk])

    waiting = ada.get(path)
    Job.objects.filter(subject_id=article.pk).update(state="done", ended_at=NOW)
    ended = ada.get(path)

    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert "waiting for a worker" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers
    assert ended.headers["HX-Refresh"] == "true"


@pytest.mark.thorough
def test_acts_are_posts_with_a_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people.lea)

    for name in POSTS:
        assert (name, client.get(world.address(name)).status_code) == (name, 405)
        answer = client.post(world.address(name), {"version": 1})
        assert (name, answer.status_code) == (name, 403)
        assert "out of date" in answer.content.decode()
