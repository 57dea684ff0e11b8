"""Has this been checked? The earlier checks of a claim's own sentence, and one of them taken over as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from factcheck.claims.models import Claim
from factcheck.newsroom.models import User
from factcheck.publishing.earlier import Earlier, find_earlier, see_earlier
from factcheck.workbench.screens.claim import ClaimScreen
from factcheck.workbench.screens.rights import rights_of

SHOWN = 5


@dataclass(frozen=True, slots=True)
class EarlierScreen:
    """What the box shows: what is likely the same claim, and what is near."""

    claim: Claim
    likely: Sequence[Earlier]
    near: Sequence[Earlier]
    may_cite: bool


def earlier_screen(claim: Claim, person: User) -> EarlierScreen:
    """Ask with the claim's own sentence; the claim itself is not among the answers."""
    found = sorted(find_earlier(claim.text, person, SHOWN, apart_from=claim.pk), key=_is_imported)  # ours first
    may_cite = rights_of(claim, claim.verdicts.order_by("-number").first(), person).write
    likely = [earlier for earlier in found if earlier.is_likely]
    return EarlierScreen(claim, likely, [earlier for earlier in found if not earlier.is_likely], may_cite)


def _is_imported(earlier: Earlier) -> bool:
    return earlier.imported is not None


def citing(screen: ClaimScreen, cited: str, person: User) -> ClaimScreen:
    """The page of a claim with an earlier check put into its form as a source; nothing is saved by it."""
    earlier = _cited(cited, person)
    if earlier is None or not screen.rights.write:
        return screen
    title = " · ".join(part for part in (earlier.publisher, earlier.rating, earlier.text) if part)
    writing = replace(
        screen.writing, evidence_title=title[:300], evidence_url=earlier.url, evidence_excerpt=earlier.text
    )
    return replace(screen, writing=writing)


def _cited(cited: str, person: User) -> Earlier | None:
    try:
        return see_earlier(UUID(cited), person)
    except ValueError:
        return None
