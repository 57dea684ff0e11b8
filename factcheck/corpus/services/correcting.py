"""What people correct by hand: statements added, mended, split, merged, taken back; each undone by one verb.

The history keeps every correction with the statements before and after, and undoing puts those back. What people made
or mended no reading touches, and what they removed no reading brings back (`comparing.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.corpus.errors import (
    ArticleInReview,
    CannotMerge,
    ClaimHangsOnIt,
    NothingToUndo,
    StatementRemoved,
    UnfitSpan,
    UnfitSpeaker,
    WrongDate,
)
from factcheck.corpus.models import Article, ConflictPair, Revision, Speaker, Statement
from factcheck.corpus.models.statement import Origin
from factcheck.corpus.services.corrections import Correction
from factcheck.corpus.services.marking import marked, marked_together, with_cue
from factcheck.corpus.services.places import Place, cue_near, span_of
from factcheck.corpus.services.snapshots import parts_of
from factcheck.corpus.services.speakers import find_speaker
from factcheck.engine import Act, Span, SpeakerKind
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.wording import day_of
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, may, require

ADD, MEND, SPLIT, MERGE, REMOVE = (
    *("add_statement", "mend_statement", "split_statement", "merge_statements"),
    "remove_statement",
)
UNDO = "undo_correction"
MOST_FURTHER = 4
EARLIEST_YEAR = 1000  # what somebody said before has no day
CORRECTIONS = (ADD, MEND, SPLIT, MERGE, REMOVE, UNDO)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom a statement is from, through whom, what they do with it, how and when; None leaves what there is.

    Speakers are given by name; an empty `relay` is nobody, `further` through whom the relay knows it, the nearest
    first. `kind` says what a speaker is whom the desk does not know. `cue` is the verb of saying as the text has it,
    empty for none; an empty `said_on` is the day on which the article appeared.
    """

    speaker: str | None = None
    kind: SpeakerKind = SpeakerKind.PERSON
    relay: str | None = None
    act: Act | None = None
    further: tuple[str, ...] | None = None
    cue: str | None = None
    said_on: date | Literal[""] | None = None


def may_correct(person: User, article: Article) -> bool:
    """Whether this person may correct the article's statements now."""
    if not may(person, Action.CORRECT_STATEMENT, article):
        return False
    return article.desk_id in desks_reached(person, Action.CORRECT_STATEMENT, Reach.DESK) or not is_in_review(article)


def require_correcting(person: User, article: Article) -> None:
    """Go on only where this person may correct the article's statements now.

    Raises:
        NotAllowed, ArticleInReview: they may not (any more).
    """
    require(person, Action.CORRECT_STATEMENT, article)
    if not may_correct(person, article):
        raise ArticleInReview


def is_in_review(article: Article) -> bool:
    """Whether somebody has decided a pair of the article, or a claim appears in one of its statements."""
    decided = ConflictPair.objects.touching(article).filter(decided_at__isnull=False)
    return decided.exists() or Statement.objects.filter(article=article, appearances__isnull=False).exists()


def add_statement(article: Article, place: Place, said: Attribution, person: User, now: datetime) -> Statement:
    """Make the words at a place a statement of somebody.

    Raises:
        NotAllowed, ArticleInReview: the person may not correct this article (any more).
        StaleVersion: the article changed since the person saw it.
        UnfitSpan, WordsNotFound, PlaceTaken: no statement can stand there, or no such verb of saying beside it.
        UnfitSpeaker: a name is empty or too long.
        WrongDate: the day cannot be right.
    """
    require_correcting(person, article)
    with record_change(actor=person, now=now) as change:
        correction = Correction(change, article, article.current)
        speaker, relay = _people(change, article, said)
        if speaker is None:
            raise UnfitSpan(_("A statement needs somebody who says it. Give a name as the text has it."))
        statement = Statement(article=article, speaker=speaker, reported_by=relay, origin=Origin.HAND)
        statement.further_by_hand = _further(change, statement, said.further) if said.further else None
        fields, anchor = marked(statement, span_of(place, correction.revision), correction.revision, None)
        told = _told(said, now)
        correction.add(statement, {**fields, **told}, _cued(anchor, said, correction.revision) or anchor)
        correction.close(ADD, statement)
    return statement


