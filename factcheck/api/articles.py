from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, UUIDField
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.fields import SkipField
from rest_framework.response import Response

from factcheck.api.batches import add_batch
from factcheck.api.fields import Flag, Nothing, Sent, Shown, Text
from factcheck.api.filters import MomentFilter, Tagged
from factcheck.api.nouns import DeskViewSet
from factcheck.api.parsers import LARGEST_ARTICLE, LARGEST_BATCH
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.api.showing import sources_of
from factcheck.corpus.models import Access, Article, Revision
from factcheck.corpus.services.articles import BULK, PASTED, NewArticle, add_article
from factcheck.corpus.services.describing import description_of, edit_article
from factcheck.corpus.services.finding import articles_with
from factcheck.corpus.services.watching import look_now, unwatch_article, watch_article
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import Desk, Scope, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, require

ADD = Right(Action.ADD_ARTICLE, frozenset({Scope.INGEST}))
WATCH = Right(Action.WATCH_ARTICLE, frozenset())
MOST_AT_ONCE = 1_000
WITH_TEXT: Final = OpenApiParameter("include", str, enum=["text"], description="`text`: each with its newest text")


class NewestRevision(Shown):
    """The newest of an article's revisions, in the row of its article where it was read with it."""

    id = serializers.UUIDField(source="revisions__id")
    number = serializers.IntegerField(source="revisions__number")
    sha256 = serializers.CharField(source="revisions__sha256")
    language = serializers.CharField(source="revisions__language")
    byline = serializers.CharField(source="revisions__byline", allow_blank=True)
    modified_at = serializers.DateTimeField(source="revisions__modified_at", allow_null=True)
    flags = serializers.ListField(child=serializers.CharField(), source="revisions__flags")
    fetched_at = serializers.DateTimeField(source="revisions__fetched_at")
    text = serializers.CharField(source="revisions__text")

    def get_attribute(self, instance: Any) -> Any:
        """Leave the field out where no revision was read."""
        if not hasattr(instance, "revisions__id"):
            raise SkipField
        return instance


