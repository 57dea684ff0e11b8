from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, PersonShown, Sent, Shown, Text
from factcheck.api.filters import OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.claims.models import Claim, Comment
from factcheck.claims.services.comments import (
    NewComment,
    Subject,
    add_comment,
    delete_comment,
    edit_comment,
    reopen_comment,
    resolve_comment,
)
from factcheck.corpus.models import ConflictPair, Statement
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


class CommentShown(Shown):
    """What somebody says about a claim, a conflict or a statement; one that was taken back has no words."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    claim = serializers.UUIDField(source="claim_id", allow_null=True)
    conflict = serializers.UUIDField(source="pair_id", allow_null=True)
    statement = serializers.UUIDField(source="statement_id", allow_null=True)
    revision = serializers.UUIDField(source="revision_id", allow_null=True)
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    words = serializers.CharField(help_text="the words of the text that it is about")
    body = serializers.CharField()
    author = PersonShown()
    written_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = PersonShown(allow_null=True)


class CommentSent(Sent):
    """What one says; `@name` tells that person. Of a claim or conflict perhaps about one statement of it."""

    body = Text(help_text="at most 5,000 characters")
    statement = serializers.UUIDField(required=False, allow_null=True)
    words = Text(required=False, allow_blank=True, help_text="some words of the statement that it is about")
    example: ClassVar = {"body": "@ben: which log is this?", "words": "inspected in January"}


class BodySent(Sent):
    """One's own comment in other words."""

    body = Text(help_text="at most 5,000 characters")
    example: ClassVar = {"body": "Which log is this?"}


class CommentFilter(OfDesk):
    """Filters of comments."""

    claim = filters.UUIDFilter("claim_id")
    conflict = filters.UUIDFilter("pair_id")
    statement = filters.UUIDFilter("statement_id")
    author = filters.UUIDFilter("author_id")
    resolved = filters.BooleanFilter("resolved_at", lookup_expr="isnull", exclude=True)


COMMENT, MEND = Right(Action.COMMENT), Right(Action.MEND_COMMENT)


class CommentViewSet(DeskViewSet):
    """Comments: read; written, mended, taken back and resolved by people who are signed in."""

    queryset = Comment.objects.none()
    serializer_class = CommentShown
    filterset_class = CommentFilter
    address = "api:comment"
    rights: ClassVar = {
        "list": READ,
        "retrieve": READ,
        "say_of_claim": COMMENT,
        "say_of_conflict": COMMENT,
        "say_of_statement": COMMENT,
        "edit": MEND,
        "retract": MEND,
        "resolve": COMMENT,
        "reopen": COMMENT,
    }
    sends: ClassVar = {
        "say_of_claim": CommentSent,
        "say_of_conflict": CommentSent,
        "say_of_statement": CommentSent,
        "edit": BodySent,
        "retract": Nothing,
        "resolve": Nothing,
        "reopen": Nothing,
    }

    def visible(self, person: User) -> "QuerySet[Comment]":
        """Comments on what this person may read; a list is without those that were taken back."""
        found = Comment.objects.readable_by(person).select_related("desk", "author", "resolved_by")
        return found.standing() if self.action == "list" else found.select_related("statement__article")

    def of_desks(self, person: User) -> "QuerySet[Comment]":
        """All comments of this person's desks."""
        return Comment.objects.filter(desk__in=person.desk_ids)

    def say_of_claim(self, request: DeskRequest, pk: UUID) -> Response:
        """Say something about a claim."""
        return self._say(Claim.objects.readable_by(request.user).select_related("desk", "pair"), pk)

    def say_of_conflict(self, request: DeskRequest, pk: UUID) -> Response:
        """Say something about a suggested conflict."""
        return self._say(ConflictPair.objects.readable_by(request.user).with_sides(), pk)

    def say_of_statement(self, request: DeskRequest, pk: UUID) -> Response:
        """Say something about a statement."""
        return self._say(Statement.objects.readable_by(request.user).select_related("article"), pk)

    def edit(self, request: DeskRequest, pk: UUID) -> Response:
        """Put one's own comment in other words, within a quarter of an hour."""
        comment, said = self.get_object(), self.said()
        return self.act_on(
            comment, lambda version, now: edit_comment(comment, said["body"], version, request.user, now)
        )

    def retract(self, request: DeskRequest, pk: UUID) -> Response:
        """Take one's own comment back, within a quarter of an hour."""
        comment, _ = self.get_object(), self.said()
        return self.act_on(comment, lambda version, now: delete_comment(comment, version, request.user, now))

    def resolve(self, request: DeskRequest, pk: UUID) -> Response:
        """Say that what it asks is done."""
        comment, _ = self.get_object(), self.said()
        return self.act_on(comment, lambda version, now: resolve_comment(comment, version, request.user, now))

    def reopen(self, request: DeskRequest, pk: UUID) -> Response:
        """Say that what it asks is not done after all."""
        comment, _ = self.get_object(), self.said()
        return self.act_on(comment, lambda version, now: reopen_comment(comment, version, request.user, now))

    def _say(self, subjects: "QuerySet[Any]", pk: UUID) -> Response:
        subject: Subject = get_object_or_404(subjects, pk=pk)
        person = self.request.user
        require(person, Action.COMMENT, subject.article if isinstance(subject, Statement) else subject)
        said = self.said()
        new = NewComment(said["body"], self._statement(said.get("statement")), said.get("words", ""))
        return self.act(lambda now: add_comment(subject, new, person, now), status=201)

    def _statement(self, pk: UUID | None) -> Statement | None:
        if pk is None:
            return None
        found = Statement.objects.readable_by(self.request.user).select_related("article").filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError({"statement": ["Your desks have no such statement."]})
        return found
