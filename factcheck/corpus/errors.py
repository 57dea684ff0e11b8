"""Refusals of this room; each says what to do next.

Refusal
├── UnfitArticle         the text cannot be taken in (empty, too large, not text)
├── ArticleAlreadyHere   the desk has this text or address; carries the article
├── NotTogether          two articles of one transaction are the same; each by itself may do
├── UnknownOutlet        no such outlet on this desk; names the nearest
├── UnfitRetrieval       an address or file that cannot be had or read; says what would help
├── UnfitFeed            an address that gives no feed, a list that is none; says what would help
├── FeedAlreadyHere      the desk subscribes to this feed; carries it
├── WrongFeedState       a feed is not where this starts from
├── WrongDate            the date of publication cannot be right
├── NothingToWatch       an article without address, or an archived one, cannot be fetched again
├── UnfitInquiry         a typed statement is empty or too long
├── SpanMismatch         a statement's words do not stand where it says
├── NotTried             this engine may not change statements before a shadow run
├── OtherEngine          a shadow run was asked of another engine than this worker has
├── TooFewDecisions      a desk has not decided enough pairs to learn from
├── NothingNewToLearn    nobody decided anything since the last calibration
├── CalibrationInUse     the desk's pairs are scored by this calibration already
├── CalibrationNotInUse  the desk's pairs are not scored by this calibration
├── UnfitSpan            the words marked cannot be a statement: outside the text, over paragraphs, nothing but spaces
├── WordsNotFound        the words typed do not stand in the text, or stand in it more than once
├── PlaceTaken           a statement stands at these very words already
├── UnfitSpeaker         a speaker's name or role is empty or too long, or is another speaker's
├── StatementRemoved     somebody has taken this statement back
├── ClaimHangsOnIt       a claim appears in this statement, so it cannot go
├── NothingToUndo        the last correction is not there to take back, or was taken back
├── ArticleInReview      reviewers have begun on this article: it is theirs to correct
├── CannotMerge          these two cannot be made one; says why
├── UnfitOutlet          an outlet's name is empty, too long or another outlet's
├── UnfitBulk            a bulk act without rows, of two desks, or one that cannot be taken back now
│   └── BulkNotEnded     it still runs
├── ArticleNotArchived   there is nothing to put back on the lists
├── PairAlreadyDecided   somebody decided this pair; says who and what
└── PairNotDecided       there is no decision to take back
"""

from uuid import UUID

from factcheck.ledger.errors import Refusal


class UnfitArticle(Refusal):
    """This text cannot be taken in."""

    code = "unfit_article"


class ArticleAlreadyHere(Refusal):
    """This article is already on the desk."""

    code = "article_already_here"

    def __init__(self, message: str, article_id: UUID) -> None:
        """Carry the article that stands there."""
        super().__init__(message)
        self.article_id = article_id


class NotTogether(Refusal):
    """Two of these articles have the same text or address. Add them one by one."""

    code = "not_together"


class UnknownOutlet(Refusal):
    """This outlet is not known on the desk."""

    code = "unknown_outlet"


class UnfitRetrieval(Refusal):
    """This cannot be fetched or read. Paste the text instead."""

    code = "unfit_retrieval"


class UnfitFeed(Refusal):
    """This cannot be subscribed to."""

    code = "unfit_feed"

    def __init__(self, message: str, links: tuple[tuple[str, str], ...] = ()) -> None:
        """Carry the addresses and names of the feeds that a page names."""
        super().__init__(message)
        self.links = links


class FeedAlreadyHere(Refusal):
    """The desk subscribes to this feed."""

    code = "feed_already_here"

    def __init__(self, message: str, feed_id: UUID) -> None:
        """Carry the feed that is there."""
        super().__init__(message)
        self.feed_id = feed_id


class WrongFeedState(Refusal):
    """This feed is not where this starts from. Load the page again."""

    code = "wrong_feed_state"


class WrongDate(Refusal):
    """This date of publication cannot be right."""

    code = "wrong_date"


class NothingToWatch(Refusal):
    """This article has no address to look at, or is archived. Add it by its address to watch it."""

    code = "nothing_to_watch"


class UnfitInquiry(Refusal):
    """This statement is empty or too long."""

    code = "unfit_inquiry"


class SpanMismatch(Refusal):
    """A statement's words do not stand where it says."""

    code = "span_mismatch"


class NotTried(Refusal):
    """This engine was not tried on these articles. Make a shadow run first, and read its report."""

    code = "engine_not_tried"


class OtherEngine(Refusal):
    """This shadow run was asked of another engine than the one that is installed now. Ask for a new one."""

    code = "other_engine"


class TooFewDecisions(Refusal):
    """This desk has not decided enough pairs to learn from. Decide some more first."""

    code = "too_few_decisions"


class NothingNewToLearn(Refusal):
    """Nobody has decided a pair since the last calibration was proposed. Look at that one."""

    code = "nothing_new_to_learn"


class CalibrationInUse(Refusal):
    """This desk's pairs are scored by this calibration already."""

    code = "calibration_in_use"


class CalibrationNotInUse(Refusal):
    """This desk's pairs are not scored by this calibration; there is nothing to set aside."""

    code = "calibration_not_in_use"


class UnfitSpan(Refusal):
    """These words cannot be a statement."""

    code = "unfit_span"


class WordsNotFound(Refusal):
    """These words do not stand in the text as typed."""

    code = "words_not_found"


class PlaceTaken(Refusal):
    """A statement stands at these very words already. Mend that one."""

    code = "place_taken"


class UnfitSpeaker(Refusal):
    """This name cannot be a speaker's."""

    code = "unfit_speaker"


class StatementRemoved(Refusal):
    """Somebody has taken this statement back. Undo that first, or mark the words again."""

    code = "statement_removed"


class ClaimHangsOnIt(Refusal):
    """A claim appears in this statement, so it stays. Mend its words instead."""

    code = "claim_hangs_on_it"


class NothingToUndo(Refusal):
    """There is no correction here to take back; somebody may have done it already. Load the page again."""

    code = "nothing_to_undo"


class ArticleInReview(Refusal):
    """Reviewers have begun on this article, so it is theirs to correct. Ask one of them."""

    code = "article_in_review"


class CannotMerge(Refusal):
    """These two cannot be made one."""

    code = "cannot_merge"


class UnfitOutlet(Refusal):
    """This name cannot be an outlet's."""

    code = "unfit_outlet"


class PairAlreadyDecided(Refusal):
    """This pair has been decided. Take the decision back first."""

    code = "pair_already_decided"


class PairNotDecided(Refusal):
    """This pair has not been decided; there is nothing to take back."""

    code = "pair_not_decided"


class UnfitBulk(Refusal):
    """This cannot be done to many things at once."""

    code = "unfit_bulk"


class BulkNotEnded(UnfitBulk):
    """This has not ended. Cancel it first, or wait."""

    code = "bulk_not_ended"


class ArticleNotArchived(Refusal):
    """This article is on the lists; there is nothing to put back."""

    code = "article_not_archived"
