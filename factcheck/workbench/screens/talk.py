"""The discussion of a claim or a pair: who said what, about which words, and what one may do with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from factcheck.claims.models import Claim, Comment
from factcheck.claims.services.comments import is_mendable, people_to_mention
from factcheck.corpus.models import ConflictPair, Statement
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.forms import CommentForm

ADDRESSES: Mapping[type, str] = {
    Claim: "workbench:claim-comment",
    ConflictPair: "workbench:conflict-comment",
    Statement: "workbench:statement-comment",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, the place of the words it is about, and whether this person may still change it."""

    comment: Comment
    jump: str
    is_mendable: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A discussion and the form that continues it, with what a refused comment brought."""

    remarks: Sequence[Remark]
    address: str
    statements: Sequence[Statement]
    people: Sequence[User]
    may_comment: bool
    is_of_statement: bool = False
    body: str = ""
    words: str = ""
    about: str = ""
    refusal: str = ""

    @property
    def open_count(self) -> int:
        """How many comments stand unresolved."""
        return sum(not remark.comment.resolved_at and not remark.comment.deleted_at for remark in self.remarks)


def talk_of(
    subject: Claim | ConflictPair | Statement,
    statements: Sequence[Statement],
    person: User,
    now: datetime,
    **said: str,
) -> Talk:
    """Gather a discussion: what was said of the claim or pair, and at its statements; or of one statement alone."""
    on_it = {Claim: Q(claim=subject.pk), ConflictPair: Q(pair=subject.pk)}.get(type(subject), Q())
    at_them = Q(claim__isnull=True, pair__isnull=True, statement__in=[statement.pk for statement in statements])
    comments = Comment.objects.filter(on_it | at_them if on_it else at_them).in_talk()
    return Talk(
        remarks=[Remark(row, jump_to(row), is_mendable(row, now, person)) for row in comments],
        address=reverse(ADDRESSES[type(subject)], args=[subject.pk]),
        statements=statements,
        people=list(people_to_mention(_desk_of(subject)).exclude(pk=person.pk)),
        may_comment=may(person, Action.COMMENT, subject.article if isinstance(subject, Statement) else subject),
        is_of_statement=isinstance(subject, Statement),
        **said,
    )


def _desk_of(subject: Claim | ConflictPair | Statement) -> Desk:
    return subject.article.desk if isinstance(subject, Statement) else subject.desk


def said_in(form: CommentForm, refusal: Exception) -> dict[str, str]:
    """What a refused comment brought, to be shown again."""
    brought = {name: str(form.data.get(name, "")) for name in ("body", "words")}
    return {**brought, "about": str(form.data.get("statement", "")), "refusal": str(refusal)}


def jump_to(comment: Comment) -> str:
    """The address of the words it is about: the statement; with scripts the reader marks the very words in it."""
    if comment.statement is None:
        return ""
    words = f"?{urlencode({'words': comment.words})}" if comment.words else ""
    return f"{comment.statement.article.get_absolute_url()}{words}#t-{comment.statement_id}"
