"""One of everything that the pages are about, for the tests of rights, and in which cases it stands."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from factcheck.claims.models import Assignment, Claim, Comment, RatingScale, ReviewImport, Verdict
from factcheck.claims.services.importing import hand_in_reviews
from factcheck.corpus.models import (
    Article,
    CalibrationVersion,
    ConflictPair,
    Feed,
    Inquiry,
    Outlet,
    Retrieval,
    ShadowReport,
)
from factcheck.corpus.services.bulk import plan_bulk, start_bulk
from factcheck.corpus.services.feeds import look_at
from factcheck.corpus.services.inquiries import NewInquiry, compare_statement
from factcheck.corpus.services.retrieving import Asked, add_article_from_url
from factcheck.corpus.services.shadow import ask_shadow_run
from factcheck.ledger.jobs import claim_job, fail_job
from factcheck.ledger.models import Job
from factcheck.newsroom.entry import ask_role, invite
from factcheck.newsroom.models import AccessToken, Desk, EntryLink, Role, RoleRequest, SavedView, User
from factcheck.newsroom.tokens import NewToken, create_token
from factcheck.newsroom.views import NewView, save_view
from factcheck.publishing.exporting import ask_export
from factcheck.publishing.models import Delivery, Export, WebhookEndpoint
from factcheck.publishing.webhooks.endpoints import try_webhook
from factcheck.workbench.routes import ROUTES
from tests.factories import NOW, make_bridge_pair, make_calibration, make_claim, make_comment, make_submitted
from tests.people import make_person
from tests.publishing.receiving import make_webhook

CASES = {
    # how the thing differs from an open one that a colleague made: (own, restricted, archived)
    "own": (True, False, False),
    "other's": (False, False, False),
    "own restricted": (True, True, False),
    "other's restricted": (False, True, False),
    "own archived": (True, False, True),
    "other's archived": (False, False, True),
}
SUBJECTS_HELD = (
    "pair",
    "claim",
    "verdict",
    "job",
    "report",
    "calibration",
    "inquiry",
    "retrieval",
    "feed",
    "comment",
    "bulk",
    "view",
    "export",
    "token",
)
OF_PEOPLE = ("person", "link", "role_request")
OF_WEBHOOKS = ("webhook", "delivery")


@dataclass
class World:
    """One of everything, made by Olga, who leads the desk beside Lea."""

    desk: Desk
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
    person: User
    link: EntryLink
    role_request: RoleRequest
    review_import: ReviewImport
    export: Export
    webhook: WebhookEndpoint
    delivery: Delivery
    token: AccessToken
    ids: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = {name: getattr(self, name).pk for name in (*SUBJECTS_HELD, *OF_PEOPLE, *OF_WEBHOOKS)}
        self.ids |= {"article": self.pair.a.article_id, "speaker": self.pair.a.speaker_id, "statement": self.pair.a_id}
        self.ids["outlet"] = Outlet.objects.get(desk=self.desk).pk
        self.ids |= {"desk": self.desk.pk, "import": self.review_import.pk}
        self.ids["scale"] = RatingScale.objects.get(desk=self.desk).pk

    def set_up(self, person: User, case: str) -> None:
        """Make the thing this person's own, restricted or archived, as the case says."""
        own, restricted, archived = CASES[case]
        article = Article.objects.filter(pk=self.ids["article"])
        if own:
            article.update(created_by=person)
            Inquiry.objects.filter(pk=self.inquiry.pk).update(asked_by=person)
            Retrieval.objects.filter(pk=self.retrieval.pk).update(asked_by=person)
            Export.objects.filter(pk=self.export.pk).update(asked_by=person)
            Comment.objects.filter(pk=self.comment.pk).update(author=person)
            AccessToken.objects.filter(pk=self.token.pk).update(user=person)
            Assignment.objects.create(claim=self.claim, person=person, assigned_by=person, assigned_at=NOW)
        if restricted:
            article.update(access="restricted")
        if archived:
            article.update(archived_at=NOW)

    def fields(self, name: str) -> dict[str, Any]:
        """What a browser would send."""
        route = ROUTES[name]
        versions = {"pair": self.pair, "claim": self.claim, "verdict": self.verdict, "article": self.pair.a.article}
        versions |= {
            "statement": self.pair.a,
            "speaker": self.pair.a.speaker,
            "outlet": Outlet.objects.get(desk=self.desk),
        }
        said = {"version": getattr(versions.get(route.subject), "version", 1), "decision": "conflict", "side": "b"}
        said |= {"desk": str(self.desk.pk), "role": "reporter"}
        said |= {"text": "The bridge was inspected.", "note": "Say when.", "kind": "denial"}
        said |= {"mark": "0" * 32, "every": 30, "reason": "A log was found."}
        said |= {"body": "See the log.", "number": 0}
        said |= {"url": "https://hooks.example/", "topics": ["review.published"]}
        said |= {"grace": 24}
        for step in "12":
            said |= {f"label_{step}": f"Step {step}", f"tone_{step}": "true", f"definition_{step}": "It is so."}
        corrects = route.subject in ("article", "statement", "speaker", "outlet") and not name.endswith("-comment")
        said |= self.corrections() if corrects else {}
        said |= {"act": "unwatch"} if name == "workbench:article-watch" else {}
        said |= {"undoes": 1} if name == "workbench:conflict-put-back" else {}
        said |= {"part": "reply", "key": str(self.pair.pk)} if name == "workbench:verdict-put-back" else {}
        said |= {"act": "put_on", "name": "Friday"} if name.endswith("-tag") else {}
        wanted = "reviews-csv" if name == "workbench:exports" else 2
        said |= {"person": str(self.claim.opened_by_id), "wanted": wanted}
        return {key: value for key, value in said.items() if key in route.fields}

    def corrections(self) -> dict[str, Any]:
        """What the forms of the reader and of speakers and outlets send."""
        other = self.pair.b
        said = {"revision": 1, "words": "closed the Orla bridge", "at": self.pair.a.anchors.get().start + 4}
        people = {
            "speaker": "The council",
            "kind": "person",
            "relay": "",
            "act": "",
            "name": "Ann Ory",
            "role": "mayor",
            "title": "Bridge closed",
        }
        return {**said, **people, "other": f"{other.pk}:{other.version}", "into": other.speaker_id}