class ArticleShown(Shown):
    """An article; with its newest revision where one is read, or a list is asked with `include=text`."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk__slug")
    outlet = serializers.CharField(source="outlet__name", allow_null=True)
    title = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    byline = serializers.CharField(allow_blank=True)
    published_at = serializers.DateTimeField(allow_null=True)
    modified_at = serializers.DateTimeField(allow_null=True, help_text="when its outlet says that it changed it")
    revised_at = serializers.DateTimeField(allow_null=True, help_text="when a changed text of it first came in")
    copy_of = serializers.UUIDField(
        source="copy_of_id", allow_null=True, help_text="the first article with this text; a copy is not read again"
    )
    version_of = serializers.UUIDField(
        source="version_of_id", allow_null=True, help_text="nearly the same text that says something otherwise"
    )
    added_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)
    access = serializers.ChoiceField(choices=Access.choices)
    text_sha256 = serializers.CharField()
    revision = NewestRevision(source="*", required=False)


def find_desk(attrs: dict[str, Any], desks: list[Desk]) -> dict[str, Any]:
    """Put the desk in the place of its short name."""
    slug = attrs.pop("desk", None)
    found = [desk for desk in desks if slug in (None, desk.slug)]
    if len(found) != 1:
        words = "You add to no desk of this name." if slug else "You add to several desks; say to which."
        raise serializers.ValidationError({"desk": [words]})
    return {**attrs, "desk": found[0]}


class ArticleSent(Sent):
    """An article to add. Outlet and date may stand in the text's second line instead."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever adds to several desks")
    text = Text(help_text="the headline on the first line; at most 2 MB")
    outlet = Text(required=False, allow_blank=True, max_length=300)
    adds_outlet = Flag(required=False, help_text="the outlet may be new to the desk")
    byline = Text(required=False, allow_blank=True, max_length=300)
    published_at = serializers.DateTimeField(required=False, allow_null=True)
    modified_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="when its outlet says that it changed it"
    )
    url = serializers.URLField(required=False, allow_blank=True, max_length=2000)
    example: ClassVar = {"text": "Bridge over the Orla closed\n\nThe mayor said it was inspected.", "adds_outlet": True}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those to which the person adds."""
        return find_desk(attrs, self.context["desks"])


class DescriptionSent(Sent):
    """What is said of an article beside its text."""

    title = Text(required=False)
    outlet = Text(required=False, allow_blank=True, help_text="empty: none")
    adds_outlet = Flag(required=False, help_text="the outlet may be new to the desk")
    byline = Text(required=False, allow_blank=True)
    published_at = serializers.DateTimeField(required=False, allow_null=True)
    language = serializers.RegexField(
        r"^([a-z]{2,3})?$",
        required=False,
        allow_blank=True,
        help_text="its letters; empty: as its words tell",
    )
    example: ClassVar = {"title": "Bridge over the Orla closed", "published_at": "2026-03-01T14:30:00Z"}


ITEMS = "each as for one article; or an address as for `fetch`, without a text; or a file, as `name` and `content`"


class BatchSent(Sent):
    """Articles to add, each by itself."""

    articles = serializers.ListField(
        child=serializers.JSONField(), min_length=1, max_length=MOST_AT_ONCE, help_text=ITEMS
    )
    example: ClassVar = {"articles": [{"text": "Bridge over the Orla closed\n\nThe mayor said it was inspected."}]}


class ResultShown(Shown):
    """What became of one article of a batch."""

    index = serializers.IntegerField()
    status = serializers.ChoiceField(choices=["accepted", "refused"])
    article = serializers.UUIDField(required=False)
    job = serializers.UUIDField(required=False, help_text="of an address or a file: the job that takes it in")
    problem = serializers.DictField(required=False)


class BatchShown(Shown):
    """What became of a batch, in its order."""

    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = ResultShown(many=True)


class ArticleFilter(Tagged):
    """Filters of articles."""

    access = filters.ChoiceFilter(choices=Access.choices)
    archived = filters.BooleanFilter("archived_at", "isnull", exclude=True)
    outlet = filters.CharFilter("outlet__name", max_length=160)
    has_outlet = filters.BooleanFilter("outlet", "isnull", exclude=True, help_text="false: those without an outlet")
    q = filters.CharFilter(
        method="by_words",
        max_length=300,
        help_text="words of headline or outlet, all of them; of a text that the engine does not read, of the text",
    )
    added_after = MomentFilter("added_at", "gt")
    added_before = MomentFilter("added_at", "lt")

    def by_words(self, articles: "QuerySet[Any]", _: str, query: str) -> "QuerySet[Any]":
        """By words."""
        return articles.filter(pk__in=articles_with(Article.objects.all(), query).values("pk"))


class ArticleViewSet(DeskViewSet):
    """Articles: added, read."""

    queryset = Article.objects.none()
    serializer_class = ArticleShown
    filterset_class = ArticleFilter
    address = "api:article"
    further_parameters: ClassVar = {"list": [WITH_TEXT]}
    rights: ClassVar = {
        "list": READ,
        "retrieve": READ,
        "create": ADD,
        "create_batch": ADD,
        "edit": Right(Action.EDIT_ARTICLE),
        **dict.fromkeys(("watch", "unwatch", "look"), WATCH),
    }
    shows: ClassVar = {"create_batch": BatchShown}
    sends: ClassVar = {
        "create": ArticleSent,
        "create_batch": BatchSent,
        "edit": DescriptionSent,
        **dict.fromkeys(("watch", "unwatch", "look"), Nothing),
    }

    @property
    def largest_body(self) -> int:
        """How much a body may have."""
        return LARGEST_BATCH if self.action == "create_batch" else LARGEST_ARTICLE

    def visible(self, person: User) -> "QuerySet[Any]":
        """Articles that this person may read, as rows; with their text where it is asked for."""
        articles = Article.objects.readable_by(person)
        with_text = self.action == "retrieve" or self.request.query_params.get("include") == "text"
        return as_rows_with_text(articles) if with_text else as_rows(articles)

    def find(self, pk: UUID) -> Any:
        """An article that this person may read; nearly all are open to their desk, so these are asked for first."""
        found = _OPEN_WITH_TEXT.ask(pk) if self.action == "retrieve" else []
        reached = desks_reached(self.request.user, Action.READ_ARTICLE, Reach.DESK)
        return found[0] if found and found[0].desk_id in reached else super().find(pk)

    def usual_page(self, before: object, most: int) -> list[Any] | None:
        """All articles of one's only desk, as its lead and the lead's programs read them."""
        person, asked = self.request.user, self.request.query_params
        desks = desks_reached(person, Action.READ_RESTRICTED, Reach.DESK)
        is_all = len(desks) == 1 and desks == desks_reached(person, Action.READ_ARTICLE, Reach.DESK)
        if not is_all or not _PAGE_PARAMETERS.issuperset(asked) or asked.get("include", "text") != "text":
            return None
        page = _page_of_desk(most, with_text=asked.get("include") == "text", goes_on=before is not None)
        return page.ask(desks[0], before) if before is not None else page.ask(desks[0])

    def of_desks(self, person: User) -> "QuerySet[Article]":
        """All articles of this person's desks."""
        return Article.objects.of_desks(person)

    def show_anew(self, pk: UUID) -> Any:
        """An article as it was just added or changed."""
        return self.show(_ANY.ask(pk)[0])

    def everything(self) -> "QuerySet[Any]":
        """Any article, to show what was just added."""
        return as_rows(Article.objects.all())

    def create(self, request: DeskRequest) -> Response:
        """Add an article; its analysis is queued."""
        said = self.said(desks=self.desks())
        desk, new = said["desk"], new_article(said, BULK if request.auth else PASTED)
        return self.act(lambda now: add_article(new, desk, request.user, now), status=201, as_left=as_row)

    def create_batch(self, request: DeskRequest) -> Response:
        """Add up to 1,000 articles, addresses and files, each accepted for good or refused with its reason.

        An item is an article (`text`), an address (`url`, without a text) or a file (`name`, and `content` in base64).
        """
        sent, once = self.said()["articles"], self.once()
        results = add_batch(sent, self.desks(), request.user, once, timezone.now())
        accepted = sum(result["status"] == "accepted" for result in results)
        return Response({"accepted": accepted, "refused": len(results) - accepted, "results": results})

    def edit(self, request: DeskRequest, pk: UUID) -> Response:
        """Say anew what is said of it beside its text; what is left out stays. A later text changes none of it."""
        article = self.of_address()
        require(request.user, Action.EDIT_ARTICLE, article)
        said = replace(description_of(article), **self.said())
        return self.act_on(article, lambda version, now: edit_article(article, said, version, request.user, now))

    def watch(self, request: DeskRequest, pk: UUID) -> Response:
        """Hear when the article changes: it is fetched again on a timetable from now on."""
        return self._watch(watch_article)

    def unwatch(self, request: DeskRequest, pk: UUID) -> Response:
        """Hear of it no more."""
        return self._watch(unwatch_article)

    def look(self, request: DeskRequest, pk: UUID) -> Response:
        """Look at once whether the article has changed at its address."""
        return self._watch(look_now)

    def _watch(self, act: Callable[[Article, User, datetime], object]) -> Response:
        article, _ = self.of_address(), self.said()
        require(self.request.user, Action.WATCH_ARTICLE, article)
        return self.act_on(article, lambda _, now: act(article, self.request.user, now), by_version=False)

    def of_address(self) -> Article:
        """The article of this address, as services take it."""
        return get_object_or_404(Article.objects.readable_by(self.request.user), pk=self.kwargs["pk"])

    def desks(self) -> list[Desk]:
        """The desks to which the person adds."""
        reached = desks_reached(self.request.user, Action.ADD_ARTICLE, Reach.DESK)
        if self.request.auth is not None:  # a token opens one desk, which was read with it
            return [self.request.auth.desk] if reached else []
        if len(reached) == 1:  # as nearly everybody's
            return _DESK.ask(*reached)
        return list(Desk.objects.filter(pk__in=reached).order_by("slug"))


