from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from factcheck.claims.models.claim import Claim
from factcheck.corpus.models import ConflictPair, Revision, Statement
from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk, User

_WHOLE_SPAN = Q(revision__isnull=False, start__isnull=False, end__isnull=False, end__gt=F("start")) & ~Q(words="")
_NO_SPAN = Q(revision__isnull=True, start__isnull=True, end__isnull=True, words="")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Sets of comments by name."""

    def readable_by(self, person: User) -> Self:
        """Comments on what this person may read: the claim, else the pair, else the statement."""
        claims, pairs = Claim.objects.readable_by(person), ConflictPair.objects.readable_by(person)
        statements = Statement.objects.readable_by(person)
        on_pair = Q(claim__isnull=True, pair__in=pairs.values("pk"))
        on_statement = Q(claim__isnull=True, pair__isnull=True, statement__in=statements.values("pk"))
        return self.filter(Q(claim__in=claims.values("pk")) | on_pair | on_statement)

    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(deleted_at__isnull=True)

    def in_talk(self) -> Self:
        """In the order of a discussion, with the people and the article it speaks of."""
        return self.select_related("author", "resolved_by", "statement__article").order_by("written_at", "id")


class Comment(Followed, Versioned):
    """What somebody says about a claim, a pair or a statement, perhaps about some words of the text.

    It stands in the discussion of its claim or pair, else at its statement. One that was taken back keeps its row
    without its words.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="comments")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="comments")
    pair = models.ForeignKey(ConflictPair, null=True, on_delete=models.PROTECT, related_name="comments")
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="comments")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True, default="", help_text="the words of the revision that it is about")
    body = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comment_stands_somewhere",
                condition=Q(claim__isnull=False, pair__isnull=True)
                | Q(claim__isnull=True, pair__isnull=False)
                | Q(claim__isnull=True, pair__isnull=True, statement__isnull=False),
            ),
            models.CheckConstraint(name="comment_span_is_whole", condition=_WHOLE_SPAN | _NO_SPAN),
            models.CheckConstraint(
                name="comment_says_something_or_was_taken_back",
                condition=Q(deleted_at__isnull=True) & ~Q(body="") | Q(deleted_at__isnull=False, body=""),
            ),
            models.CheckConstraint(
                name="comment_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:80]

    def get_absolute_url(self) -> str:
        """Its place in the discussion."""
        if self.claim_id:
            return f"{reverse('workbench:claim', args=[self.claim_id])}#comment-{self.pk}"
        if self.pair_id:
            return f"{reverse('workbench:conflict', args=[self.pair_id])}#comment-{self.pk}"
        return f"{reverse('workbench:statement', args=[self.statement_id])}#comment-{self.pk}"

    def owner_ids(self) -> frozenset[UUID]:
        """Who wrote it."""
        return frozenset({self.author_id})


class Mention(models.Model):
    """A person whom a comment names with @: what a notification is made from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions")
    mentioned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]
        indexes = [models.Index(fields=["person", "-mentioned_at"], name="mentions_of_person")]
