"""Talk beside the work: comments on a claim, a pair or a statement, and whom they mention and thereby tell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from factcheck.claims.errors import CommentTooOld, UnfitComment, WrongCommentState
from factcheck.claims.models import Claim, Comment, Mention
from factcheck.claims.services.notices import COMMENT
from factcheck.corpus.models import Anchor, ConflictPair, Statement
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.recalling import own_act, said_by, said_last
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import Desk, Notice, NoticeKind, User
from factcheck.newsroom.notices import notify_all
from factcheck.newsroom.permissions import Action, may, require

LONGEST_COMMENT = 5_000
MENDABLE_FOR = timedelta(minutes=15)
EDIT = "edit_comment"
_MENTION = re.compile(r"(?<![\w@])@([\w.+-]+)")

Subject = Claim | ConflictPair | Statement


@dataclass(frozen=True, slots=True)
class NewComment:
    """What somebody says; of a claim or pair perhaps about one statement of it, and about some of its very words."""

    body: str
    statement: Statement | None = None
    words: str = ""


def add_comment(subject: Subject, new: NewComment, person: User, now: datetime) -> Comment:
    """Say something about a claim, a pair or a statement.

    Raises:
        NotAllowed: the person may not comment on this desk.
        UnfitComment: nothing is said, too much is, or the words do not stand in the statement's text.
    """
    require(person, Action.COMMENT, subject.article if isinstance(subject, Statement) else subject)
    comment = Comment(
        desk_id=subject.desk_id,
        claim=subject if isinstance(subject, Claim) else None,
        pair=subject if isinstance(subject, ConflictPair) else None,
        statement=_statement_of(subject, new),
        body=_said(new.body),
        author=person,
        written_at=now,
    )
    _point_at(comment, new.words)
    with record_change(actor=person, now=now) as change:
        comment.save(force_insert=True)
        _mention(change, comment)
        change.touch(comment)
        change.audit("add_comment", comment, desk_id=comment.desk_id, body=comment.body, words=comment.words)
    return comment


def edit_comment(comment: Comment, body: str, version: int, person: User, now: datetime) -> None:
    """Put one's own comment in other words, within a quarter of an hour.

    Raises:
        NotAllowed: it is somebody else's.
        CommentTooOld, WrongCommentState: the time is over; it was taken back.
        UnfitComment: nothing is said, or too much.
        StaleVersion: it was changed or resolved meanwhile.
    """
    require_mendable(comment, now, person)
    said, before = _said(body), comment.body
    was = comment.edited_at.isoformat() if comment.edited_at else None
    with record_change(actor=person, now=now) as change:
        named = {mention.person_id for mention in comment.mentions.all()}
        change.edit(comment, version, body=said, edited_at=now)
        _mention(change, comment)
        mentions = [str(one) for one in comment.mentions.exclude(person__in=named).values_list("person", flat=True)]
        told = {"before": before, "after": said, "edited_before": was, "mentions": mentions}
        change.audit(EDIT, comment, desk_id=comment.desk_id, **told)


def take_back_edit(comment: Comment, version: int, person: User, now: datetime, *, entry: int | None = None) -> None:
    """Let one's own comment read as it did before one changed it last; whom the change named is named no more.

    Raises:
        NotAllowed: it is somebody else's.
        CommentTooOld, WrongCommentState: the time is over; it was taken back, or was not changed.
        StaleVersion: it was changed or resolved meanwhile.
    """
    require_mendable(comment, now, person)
    told = said_by(own_act(comment, entry, person.pk, EDIT))
    if "edited_before" not in told or told["after"] != comment.body:
        raise WrongCommentState
    at, before, after = told["edited_before"], told["before"], comment.body
    with record_change(actor=person, now=now) as change:
        change.edit(comment, version, body=before, edited_at=at and datetime.fromisoformat(at))
        _name_no_more(comment, told["mentions"])
        change.audit("take_back_edit", comment, desk_id=comment.desk_id, before=after, after=before)


def delete_comment(comment: Comment, version: int, person: User, now: datetime) -> None:
    """Take one's own comment back, within a quarter of an hour; nobody is mentioned by it any more.

    Raises:
        NotAllowed: it is somebody else's.
        CommentTooOld, WrongCommentState: the time is over; it was taken back already.
        StaleVersion: it was changed or resolved meanwhile.
    """
    require_mendable(comment, now, person)
    before = comment.body
    with record_change(actor=person, now=now) as change:
        change.edit(comment, version, body="", deleted_at=now)
        _name_no_more(comment, comment.mentions.values_list("person", flat=True))
        change.audit("delete_comment", comment, desk_id=comment.desk_id, before=before)


def restore_comment(comment: Comment, version: int, person: User, now: datetime) -> None:
    """Say one's own comment after all, in the words that one took back; whom it names is told.

    Raises:
        NotAllowed: it is somebody else's.
        WrongCommentState: it was not taken back, or its words were erased since.
        StaleVersion: it was changed meanwhile.
    """
    require(person, Action.MEND_COMMENT, comment)
    last = said_last(comment, "delete_comment")
    if comment.deleted_at is None or not last:
        raise WrongCommentState
    with record_change(actor=person, now=now) as change:
        change.edit(comment, version, body=last["before"], deleted_at=None)
        _mention(change, comment)
        change.audit("restore_comment", comment, desk_id=comment.desk_id)


def resolve_comment(comment: Comment, version: int, person: User, now: datetime) -> None:
    """Say that what a comment asks is done.

    Raises:
        NotAllowed: the person may not comment on this desk.
        WrongCommentState: it is resolved, or was taken back.
        StaleVersion: it was changed meanwhile.
    """
    require(person, Action.COMMENT, comment)
    if comment.resolved_at or comment.deleted_at:
        raise WrongCommentState
    with record_change(actor=person, now=now) as change:
        change.edit(comment, version, resolved_at=now, resolved_by=person)
        change.audit("resolve_comment", comment, desk_id=comment.desk_id)


def reopen_comment(comment: Comment, version: int, person: User, now: datetime) -> None:
    """Say that what a comment asks is not done after all.

    Raises:
        NotAllowed: the person may not comment on this desk.
        WrongCommentState: it is not resolved.
        StaleVersion: it was changed meanwhile.
    """
    require(person, Action.COMMENT, comment)
    if not comment.resolved_at:
        raise WrongCommentState
    with record_change(actor=person, now=now) as change:
        was = {"by": str(comment.resolved_by_id), "at": comment.resolved_at.isoformat()}
        change.edit(comment, version, resolved_at=None, resolved_by=None)
        change.audit("reopen_comment", comment, desk_id=comment.desk_id, **was)


def resolve_comment_again(
    comment: Comment, version: int, person: User, now: datetime, *, entry: int | None = None
) -> None:
    """Let a comment be resolved after all that was reopened last, as it was: by whom, and when.

    Raises:
        NotAllowed: the person may not comment on this desk.
        WrongCommentState: it is resolved, was taken back, or was not reopened last.
        StaleVersion: it was changed meanwhile.
    """
    require(person, Action.COMMENT, comment)
    was = said_by(own_act(comment, entry, person.pk, "reopen_comment"))
    if comment.resolved_at or comment.deleted_at or "by" not in was:
        raise WrongCommentState
    with record_change(actor=person, now=now) as change:
        by, at = User.objects.get(pk=was["by"]), datetime.fromisoformat(was["at"])
        change.edit(comment, version, resolved_at=at, resolved_by=by)
        change.audit("resolve_comment", comment, desk_id=comment.desk_id)


def require_mendable(comment: Comment, now: datetime, person: User) -> None:
    """Go on only with one's own comment that is young enough.

    Raises:
        NotAllowed, CommentTooOld, WrongCommentState: as changing it would.
    """
    require(person, Action.MEND_COMMENT, comment)
    if comment.deleted_at:
        raise WrongCommentState
    if now - comment.written_at > MENDABLE_FOR:
        raise CommentTooOld


def is_mendable(comment: Comment, now: datetime, person: User) -> bool:
    """Whether this person may still change it or take it back."""
    is_young = now - comment.written_at <= MENDABLE_FOR
    return is_young and comment.deleted_at is None and may(person, Action.MEND_COMMENT, comment)


def people_to_mention(desk: Desk) -> "QuerySet[User]":
    """Whom a comment on this desk can name, by the name they sign in with."""
    return User.objects.filter(memberships__desk=desk, is_active=True).distinct().order_by("username")


def _said(body: str) -> str:
    said = clean_text(body).text.strip()
    if not said:
        raise UnfitComment(_("Say something first: the comment is empty."))
    if len(said) > LONGEST_COMMENT:
        words = _("The comment has %(length)s characters; it may have %(most)s. Shorten it and send it again.")
        raise UnfitComment(words % {"length": grouped(len(said)), "most": grouped(LONGEST_COMMENT)})
    return said


def _statement_of(subject: Subject, new: NewComment) -> Statement | None:
    if isinstance(subject, Statement) or new.statement is None:
        return subject if isinstance(subject, Statement) else None
    if isinstance(subject, Claim):
        belongs = subject.appearances.filter(statement=new.statement).exists()
    else:
        belongs = new.statement.pk in (subject.a_id, subject.b_id)
    if not belongs:
        raise UnfitComment(_("Choose one of the statements on this page."))
    return new.statement


def _point_at(comment: Comment, words: str) -> None:
    """Set the place of the words that it is about, if it names some."""
    wanted = " ".join(clean_text(words).text.split()).strip("“”\"'‘’… ")
    if not wanted:
        return
    if comment.statement is None:
        raise UnfitComment(_("Say which statement the words belong to."))
    anchor = Anchor.objects.filter(statement=comment.statement).select_related("revision").latest("revision__number")
    found = _find(wanted, anchor)
    if found is None:
        words = _("“%(words)s” does not stand in this statement. Copy the words from it as they are.")
        raise UnfitComment(words % {"words": wanted[:80]})
    comment.revision, comment.words = anchor.revision, found.group()
    comment.start, comment.end = found.span()


def _find(wanted: str, anchor: Anchor) -> "re.Match[str] | None":
    """The words inside the statement, else in the passage around it."""
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split(" "))), re.IGNORECASE)
    text = anchor.revision.text
    return pattern.search(text, anchor.start, anchor.end) or pattern.search(
        text, anchor.passage_start, anchor.passage_end
    )


def _mention(change: Change, comment: Comment) -> None:
    """Tell everybody of the desk whom the comment names and did not name before, but not its author."""
    people = list(_named(comment.body, comment.desk).exclude(pk=comment.author_id).exclude(mentions__comment=comment))
    rows = [Mention(comment=comment, person=person, mentioned_at=change.now) for person in people]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
    subject, told = comment.claim or comment.pair or comment.statement, [person.pk for person in people]
    if subject is not None:
        notify_all(change, told, NoticeKind.MENTION, subject, desk_id=comment.desk_id, place=_place_of(comment))


def _name_no_more(comment: Comment, people: Iterable[object]) -> None:
    """Let a comment mention these people no more; what they have not read of it is no news."""
    mentions = comment.mentions.filter(person__in=list(people))
    told = Notice.objects.unread().filter(person__in=mentions.values("person"), place=_place_of(comment))
    told.delete()
    mentions.delete()


def _place_of(comment: Comment) -> str:
    """Where it stands on the page of what it is about."""
    return f"{COMMENT}{comment.pk}"


def _named(body: str, desk: Desk) -> "QuerySet[User]":
    names: Sequence[str] = [name.rstrip(".").casefold() for name in _MENTION.findall(body)]
    everybody = people_to_mention(desk)
    return everybody.filter(pk__in=[person.pk for person in everybody if person.username.casefold() in names])