def new_article(said: dict[str, Any], priority: int) -> NewArticle:
    """What is handed in."""
    return NewArticle(
        text=said["text"],
        outlet=said.get("outlet", ""),
        published_at=said.get("published_at"),
        url=said.get("url", ""),
        byline=said.get("byline", ""),
        modified_at=said.get("modified_at"),
        adds_outlet=said.get("adds_outlet", False),
        priority=priority,
    )


def as_rows(articles: "QuerySet[Article]", *more: str) -> "QuerySet[Any]":
    """What is shown of articles: plain rows, as making models of them costs more than reading them."""
    return articles.values_list(*sources_of(ArticleShown), *more, named=True)


def as_row(article: Article) -> Any:
    """The same of one that is in hand, with its outlet and desk."""
    outlet = article.outlet.name if article.outlet else None
    return SimpleNamespace(**vars(article), desk__slug=article.desk.slug, outlet__name=outlet)


def as_rows_with_text(articles: "QuerySet[Article]") -> "QuerySet[Any]":
    """The same, each with its newest revision."""
    newer = Revision.objects.filter(article=OuterRef("pk"), number__gt=OuterRef("revisions__number"))
    return as_rows(articles.filter(~Exists(newer)), "desk_id", *sources_of(NewestRevision))


@lru_cache(maxsize=64)
def _page_of_desk(most: int, *, with_text: bool, goes_on: bool) -> Settled[Any]:
    def make() -> "QuerySet[Any]":
        articles = Article.objects.filter(desk=Place(0, UUIDField()))
        if goes_on:
            articles = articles.filter(seq__lt=Place(1, BigIntegerField()))
        return (as_rows_with_text(articles) if with_text else as_rows(articles)).order_by("-seq")[:most]

    return Settled(make)


_PAGE_PARAMETERS: Final = frozenset({"limit", "cursor", "include"})
_DESK: Final = Settled[Desk](lambda: Desk.objects.filter(pk=Place(0, UUIDField())))
_ANY: Final = Settled[Any](lambda: as_rows(Article.objects.filter(pk=Place(0, UUIDField()))))
_OPEN_WITH_TEXT: Final = Settled[Any](
    lambda: as_rows_with_text(Article.objects.filter(pk=Place(0, UUIDField()), access=Access.OPEN))
)