def make_world(desk: Desk, olga: User) -> World:
    pair = make_bridge_pair(desk, olga)
    claim = make_claim(pair, olga)
    verdict = make_submitted(claim, olga)
    job = Job.objects.get(kind="extract", desk_id=desk.pk)
    lease = claim_job(job.pk, NOW)
    assert lease is not None
    fail_job(lease, "It stopped.", timezone.now())
    otto, _ = (make_person(f"{name} of {desk.slug}", desk, Role.ADMIN) for name in ("Otto", "Omar"))
    report = ask_shadow_run(desk, otto, NOW)
    link, _ = invite("Nina", Role.REPORTER, desk, otto, timezone.now())
    asked = ask_role(olga, Role.ADMIN, desk, otto, NOW)
    assert asked is not None
    inquiry = compare_statement(NewInquiry("The bridge was inspected."), desk, olga, NOW)
    retrieval = add_article_from_url("https://orla.example/a", Asked(), desk, olga, NOW)
    feed = look_at("https://orla.example/feed", desk, olga, NOW)
    calibration, comment = make_calibration(desk), make_comment(claim, olga, now=timezone.now())
    bulk = start_bulk(plan_bulk("compatible", ConflictPair.objects.filter(pk=pair.pk), olga), olga, NOW)
    view = save_view(NewView("corpus_article", "All", "", desk), olga, NOW)
    brought = hand_in_reviews("reviews.json", b"{}", desk, olga, now=NOW)
    export = ask_export("reviews", "csv", desk, olga, NOW)
    webhook, _ = make_webhook(desk, olga, "https://hooks.example/", NOW)
    token, _ = create_token(NewToken("wire"), desk, olga, timezone.now())
    return World(
        *(desk, pair, claim, verdict, job, report, calibration, inquiry, retrieval, feed, comment, bulk, view, olga),
        *(link, asked, brought, export, webhook, try_webhook(webhook, olga, NOW), token),
    )