def mend_statement(
    statement: Statement, version: int, said: Attribution, person: User, now: datetime, *, place: Place | None = None
) -> None:
    """Say anew where a statement stands, whose it is, through whom we know, what act it is, or when it was said.

    Raises:
        NotAllowed, ArticleInReview: the person may not correct this article (any more).
        StatementRemoved: somebody has taken it back.
        StaleVersion: somebody changed it, or the article, since the person saw it.
        UnfitSpan, WordsNotFound, PlaceTaken: it cannot stand there, or no such verb of saying stands beside it.
        UnfitSpeaker: a name is too long.
        WrongDate: the day cannot be right.
    """
    require_correcting(person, statement.article)
    _require_present(statement)
    with record_change(actor=person, now=now) as change:
        correction = Correction(change, statement.article, statement.article.current)
        fields, anchor = _attributed(change, statement, said), correction.anchor_of(statement)
        parts = parts_of(anchor) if said.cue is not None else None
        if place is not None:
            span = span_of(place, correction.revision, was=anchor)
            words, parts = marked(statement, span, correction.revision, anchor)
            fields = {**words, **fields, "act": fields.get("act", statement.act)}
        correction.edit(statement, version, fields, _cued(parts, said, correction.revision))
        correction.close(MEND, statement)


def split_statement(statement: Statement, at: int, version: int, person: User, now: datetime) -> Statement:
    """Make two of one: the words before `at`, an offset in the text, and those from there on, which are given.

    Raises:
        NotAllowed, ArticleInReview, StatementRemoved, StaleVersion: as in `mend_statement`.
        UnfitSpan: one half would hold no word.
    """
    require_correcting(person, statement.article)
    _require_present(statement)
    with record_change(actor=person, now=now) as change:
        correction = Correction(change, statement.article, statement.article.current)
        anchor = correction.anchor_of(statement)
        if anchor is None or not anchor.start < at < anchor.end:
            raise UnfitSpan(_("Say where the second statement begins: a place inside the words of this one."))
        first, second = (
            span_of(Place(correction.revision.number, start, end), correction.revision, was=anchor)
            for start, end in ((anchor.start, at), (at, anchor.end))
        )
        fields, parts = marked(statement, first, correction.revision, anchor)
        correction.edit(statement, version, {**fields, "act": statement.act}, parts)
        half = _like(statement)
        fields, parts = marked(half, second, correction.revision, anchor)
        correction.add(half, {**fields, "act": statement.act}, parts)
        correction.close(SPLIT, statement)
    return half


def merge_statements(
    statement: Statement, other: Statement, versions: tuple[int, int], person: User, now: datetime
) -> None:
    """Make one of two of an article: the first takes over the words of both, the other is taken back.

    `versions` are those of the two that the person saw.

    Raises:
        NotAllowed, ArticleInReview, StatementRemoved, StaleVersion: as in `mend_statement`.
        CannotMerge: they are of two articles, or are the same.
        ClaimHangsOnIt: a claim appears in the other one.
    """
    require_correcting(person, statement.article)
    for one in (statement, other):
        _require_present(one)
    if statement.article_id != other.article_id or statement.pk == other.pk:
        raise CannotMerge(_("Two statements of one article can be made one. Choose another of this article."))
    _require_no_claim(other.pk)
    with record_change(actor=person, now=now) as change:
        correction = Correction(change, statement.article, statement.article.current)
        anchors = [correction.anchor_of(one) for one in (statement, other)]
        if anchors[0] is None or anchors[1] is None:
            raise CannotMerge(
                _("One of the two does not stand in the newest text of the article. Mend that one first.")
            )
        fields, parts = marked_together(statement, anchors[0], anchors[1], correction.revision)
        correction.edit(other, versions[1], {"gone_at": now, "removed_at": now}, None)
        correction.edit(statement, versions[0], {**fields, "act": statement.act}, parts)
        correction.close(MERGE, statement)


def remove_statement(statement: Statement, version: int, person: User, now: datetime) -> None:
    """Take back a statement that is none; no reading brings it back.

    Raises:
        NotAllowed, ArticleInReview, StatementRemoved, StaleVersion: as in `mend_statement`.
        ClaimHangsOnIt: a claim appears in it.
    """
    require_correcting(person, statement.article)
    _require_present(statement)
    _require_no_claim(statement.pk)
    with record_change(actor=person, now=now) as change:
        correction = Correction(change, statement.article, statement.article.current)
        correction.edit(statement, version, {"gone_at": now, "removed_at": now}, None)
        correction.close(REMOVE, statement)


def undo_correction(
    statement: Statement, version: int, person: User, now: datetime, *, entry: int | None = None
) -> None:
    """Put back what a correction of a statement changed, there and in those it touched with it.

    It is the last one, or that of an `entry` of the history, where all that came after it was taken back.

    Raises:
        NotAllowed, ArticleInReview: the person may not correct this article (any more).
        NothingToUndo: nobody corrected it last, or the words of that correction were erased.
        StaleVersion: something it touched was changed since.
        PlaceTaken: another statement stands there by now.
        ClaimHangsOnIt: a claim appears by now in one that would go.
    """
    require_correcting(person, statement.article)
    undone = _correction(statement, entry)
    rows = undone.payload.body["statements"]
    for row in rows:
        if row["before"] is None or row["before"]["gone_at"] is not None:
            _require_no_claim(row["id"])
    with record_change(actor=person, now=now) as change:
        correction = Correction(change, statement.article, statement.article.current)
        correction.put_back(rows, statement, version)
        correction.close(UNDO, statement, undone=undone.verb)


