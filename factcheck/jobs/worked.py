"""What the demo's people have decided, checked and published: loaded when the demo article is analyzed, once."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from factcheck.claims.models import Bearing, Claim, Rating, Verdict
from factcheck.claims.services.claims import assign_claim, open_claim
from factcheck.claims.services.evidence import NewEvidence, attach_evidence
from factcheck.claims.services.verdicts import (
    VerdictText,
    approve_verdict,
    start_verdict,
    submit_verdict,
    write_verdict,
)
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.jobs.seeding import read_toml
from factcheck.newsroom.models import Desk, User
from factcheck.publishing.models import Publication
from factcheck.publishing.services import preview_review, publish_review


def publish_demo(seeds: Path, now: datetime) -> list[Publication]:
    """Publish the demo's verdicts on pairs that nobody has touched; what was published now."""
    desk = Desk.objects.filter(is_demo=True).first()
    if desk is None:
        return []
    rows = read_toml(seeds / "worked_pairs.toml")["pairs"]
    found = [(row, _find_pair(desk, row)) for row in rows]
    return [_publish(desk, row, pair, now) for row, pair in found if pair is not None]


def _find_pair(desk: Desk, row: Mapping[str, Any]) -> ConflictPair | None:
    """The pair of these words, where it waits for a decision and no claim was opened from it."""
    waiting = ConflictPair.objects.filter(desk=desk, claims__isnull=True).awaiting_editor().with_sides()
    said, against = row["said"], row["against"]
    one = waiting.filter(a__content__contains=said, b__content__contains=against)
    other = waiting.filter(b__content__contains=said, a__content__contains=against)
    return one.first() or other.first()


def _publish(desk: Desk, row: Mapping[str, Any], pair: ConflictPair, now: datetime) -> Publication:
    ada, ben, lea = (_member(desk, role) for role in ("reporter", "reviewer", "lead"))
    decide_conflict(pair, Decision.CONFLICT, pair.version, ben, now=now)
    checked = pair.a if row[row["checked"]] in pair.a.content else pair.b
    claim = open_claim(pair, checked, row["claim"], lea, now)
    assign_claim(claim, ada, lea, now)
    verdict = _write(claim, row, ada, now)
    approve_verdict(verdict, verdict.version, ben, now)
    return publish_review(verdict, preview_review(verdict, now).mark, lea, now).publication


def _write(claim: Claim, row: Mapping[str, Any], ada: User, now: datetime) -> Verdict:
    rating = Rating.objects.on_offer(claim.desk).get(label=row["rating"])
    verdict = start_verdict(claim, ada, now)
    write_verdict(verdict, VerdictText(rating, row["summary"], row["reasoning"]), verdict.version, ada, now)
    for source in row["evidence"]:
        evidence = NewEvidence(source["title"], Bearing(source["bearing"]), excerpt=source["excerpt"])
        attach_evidence(verdict, evidence, verdict.version, ada, now)
    submit_verdict(verdict, verdict.version, ada, now)
    return verdict


def _member(desk: Desk, role: str) -> User:
    return User.objects.filter(memberships__desk=desk, memberships__role=role).order_by("date_joined", "pk")[0]
