"""Where a claim stands on its way into public: what readers see of it, and what would be published next."""

from dataclasses import dataclass
from datetime import datetime

from factcheck.claims.models import Claim, Verdict, VerdictState
from factcheck.ledger.errors import Refusal
from factcheck.publishing.models import Publication
from factcheck.publishing.services import Preview, find_publication, preview_review


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim's place in public, if it has one; `preview` is of its newest approved verdict where that is not public.

    `why_not` says why there is no preview although the verdict is approved.
    """

    claim: Claim
    publication: Publication | None
    verdict: Verdict | None
    preview: Preview | None
    why_not: str


def standing_of(claim: Claim, now: datetime) -> Standing:
    """Look at what stands in public and at what would come next; nothing is written."""
    publication, verdict = find_publication(claim), newest_verdict(claim)
    preview, why_not = _preview(publication, verdict, now)
    return Standing(claim, publication, verdict, preview, why_not)


def newest_verdict(claim: Claim) -> Verdict | None:
    """The claim's newest verdict, approved or not."""
    verdicts = claim.verdicts.select_related("rating__scale", "claim__desk", "claim__pair")
    return verdicts.order_by("-number").first()


def _preview(publication: Publication | None, verdict: Verdict | None, now: datetime) -> tuple[Preview | None, str]:
    if verdict is None or verdict.state != VerdictState.APPROVED:
        return None, ""
    if publication is not None and publication.live.verdict_id == verdict.pk:
        return None, ""
    try:
        return preview_review(verdict, now), ""
    except Refusal as refusal:
        return None, str(refusal)
