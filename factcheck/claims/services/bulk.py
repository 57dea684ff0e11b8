"""What this room adds to what can be done to many at once: give them away, tag and untag them, close claims."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext as _

from factcheck.claims.errors import AlreadyInHand, UnfitAssignee, UnfitTag
from factcheck.claims.models import Assignment, Claim, ClaimState, Piece, Tag, Tagging
from factcheck.claims.models.assignment import field_of
from factcheck.claims.services.assignments import assign_work, release_work
from factcheck.claims.services.claims import assign_claim, close_claim, reopen_claim, take_back_move
from factcheck.claims.services.tags import fit_tag, put_back_tag, tag_piece, untag_piece
from factcheck.corpus.models import Article, ConflictPair, PairStatus
from factcheck.corpus.services.bulk_verbs import VERBS, Given, Row, Verb
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, people_who_may

IN_NO_HANDS: Final = Q(assignments__isnull=True)
WAITING: Final[Mapping[type[Piece], Q]] = {
    Claim: IN_NO_HANDS & Q(state__in=(ClaimState.OPEN, ClaimState.IN_WORK)),
    ConflictPair: IN_NO_HANDS & Q(status=PairStatus.SUGGESTED),
    Article: IN_NO_HANDS & Q(archived_at__isnull=True, check_done__isnull=True),
}
TAKERS: Final[Mapping[type[Piece], Action]] = {
    Claim: Action.TAKE_CLAIM,
    ConflictPair: Action.DECIDE_PAIR,
    Article: Action.CHECK_ARTICLE,
}


_CLOSE: Final = Verb(
    Claim,
    Q(state__in=(ClaimState.OPEN, ClaimState.IN_WORK)),
    lambda claim, row, given: close_claim(claim, row["version"], given.person, given.now),
    lambda claim, row, given: take_back_move(claim, row["version"] + 1, given.person, given.now),
    lambda claim, given: claim.state == ClaimState.CLOSED,
)
_REOPEN: Final = Verb(
    Claim,
    Q(state=ClaimState.CLOSED),
    lambda claim, row, given: reopen_claim(claim, row["version"], given.person, given.now),
    lambda claim, row, given: take_back_move(claim, row["version"] + 1, given.person, given.now),
    lambda claim, given: claim.state != ClaimState.CLOSED,
)


def add_verbs() -> None:
    """Let many be given to a colleague, tagged, and be rid of a tag."""
    for model in (Claim, ConflictPair, Article):
        field = field_of(model())
        VERBS[f"assign_{field}"] = _assigns(model, field)
        VERBS[f"tag_{field}"] = _tags(model, field)
        VERBS[f"untag_{field}"] = _untags(model, field)
    VERBS["close_claim"], VERBS["reopen_claim"] = _CLOSE, _REOPEN


def _assigns(model: type[Piece], field: str) -> Verb:
    def fit(choice: str, desk: Desk) -> str:
        if not people_who_may(TAKERS[model], desk.pk).filter(pk__in=[_as_id(choice)]).exists():
            raise UnfitAssignee(_("Choose a colleague who may do this on this desk."))
        return choice

    def seen(rows: QuerySet[Any], given: Given) -> QuerySet[Any]:
        held = Assignment.objects.filter(person=_as_id(given.choice), assigned_by=given.by)
        held = held.filter(**{field: OuterRef("pk")}, assigned_at__gte=given.since)
        found: QuerySet[Any] = rows.annotate(is_so=Exists(held))
        return found

    return Verb(
        model,
        WAITING[model],
        _assign,
        _release,
        _is_so,
        asks="person",
        takers=TAKERS[model],
        fit_choice=fit,
        seen=seen,
        is_touched=_may_be,
    )


def _tags(model: type[Piece], field: str) -> Verb:
    def seen(rows: QuerySet[Any], given: Given) -> QuerySet[Any]:
        theirs = Tagging.objects.filter(tag__name_key=Tag.key_of(given.choice), person=given.by, at__gte=given.since)
        found: QuerySet[Any] = rows.annotate(is_so=Exists(theirs.filter(**{field: OuterRef("pk")})))
        return found

    return Verb(
        model,
        Q(),
        lambda piece, row, given: tag_piece(piece, given.choice, given.person, given.now),
        lambda piece, row, given: untag_piece(piece, given.choice, given.person, given.now),
        _is_so,
        asks="tag",
        fit_choice=lambda choice, desk: fit_tag(choice),
        seen=seen,
        is_touched=_may_be,
    )


def _untags(model: type[Piece], field: str) -> Verb:
    def fit(choice: str, desk: Desk) -> str:
        tag = Tag.objects.filter(desk=desk, name_key=Tag.key_of(choice)).first()
        if tag is None:
            raise UnfitTag(_("This desk has no tag “%(tag)s”. Choose one that it has.") % {"tag": choice[:40]})
        return tag.name

    def seen(rows: QuerySet[Any], given: Given) -> QuerySet[Any]:
        told = AuditEntry.objects.filter(verb="untag", subject_id=OuterRef("pk"), at__gte=given.since)
        last = told.filter(payload__body__tag=given.choice).order_by("-sequence").values("actor")[:1]
        carried = Tagging.objects.filter(tag__name_key=Tag.key_of(given.choice), **{field: OuterRef("pk")})
        found: QuerySet[Any] = rows.annotate(
            untagged_by=Subquery(last, output_field=UUIDField()), is_tagged=Exists(carried)
        )
        return found

    return Verb(
        model,
        Q(taggings__isnull=False),
        lambda piece, row, given: untag_piece(piece, given.choice, given.person, given.now),
        lambda piece, row, given: put_back_tag(piece, given.choice, given.person, given.now),
        lambda row, given: row.untagged_by == given.by.pk and not row.is_tagged,
        asks="tag",
        fit_choice=fit,
        seen=seen,
        is_touched=_may_be,
    )


def _assign(piece: Piece, row: Row, given: Given) -> None:
    """To a colleague; what somebody took meanwhile stays theirs, a claim too, which two may have."""
    if Assignment.objects.on(piece).exists():
        raise AlreadyInHand
    to = User.objects.get(pk=given.choice)
    if isinstance(piece, Claim):
        assign_claim(piece, to, given.person, given.now)
    else:
        assign_work(piece, to, given.person, given.now)


def _release(piece: Piece, row: Row, given: Given) -> None:
    held = Assignment.objects.on(piece).of(User.objects.get(pk=given.choice)).with_pieces().get()
    release_work(held, given.person, given.now)


def _is_so(row: Any, given: Given) -> bool:
    return bool(row.is_so)


def _may_be(row: Any, planned: Row) -> bool:
    """Neither hands nor tags raise a version: `_is_so` alone says whose doing it is."""
    return True


def _as_id(choice: str) -> UUID | None:
    try:
        return UUID(choice)
    except ValueError:
        return None
