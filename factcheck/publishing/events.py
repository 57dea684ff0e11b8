"""What others hear when something is published: topics, and bodies after Standard Webhooks (type, timestamp, data)."""

import json
from datetime import datetime
from typing import Any, Final

from factcheck.publishing.gathering import address_of
from factcheck.publishing.models import ClaimReview, Publication, RevisionKind

REVIEW_PUBLISHED: Final = "review.published"
REVIEW_CORRECTED: Final = "review.corrected"
REVIEW_WITHDRAWN: Final = "review.withdrawn"
TOPICS: Final = {
    RevisionKind.PUBLISHED: REVIEW_PUBLISHED,
    RevisionKind.CORRECTED: REVIEW_CORRECTED,
    RevisionKind.WITHDRAWN: REVIEW_WITHDRAWN,
}
PING: Final = "ping"  # a test, to one endpoint alone


def topic_of(revision: ClaimReview) -> str:
    """The topic under which a revision is told."""
    return TOPICS[RevisionKind(revision.kind)]


def body_of(publication: Publication, revision: ClaimReview, now: datetime) -> dict[str, Any]:
    """What is told of it: enough to show it; a withdrawn review is not repeated."""
    said: dict[str, Any] = {
        "id": str(publication.pk),
        "revision": revision.number,
        "url": address_of(publication.slug),
        "reason": revision.reason,
    }
    if revision.kind != RevisionKind.WITHDRAWN:
        said["claim_review"] = json.loads(bytes(revision.rich))
    return {"type": topic_of(revision), "timestamp": now.isoformat(), "data": said}
