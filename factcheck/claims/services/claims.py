"""Opening claims and who works on them."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck.claims.errors import ClaimAlreadyOpen, UnfitClaim, WrongClaimState
from factcheck.claims.models import Appearance, BlindReview, Claim, ClaimState, Stance
from factcheck.claims.services.assignments import hold_claim
from factcheck.claims.services.knowing import ask_to_know
from factcheck.corpus.models import Article, ConflictPair, Statement
from factcheck.corpus.services.watching import keep_watching
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.recalling import own_act, said_by
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import NoticeKind, User
from factcheck.newsroom.notices import notify
from factcheck.newsroom.permissions import Action, require

LONGEST_CLAIM = 600


def open_claim(pair: ConflictPair, checked: Statement, text: str, person: User, now: datetime) -> Claim:
    """Take one side of a pair on as a claim; the other side enters as a denial of it.

    Raises:
        NotAllowed: the person may not open claims on this desk.
        UnfitClaim: the sentence is empty or too long, or the statement is no side of the pair.
        ClaimAlreadyOpen: this side has a claim; the refusal carries it.
    """
    require(person, Action.OPEN_CLAIM, pair)
    if checked.pk not in (pair.a_id, pair.b_id):
        raise UnfitClaim(_("Choose which of the two statements shall be checked."))
    claim = Claim(
        desk_id=pair.desk_id,
        text=_sentence(text),
        pair=pair,
        checked=checked,
        opened_by=person,
        opened_at=now,
    )
    try:
        with record_change(actor=person, now=now) as change:
            _store(change, claim, pair)
    except IntegrityError as error:
        there = Claim.objects.get(pair=pair, checked=checked)
        raise ClaimAlreadyOpen(
            _("This side is already being checked: “%(text)s”.") % {"text": there.text}, there.pk
        ) from error
    return claim


def reword_claim(claim: Claim, text: str, version: int, person: User, now: datetime) -> None:
    """Put the claim in other words.

    Raises:
        NotAllowed: the person may not open claims on this desk.
        UnfitClaim: the sentence is empty or too long.
        StaleVersion: somebody changed the claim first.
    """
    require(person, Action.OPEN_CLAIM, claim)
    sentence, before = _sentence(text), claim.text
    with record_change(actor=person, now=now) as change:
        change.edit(claim, version, text=sentence)
        ask_to_know(change, claim, f"as version {claim.version}")
        change.audit("reword_claim", claim, desk_id=claim.desk_id, before=before, after=sentence)


def take_claim(claim: Claim, person: User, now: datetime) -> None:
    """Assign an unfinished claim to oneself; untouched, it goes back after as long as the desk allows.

    Raises:
        NotAllowed: the person may not take claims on this desk.
        WrongClaimState: the claim is decided or closed.
    """
    require(person, Action.TAKE_CLAIM, claim)
    _assign(claim, person, by=person, now=now)


def assign_claim(claim: Claim, assignee: User, person: User, now: datetime) -> None:
    """Assign an unfinished claim to a colleague of the desk; it stays theirs until it is given back or to another.

    Raises:
        NotAllowed: the person may not assign, or the assignee may not work on this desk's claims.
        WrongClaimState: the claim is decided or closed.
    """
    require(person, Action.ASSIGN_CLAIM, claim)
    require(assignee, Action.TAKE_CLAIM, claim)
    _assign(claim, assignee, by=person, now=now)


def close_claim(claim: Claim, version: int, person: User, now: datetime) -> None:
    """Put a claim away.

    Raises:
        NotAllowed, StaleVersion, WrongClaimState: it is closed already.
    """
    _move(claim, version, person, now, verb="close_claim", to=ClaimState.CLOSED)


def take_back_move(claim: Claim, version: int, person: User, now: datetime, *, entry: int | None = None) -> None:
    """Take one's closing or reopening back: the claim is again what it was, decided too where it was that.

    Raises:
        NotAllowed, StaleVersion: as above.
        WrongClaimState: it was not closed or reopened last, or a further verdict was begun since.
    """
    require(person, Action.CLOSE_CLAIM, claim)
    last = own_act(claim, entry, person.pk, *TAKING_BACK, *TAKING_BACK.values())
    said = said_by(last)
    if last is None or last.verb not in TAKING_BACK or said.get("after") != claim.state:
        raise WrongClaimState
    if said["before"] == ClaimState.DECIDED and claim.verdicts.unfinished().exists():
        raise WrongClaimState(_("A further verdict on this claim was begun. It stays in work until that is approved."))
    with record_change(actor=person, now=now) as change:
        change.edit(claim, version, state=said["before"])
        change.audit(TAKING_BACK[last.verb], claim, desk_id=claim.desk_id, after=said["before"])


def reopen_claim(claim: Claim, version: int, person: User, now: datetime) -> None:
    """Take a closed or decided claim up again; one that nobody had begun is open again, as before it was closed.

    Raises:
        NotAllowed, StaleVersion, WrongClaimState: it is not closed or decided.
    """
    is_begun = claim.state == ClaimState.DECIDED or claim.verdicts.exists() or claim.assignments.exists()
    to = ClaimState.IN_WORK if is_begun else ClaimState.OPEN
    _move(claim, version, person, now, verb="reopen_claim", to=to)


TAKING_BACK = {"close_claim": "take_back_closing", "reopen_claim": "take_back_reopening"}
MOVES = {
    ClaimState.CLOSED: (ClaimState.OPEN, ClaimState.IN_WORK, ClaimState.DECIDED),
    ClaimState.IN_WORK: (ClaimState.CLOSED, ClaimState.DECIDED),
    ClaimState.OPEN: (ClaimState.CLOSED,),
}


def _move(claim: Claim, version: int, person: User, now: datetime, *, verb: str, to: ClaimState) -> None:
    require(person, Action.CLOSE_CLAIM, claim)
    if claim.state not in MOVES[to]:
        raise WrongClaimState
    before = claim.state
    with record_change(actor=person, now=now) as change:
        change.edit(claim, version, state=to)
        change.audit(verb, claim, desk_id=claim.desk_id, before=before, after=to.value)


def _sentence(text: str) -> str:
    sentence = " ".join(clean_text(text).text.split())
    if not sentence:
        raise UnfitClaim(_("Say in one sentence what is to be checked."))
    if len(sentence) > LONGEST_CLAIM:
        raise UnfitClaim(
            _("A claim is one sentence of at most %(longest_claim)s characters; this has %(count)s.")
            % {"longest_claim": LONGEST_CLAIM, "count": grouped(len(sentence))}
        )
    return sentence


def _store(change: Change, claim: Claim, pair: ConflictPair) -> None:
    claim.save(force_insert=True)
    stances = {side: Stance.ASSERTS if side == claim.checked_id else Stance.DENIES for side in (pair.a_id, pair.b_id)}
    Appearance.objects.bulk_create(
        Appearance(claim=claim, statement_id=side, stance=stance) for side, stance in stances.items()
    )
    if (asked := claim.desk.assessors) > 1:
        BlindReview.objects.create(claim=claim, wanted=asked, asked_by=claim.opened_by, asked_at=change.now)
    keep_watching(change, {pair.a.article, pair.b.article})
    change.touch(claim)
    ask_to_know(change, claim, "as opened")
    change.audit("open_claim", claim, desk_id=claim.desk_id, pair=str(pair.pk), text=claim.text)


def _assign(claim: Claim, assignee: User, *, by: User, now: datetime) -> None:
    with record_change(actor=by, now=now) as change:
        unfinished = Claim.objects.unfinished().filter(pk=claim.pk)
        if not unfinished.update(**Claim.edited(state=ClaimState.IN_WORK)):
            raise WrongClaimState(_("This claim is decided or closed. Reopen it first."))
        hold_claim(change, claim, assignee, stays=by.pk != assignee.pk)
        keep_watching(change, Article.objects.filter(statements__appearances__claim=claim).distinct())
        claim.refresh_from_db()
        change.touch(claim)
        notify(change, assignee, NoticeKind.ASSIGNED, claim, desk_id=claim.desk_id)