def last_correction(statement: Statement) -> int:
    """The entry of the history that says what was corrected last: what `undo_correction` takes.

    Raises:
        NothingToUndo: there is none, or its words were erased.
    """
    return _correction(statement, None).sequence


def _correction(statement: Statement, entry: int | None) -> AuditEntry:
    """What the history says of a correction of a statement, made in the text that stands now; without one, of the last.

    Raises:
        NothingToUndo: there is none, or its words were erased.
    """
    entries = AuditEntry.objects.filter(subject_type="statement", subject_id=statement.pk, verb__in=CORRECTIONS)
    wanted = entries.filter(sequence=entry) if entry is not None else entries
    found = wanted.filter(payload__isnull=False).select_related("payload").order_by("-sequence").first()
    if found is None or found.payload.body["revision"] != statement.article.current.number:
        raise NothingToUndo
    return found


def _require_present(statement: Statement) -> None:
    if statement.gone_at is not None:
        raise StatementRemoved


def _require_no_claim(statement_id: UUID | str) -> None:
    if Statement.objects.filter(pk=statement_id, appearances__isnull=False).exists():
        raise ClaimHangsOnIt


def _cued(parts: dict[str, Any] | None, said: Attribution, revision: Revision) -> dict[str, Any] | None:
    """Where a statement stands, with the verb of saying that people give.

    Raises:
        WordsNotFound: it does not stand beside the statement, or the statement nowhere in this text.
    """
    if said.cue is None:
        return parts
    if parts is None:
        raise UnfitSpan(_("This statement does not stand in the newest text. Mark its words there first."))
    return with_cue(parts, cue_near(said.cue, revision.text, Span(parts["start"], parts["end"])))


def _fit_day(said_on: date | Literal[""] | None, now: datetime) -> date | None:
    """A day on which something can have been said.

    Raises:
        WrongDate: it lies in the future, or before anybody counted days so.
    """
    if not said_on:
        return None
    if said_on > (now + timedelta(days=1)).date() or said_on.year < EARLIEST_YEAR:
        raise WrongDate(
            _("Nobody can have said it on %(day)s. Give the day on which it was said.") % {"day": day_of(said_on)}
        )
    return said_on


def _people(change: Change, article: Article, said: Attribution) -> tuple[Speaker | None, Speaker | None]:
    speaker = find_speaker(change, article, said.speaker, said.kind) if said.speaker else None
    return speaker, find_speaker(change, article, said.relay, SpeakerKind.PERSON) if said.relay else None


def _attributed(change: Change, statement: Statement, said: Attribution) -> dict[str, Any]:
    """The fields of a statement that an attribution changes."""
    speaker, relay = _people(change, statement.article, said)
    fields = _told(said, change.now)
    if speaker is not None and speaker.pk != statement.speaker_id:
        fields |= {"speaker": speaker, "speaker_before": None}
    if said.relay is not None and (relay.pk if relay else None) != statement.reported_by_id:
        fields |= {"reported_by": relay, "relay_before": None}
    if said.further is not None:
        told = {"speaker": statement.speaker, "reported_by": statement.reported_by, **fields}
        fields["further_by_hand"] = _further(change, Statement(article=statement.article, **told), said.further)
    return fields


def _told(said: Attribution, now: datetime) -> dict[str, Any]:
    """The fields that name nobody: the act, and the day."""
    fields: dict[str, Any] = {"act": said.act.value} if said.act else {}
    if said.said_on is not None:
        fields["said_on"] = _fit_day(said.said_on, now)
    return fields


def _further(change: Change, statement: Statement, names: tuple[str, ...]) -> list[str]:
    """Those through whom its relay knows it, as they are stored.

    Raises:
        UnfitSpeaker: a name is too long, somebody stands twice in the chain, or it is too long a chain.
    """
    people = [find_speaker(change, statement.article, name, SpeakerKind.PERSON) for name in names]
    chain = [statement.speaker_id, statement.reported_by_id, *(one.pk for one in people)]
    if len(set(chain)) < len(chain) or len(people) > MOST_FURTHER:
        raise UnfitSpeaker(
            _("Name each once, the nearest to the speaker first, and %(most)s at most.") % {"most": MOST_FURTHER + 1}
        )
    return [str(one.pk) for one in people]


def _like(statement: Statement) -> Statement:
    """A new statement of the same people."""
    names = (
        "article",
        "speaker",
        "speaker_before",
        "reported_by",
        "relay_before",
        "further_by_hand",
        "confidence",
        "said_on",
    )
    return Statement(origin=Origin.HAND, **{name: getattr(statement, name) for name in names})
