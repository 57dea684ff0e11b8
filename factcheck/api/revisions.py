from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Sent, Shown, Text
from factcheck.api.nouns import DeskViewSet
from factcheck.api.parsers import LARGEST_ARTICLE
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.corpus.models import Article, Revision
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.corpus.services.revisions import RevisionDiff, compare_revisions
from factcheck.ledger.idempotency import Answer, answer_once
from factcheck.newsroom.models import Scope, User
from factcheck.newsroom.permissions import Action, require

REVISE = Right(Action.REVISE_ARTICLE, frozenset({Scope.INGEST}))
LONGEST_NUMBER = 9
BEFORE: Final = OpenApiParameter("before", int, description="the number of the earlier text; else of the one before")
AFTER: Final = OpenApiParameter("after", int, description="the number of the later text; else of the newest")


class RevisionShown(Shown):
    """An article's text at one time; offsets count its code points."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    language = serializers.CharField()
    byline = serializers.CharField(allow_blank=True)
    modified_at = serializers.DateTimeField(allow_null=True, help_text="when its outlet says that it changed it")
    flags = serializers.ListField(child=serializers.CharField())
    fetched_at = serializers.DateTimeField()
    text = serializers.CharField()


class RevisionSent(Sent):
    """A text of the article as it reads now."""

    text = Text(help_text="the headline on the first line; at most 2 MB")
    byline = Text(required=False, allow_blank=True, max_length=300)
    modified_at = serializers.DateTimeField(required=False, allow_null=True)
    example: ClassVar = {"text": "Bridge over the Orla open again\n\nThe mayor said it was inspected twice."}


class PieceShown(Shown):
    """A stretch of text that stayed, came or went."""

    role = serializers.ChoiceField(choices=["same", "new", "old"])
    text = serializers.CharField(trim_whitespace=False)


class MovedShown(Shown):
    """A statement that stands in both texts, elsewhere or in other words."""

    statement = serializers.UUIDField(source="statement.pk")
    before = serializers.CharField()
    after = serializers.CharField()


class DiffShown(Shown):
    """What a text says otherwise than an earlier one of the same article."""

    before = serializers.IntegerField(help_text="the number of the earlier revision")
    after = serializers.IntegerField()
    pieces = PieceShown(many=True)
    kept = serializers.IntegerField(help_text="how many statements stand as they did")
    moved = MovedShown(many=True)
    lost = serializers.ListField(child=serializers.UUIDField())
    new = serializers.ListField(child=serializers.UUIDField())


class RevisionViewSet(DeskViewSet):
    """The texts of one article, newest first."""

    queryset = Revision.objects.none()
    serializer_class = RevisionShown
    order = "number"
    largest_body = LARGEST_ARTICLE
    further_parameters: ClassVar = {"diff": [BEFORE, AFTER]}
    rights: ClassVar = {"list": READ, "revise": REVISE, "diff": READ}
    sends: ClassVar = {"revise": RevisionSent}
    shows: ClassVar = {"diff": DiffShown}

    def visible(self, person: User) -> "QuerySet[Revision]":
        """Revisions of the article, if it may be read."""
        return Revision.objects.filter(article__in=Article.objects.readable_by(person), article=self.kwargs["pk"])

    def list(self, request: DeskRequest, pk: UUID) -> Response:  # type: ignore[override]  # of one article
        """The revisions of an article."""
        self.get_article(pk)
        return super().list(request)

    def revise(self, request: DeskRequest, pk: UUID) -> Response:
        """Hand in the text as it reads now: 201 and its next revision; 200 and the one it has if it is the same."""
        article = self.get_article(pk)
        require(request.user, Action.REVISE_ARTICLE, article)
        new, now, before = NewText(**self.said()), timezone.now(), article.current.number

        def carry_out() -> Article:
            revise_article(article, new, now, request.user)
            return article

        def make_answer(_: Article) -> Answer:
            current = article.current
            return Answer(201 if current.number > before else 200, self.show(current))

        return self.answered(answer_once(self.once(), carry_out, make_answer, now))

    def diff(self, request: DeskRequest, pk: UUID) -> Response:
        """What a text says otherwise than one `before` it, by their numbers; without them, the last change."""
        revisions = {row.number: row for row in self.visible(request.user)}
        if not revisions:
            raise Http404
        after = self._number("after", max(revisions))
        before = self._number("before", max(after - 1, 1))
        if before not in revisions or after not in revisions:
            raise Http404
        return Response(_told(compare_revisions(revisions[before], revisions[after])))

    def _number(self, name: str, default: int) -> int:
        said = self.request.query_params.get(name, "")
        if said and not (said.isdecimal() and said.isascii() and len(said) <= LONGEST_NUMBER):
            raise serializers.ValidationError({name: ["Give the number of a revision."]})
        return int(said) if said else default

    def get_article(self, pk: UUID) -> Article:
        """The article of this address."""
        return get_object_or_404(Article.objects.readable_by(self.request.user), pk=pk)


def _told(diff: RevisionDiff) -> dict[str, Any]:
    pieces = [{"role": piece.role, "text": piece.text} for piece in diff.pieces]
    moved = [{"statement": str(one.statement.pk), "before": one.before, "after": one.after} for one in diff.moved]
    return {
        "before": diff.old.number,
        "after": diff.new.number,
        "pieces": pieces,
        "kept": diff.kept,
        "moved": moved,
        "lost": [str(row.pk) for row in diff.lost],
        "new": [str(row.pk) for row in diff.found],
    }
