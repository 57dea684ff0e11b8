"""The page that publishes: what readers will see, what the linter says, what machines get, what changes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.claims.models import Claim, Verdict, VerdictState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.publishing import jsonld
from factcheck.publishing.differences import Difference, differences
from factcheck.publishing.models import ClaimReview, Publication
from factcheck.publishing.previews import standing_of
from factcheck.publishing.services import Preview, find_publication, look_ahead


@dataclass(frozen=True, slots=True)
class Ahead:
    """What publishing would make of a verdict that waits for a second person: what stands against it, what changes."""

    preview: Preview
    rich: str
    strict: str
    differences: Sequence[Difference] | None


def ahead_of(verdict: Verdict, now: datetime) -> Ahead | None:
    """What a second person looks at before they answer; None where nobody is asked."""
    if verdict.state != VerdictState.SUBMITTED:
        return None
    preview, publication = look_ahead(verdict, now), find_publication(verdict.claim)
    return Ahead(
        preview,
        _shown(jsonld.rich(preview.review)),
        _shown(jsonld.strict(preview.review)),
        differences(publication.live.review, preview.review) if publication else None,
    )


@dataclass(frozen=True, slots=True)
class Rights:
    """What this person may do here now."""

    publish: bool
    correct: bool
    withdraw: bool
    start: bool


@dataclass(frozen=True, slots=True)
class PublicationScreen:
    """What the page shows; `preview` is of the newest approved verdict where it is not public yet."""

    claim: Claim
    publication: Publication | None
    preview: Preview | None
    why_not: str
    rich: str
    strict: str
    differences: Sequence[Difference] | None
    revisions: Sequence[ClaimReview]
    rights: Rights


def publication_for(claim: Claim, person: User, now: datetime) -> PublicationScreen:
    """Gather the page."""
    standing = standing_of(claim, now)
    publication, preview = standing.publication, standing.preview
    return PublicationScreen(
        claim=claim,
        publication=publication,
        preview=preview,
        why_not=standing.why_not,
        rich=_shown(jsonld.rich(preview.review)) if preview else "",
        strict=_shown(jsonld.strict(preview.review)) if preview else "",
        differences=differences(publication.live.review, preview.review) if publication and preview else None,
        revisions=_revisions(publication),
        rights=_rights(claim, person, publication, standing.verdict, is_new=preview is not None),
    )


def _rights(
    claim: Claim, person: User, publication: Publication | None, verdict: Verdict | None, *, is_new: bool
) -> Rights:
    if publication is None:
        may_publish = is_new and may(person, Action.PUBLISH_REVIEW, claim)
        return Rights(publish=may_publish, correct=False, withdraw=False, start=False)
    is_shown = verdict is not None and verdict.pk == publication.live.verdict_id
    return Rights(
        publish=False,
        correct=is_new and may(person, Action.CORRECT_REVIEW, claim),
        withdraw=publication.is_live and may(person, Action.WITHDRAW_REVIEW, claim),
        start=is_shown and may(person, Action.WRITE_VERDICT, claim),
    )


def _shown(document: jsonld.Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _revisions(publication: Publication | None) -> list[ClaimReview]:
    if publication is None:
        return []
    rows = publication.revisions.defer("contents", "rich", "strict").select_related("published_by")
    return list(rows.order_by("-number"))
