"""One maker per thing, through the services that the product uses; nothing hidden is made beside it."""

import itertools
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from factcheck import engine
from factcheck.claims.models import Bearing, Claim, Comment, Rating, Verdict
from factcheck.claims.services.claims import assign_claim, open_claim
from factcheck.claims.services.comments import NewComment, Subject, add_comment
from factcheck.claims.services.evidence import NewEvidence, attach_evidence
from factcheck.claims.services.ratings import add_rating_scale
from factcheck.claims.services.verdicts import (
    VerdictText,
    approve_verdict,
    start_verdict,
    submit_verdict,
    write_verdict,
)
from factcheck.corpus.models import Article, CalibrationVersion, ConflictPair, Decision, Statement
from factcheck.corpus.services.articles import NewArticle, add_article
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.corpus.services.extraction import store_extraction
from factcheck.corpus.services.pairing import store_pairs
from factcheck.corpus.services.scoring import OWN_WEIGHTS
from factcheck.jobs.runner import run_job
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Desk, User
from factcheck.publishing.models import ClaimReview, Publication
from factcheck.publishing.services import correct_review, preview_review, publish_review, start_correction
from tests.people import People
from tests.replaying import replayed

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

# Two people who cannot both be right, in the plainest words.
BRIDGE = """Bridge over the Orla closed after crack is found

The council closed the Orla bridge on Sunday.

“The bridge was inspected in January,” Mayor Ilse Varga said.

Engineer Tomas Reyle denied that the bridge was inspected in January.
"""

_count = itertools.count(1)


@replayed
def make_article(desk: Desk, person: User, text: str = BRIDGE, **options: object) -> Article:
    """An article, added as people add it; its analysis is queued."""
    fields: dict[str, Any] = {"outlet": "Orla Post", "adds_outlet": True, "published_at": PUBLISHED}
    new = NewArticle(text, **(fields | options))
    return add_article(new, desk, person, NOW)


@replayed
def make_analyzed_article(desk: Desk, person: User, text: str = BRIDGE) -> Article:
    """An article with its statements and pairs, as the worker leaves it."""
    article = make_article(desk, person, text)
    run_open_jobs()
    return article


def run_open_jobs() -> None:
    """Do all queued work here and now, as a worker would; what gathers before it is begun is not waited for."""
    while job := Job.objects.filter(state=JobState.QUEUED).next_first().first():
        Job.objects.filter(pk=job.pk).update(run_after=None)
        run_job(job.pk)


@replayed
def make_said(article: Article, *sentences: tuple[str, str]) -> list[Statement]:
    """Statements given by hand as (speaker, words that stand in the text), stored as an extraction stores them."""
    text = article.current.text
    speakers = {name: engine.Speaker(name, name, engine.SpeakerKind.PERSON) for name, _ in sentences}
    found = [make_engine_statement(article, text, speakers[name], words) for name, words in sentences]
    with record_change(actor=None, now=timezone.now()) as change:
        store_extraction(
            change, article.current, engine.Extraction(str(article.pk), tuple(speakers.values()), tuple(found))
        )
    return list(Statement.objects.filter(article=article).order_by("created_seq"))


def make_engine_statement(article: Article, text: str, speaker: engine.Speaker, words: str) -> engine.Statement:
    """What the engine would say of these words."""
    return make_statement_in(engine.Article(str(article.pk), text, None, article.published_at), speaker, words)


def make_statement_in(article: engine.Article, speaker: engine.Speaker, words: str) -> engine.Statement:
    """What the engine would say of these words, where they first stand in an article of its own."""
    start = article.text.index(words)
    span = engine.Span(start, start + len(words))
    return engine.Statement(
        id=f"s{next(_count)}",
        article_id=article.id,
        passage=engine.Passage(start, words),
        content=span,
        parts=(span,),
        source=None,
        cue=None,
        speaker=speaker,
        reported_by=None,
        act=engine.Act.ASSERTION,
        quote=engine.Quote.INDIRECT,
        hedged=False,
        negated=False,
        checkworthiness=0.5,
        confidence=0.9,
        published=article.published,
    )


@replayed
def make_pair(article: Article, a: Statement, b: Statement, score: float = 0.9) -> ConflictPair:
    """A suggested pair of two statements, stored as the worker stores it."""
    found = engine.ConflictPair(
        str(a.pk), str(b.pk), engine.ConflictKind.DENIAL, score, f"{a.speaker} against {b.speaker}"
    )
    with record_change(actor=None, now=timezone.now()) as change:
        store_pairs(change, article, [found])
    return ConflictPair.objects.get(a=a, b=b)


@replayed
def make_bridge_pair(desk: Desk, person: User, day: str = "Sunday", month: str = "January") -> ConflictPair:
    """The suggested pair of the bridge article, from statements given by hand. Another day makes another article of
    the same words, another month other words."""
    article = make_article(desk, person, BRIDGE.replace("Sunday", day).replace("January", month))
    said, denied = make_said(
        article,
        ("Ilse Varga", f"The bridge was inspected in {month}"),
        ("Tomas Reyle", f"that the bridge was inspected in {month}"),
    )
    return make_pair(article, said, denied)


