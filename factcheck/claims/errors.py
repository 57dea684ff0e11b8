"""Refusals of this room; each says what to do next.

Refusal
├── ClaimAlreadyOpen      this side of this pair has a claim; carries it
├── UnfitClaim            no sentence, or no side of the pair
├── WrongClaimState       the claim is not where this act starts from
├── WrongVerdictState     the verdict is not where this act starts from
├── VerdictIncomplete     names what a verdict still needs
├── UnfitVerdict          a text too long, a rating of another desk
├── VerdictAlreadyApproved  this person has approved it
├── SecondPersonNeeded    whoever wrote a verdict may not approve it
└── UnfitEvidence         an address that is no web address, or nothing cited
"""

from collections.abc import Sequence
from uuid import UUID

from factcheck.ledger.errors import Refusal


class ClaimAlreadyOpen(Refusal):
    """This statement is already being checked."""

    code = "claim_already_open"

    def __init__(self, message: str, claim_id: UUID) -> None:
        """Carry the claim that stands there."""
        super().__init__(message)
        self.claim_id = claim_id


class UnfitClaim(Refusal):
    """A claim needs a sentence that can be checked."""

    code = "unfit_claim"


class WrongClaimState(Refusal):
    """The claim is not where this starts from. Load the page again."""

    code = "wrong_claim_state"


class WrongVerdictState(Refusal):
    """The verdict is not where this starts from. Load the page again."""

    code = "wrong_verdict_state"


class VerdictIncomplete(Refusal):
    """A verdict is not complete."""

    code = "verdict_incomplete"

    def __init__(self, missing: Sequence[str]) -> None:
        """Name what is missing."""
        super().__init__(f"Before you submit, add {_listed(missing)}.")
        self.missing = tuple(missing)


class UnfitVerdict(Refusal):
    """This cannot be part of a verdict."""

    code = "unfit_verdict"


class VerdictAlreadyApproved(Refusal):
    """You have approved this verdict already; the desk wants a further person."""

    code = "verdict_already_approved"


class SecondPersonNeeded(Refusal):
    """You wrote this verdict, or part of it. Somebody else has to approve it."""

    code = "second_person_needed"


class UnfitEvidence(Refusal):
    """This evidence cannot be attached."""

    code = "unfit_evidence"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
