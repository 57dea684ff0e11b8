"""Refusals of this room; each says what to do next.

Refusal
├── ClaimAlreadyOpen      this side of this pair has a claim; carries it
├── UnfitClaim            no sentence, or no side of the pair
├── WrongClaimState       the claim is not where this act starts from
├── NothingToSettle       no change of a source waits for being looked at
├── WrongVerdictState     the verdict is not where this act starts from
├── VerdictIncomplete     names what a verdict still needs
├── UnfitVerdict          a text too long, a rating of another desk
├── VerdictAlreadyApproved  this person has approved it
├── SecondPersonNeeded    whoever wrote a verdict may not approve it
├── UnfitEvidence         an address that is no web address, or nothing cited
├── UnfitReply            nobody is named, or an answer without words
├── UnfitLink             a link in a text leads to no web address
├── UnfitComment          nothing is said, or the words it is about stand nowhere
├── CommentTooOld         the quarter of an hour to mend it is over
├── WrongCommentState     it is resolved, open or taken back already
├── UnfitGuideline        guidelines without words, a scale that is none
├── AlreadyInHand         somebody has this piece; says who
├── NotInHand             the person does not have this piece, or has it no more
├── UnfitAssignee         this colleague cannot do this piece
├── AlreadyChecked        somebody has checked this article
├── NotChecked            there is no check to take back
├── NoBlindReview         no blind assessments are asked for, or they are adjudicated
├── UnfitBlindReview      they cannot be asked for now; says why
├── NotAllGiven           assessments are still being written, and are shown to nobody
├── AllGiven              all assessments are given; none is taken back
├── AssessmentGiven       this person has given theirs
├── UnfitTag              a tag without words, too long, or there already
├── NotTagged             there is no such tag to take off
├── UnfitImport           a file that holds no reviews, or is too large
└── WrongImportState      the import is not where this act starts from
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

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


class NothingToSettle(Refusal):
    """No change of a source waits here; somebody may have looked already. Load the page again."""

    code = "nothing_to_settle"


class WrongVerdictState(Refusal):
    """The verdict is not where this starts from. Load the page again."""

    code = "wrong_verdict_state"


class VerdictIncomplete(Refusal):
    """A verdict is not complete."""

    code = "verdict_incomplete"

    def __init__(self, missing: Sequence[str], words: str = "") -> None:
        """Name what is missing, and before what, where that is not submitting."""
        super().__init__((words or _("Before you submit, add %(parts)s.")) % {"parts": listed(missing)})
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


class UnfitReply(Refusal):
    """This right of reply cannot be recorded."""

    code = "unfit_reply"


class UnfitLink(Refusal):
    """A link leads to no web address. Give one that begins with https:// or http://."""

    code = "unfit_link"


class UnfitComment(Refusal):
    """This cannot be said as a comment."""

    code = "unfit_comment"


class CommentTooOld(Refusal):
    """This comment is over a quarter of an hour old and stays, as others may have read it. Add one that corrects it."""

    code = "comment_too_old"


class WrongCommentState(Refusal):
    """This comment is not where this starts from: somebody was first. Load the page again."""

    code = "wrong_comment_state"


class UnfitGuideline(Refusal):
    """These guidelines or ratings cannot be saved."""

    code = "unfit_guideline"


class AlreadyInHand(Refusal):
    """Somebody has this in hand already."""

    code = "already_in_hand"


class NotInHand(Refusal):
    """You do not have this in hand any more. Look at what waits, and take it again if it is free."""

    code = "not_in_hand"


class UnfitAssignee(Refusal):
    """This colleague cannot do this. Choose another."""

    code = "unfit_assignee"


class AlreadyChecked(Refusal):
    """Somebody has checked this article already."""

    code = "already_checked"


class NotChecked(Refusal):
    """Nobody has checked this article; there is nothing to take back."""

    code = "not_checked"


class NoBlindReview(Refusal):
    """No blind assessment of this claim is open. Load the page again."""

    code = "no_blind_review"


class UnfitBlindReview(Refusal):
    """Blind assessments of this claim cannot be asked for now."""

    code = "unfit_blind_review"


class NotAllGiven(Refusal):
    """Not all assessments are given yet, and nobody sees one before. Come back when they are."""

    code = "not_all_given"


class AllGiven(Refusal):
    """All assessments are given, and may have been read; none can be taken back now."""

    code = "all_given"


class AssessmentGiven(Refusal):
    """You have given your assessment of this claim."""

    code = "assessment_given"


class UnfitTag(Refusal):
    """A tag is a word or two."""

    code = "unfit_tag"


class NotTagged(Refusal):
    """This does not carry that tag, or somebody took it off first. Load the page again."""

    code = "not_tagged"


class UnfitImport(Refusal):
    """No reviews can be imported from this file."""

    code = "unfit_import"


class WrongImportState(Refusal):
    """The import is not where this starts from: it was started, or taken back already. Load the page again."""

    code = "wrong_import_state"


def listed(parts: Sequence[str]) -> str:
    """Several things in one breath: a, b and c."""
    if len(parts) < 2:  # noqa: PLR2004 -- one or none
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