def make_calibration(desk: Desk, number: int = 1) -> CalibrationVersion:
    """A proposal as the timetable makes it, learned from no decision in particular."""
    pairs = ConflictPair.objects.filter(desk=desk).values_list("pk", flat=True)
    moved = [{"pair": str(pk), "before": 0.9, "after": 0.4} for pk in pairs]
    return CalibrationVersion.objects.create(
        desk=desk,
        number=number,
        weights=OWN_WEIGHTS.as_dict(),
        confirmed=5,
        decided=25,
        decided_until=NOW,
        shadow={"open": len(moved), "rise": 0, "fall": len(moved), "moved": moved},
        made_at=NOW,
    )


@replayed
def make_scale(desk: Desk) -> list[Rating]:
    """A scale of three steps."""
    rows = [
        {"label": label, "tone": tone, "definition": f"It is {label.lower()}."}
        for label, tone in (("True", "true"), ("Unproven", "unproven"), ("False", "false"))
    ]
    with record_change(actor=None, now=NOW) as change:
        scale = add_rating_scale(change, desk, "Three steps", rows)
    return list(scale.ratings.all())


@replayed
def make_claim(pair: ConflictPair, opener: User, assignee: User | None = None, lead: User | None = None) -> Claim:
    """A claim on the pair's first side, assigned where asked."""
    claim = open_claim(pair, pair.a, pair.a.display, opener, NOW)
    if assignee and lead:
        assign_claim(claim, assignee, lead, NOW)
    return claim


@replayed
def make_draft(claim: Claim, author: User, rating: Rating | None = None) -> Verdict:
    """A complete draft: rated, reasoned, with one piece of evidence."""
    rating = rating or (Rating.objects.on_offer(claim.desk).first() or make_scale(claim.desk)[0])
    verdict = start_verdict(claim, author, NOW)
    text = VerdictText(rating, "The log of the bridge shows it.", "The log lists *one* inspection.")
    write_verdict(verdict, text, verdict.version, author, NOW)
    evidence = NewEvidence("Inspection log", Bearing.SUPPORTS, url="https://example.org/log", excerpt="12 January")
    attach_evidence(verdict, evidence, verdict.version, author, NOW)
    return verdict


@replayed
def make_submitted(claim: Claim, author: User) -> Verdict:
    """A submitted verdict."""
    verdict = make_draft(claim, author)
    submit_verdict(verdict, verdict.version, author, NOW)
    return verdict


def make_comment(subject: Subject, author: User, body: str = "Which log?", *, now: datetime = NOW) -> Comment:
    """A comment on a claim, a pair or a statement."""
    return add_comment(subject, NewComment(body), author, now)


@replayed
def make_approved(claim: Claim, author: User, approver: User) -> Verdict:
    """A verdict with a second person's yes."""
    verdict = make_submitted(claim, author)
    approve_verdict(verdict, verdict.version, approver, NOW)
    return verdict


@replayed
def make_published(people: People, month: str = "January", now: datetime = NOW) -> Publication:
    """A published review of a claim from a confirmed conflict: Ada wrote it, Ben approved it, Lea published it."""
    return publish_side(make_bridge_pair(people.desk, people.ada, month=month), people, now)


def publish_side(pair: ConflictPair, people: People, now: datetime = NOW) -> Publication:
    """A published review of a suggested pair's first side."""
    decide_conflict(pair, Decision.CONFLICT, pair.version, people.ben, now=NOW)
    claim = make_claim(pair, people.lea, people.ada, people.lea)
    return publish(make_approved(claim, people.ada, people.ben), people.lea, now).publication


def publish_other_side(first: Publication, people: People) -> Publication:
    """A review of the other side of a published one's conflict."""
    pair = first.claim.pair
    assert pair is not None
    other = open_claim(pair, pair.b, pair.b.display, people.lea, NOW)
    assign_claim(other, people.ada, people.lea, NOW)
    return publish(make_approved(other, people.ada, people.ben), people.lea).publication


def publish(verdict: Verdict, lead: User, now: datetime = NOW) -> ClaimReview:
    """Publish a verdict as its preview shows it."""
    return publish_review(verdict, preview_review(verdict, now).mark, lead, now)


def make_correction(publication: Publication, people: People, reason: str, now: datetime = NOW) -> ClaimReview:
    """A correction: Ada mends the sentence, Ben approves, Lea publishes it."""
    draft = start_correction(publication, people.ada, now)
    text = VerdictText(draft.rating, "Two logs show it.", draft.reasoning)
    write_verdict(draft, text, draft.version, people.ada, now)
    submit_verdict(draft, draft.version, people.ada, now)
    approve_verdict(draft, draft.version, people.ben, now)
    publication.refresh_from_db()
    return correct_review(draft, reason, publication.version, preview_review(draft, now).mark, people.lea, now=now)
