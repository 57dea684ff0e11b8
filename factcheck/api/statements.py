from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, Sent, Shown, Text, Whole
from factcheck.api.filters import MomentFilter, OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.api.showing import show_row
from factcheck.corpus.models import Anchor, Article, Speaker, Statement
from factcheck.corpus.models.statement import Origin, StatementQuerySet
from factcheck.corpus.services.correcting import (
    MOST_FURTHER,
    Attribution,
    add_statement,
    mend_statement,
    merge_statements,
    remove_statement,
    split_statement,
    undo_correction,
)
from factcheck.corpus.services.finding import in_conflict, matching, on_topic
from factcheck.corpus.services.groups import places_of
from factcheck.corpus.services.places import Place
from factcheck.corpus.services.relays import note_chains
from factcheck.engine import Act, Quote, SpeakerKind
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

ACTS = [(act.value, act.value) for act in Act]
SPOKEN = [(kind.value, kind.value) for kind in SpeakerKind if kind is not SpeakerKind.NARRATOR]
FURTHEST, LARGEST_VERSION = 4_000_000, 2**31 - 1


class SpeakerBrief(Shown):
    """Who speaks."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()


class StatementBrief(Shown):
    """A statement, and where it stands."""

    id = serializers.UUIDField()
    article = serializers.UUIDField(source="article_id")
    speaker = SpeakerBrief()
    content = serializers.CharField()


class AnchorShown(Shown):
    """Where a statement's words stand in a revision: `[start, end)` in code points."""

    revision = serializers.UUIDField(source="revision_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    cue_start = serializers.IntegerField(allow_null=True, help_text="of the verb of saying; null where there is none")
    cue_end = serializers.IntegerField(allow_null=True)


class StatementShown(Shown):
    """Something an article says that somebody says."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    article = serializers.UUIDField(source="article_id")
    speaker = SpeakerBrief()
    reported_by = SpeakerBrief(allow_null=True, help_text="the first of `relays`; null: we know it directly")
    relays = SpeakerBrief(
        many=True, help_text="through whom we know it: the whole chain, the nearest to the speaker first"
    )
    content = serializers.CharField()
    act = serializers.ChoiceField(choices=ACTS)
    quote = serializers.ChoiceField(choices=[(quote.value, quote.value) for quote in Quote])
    hedged = serializers.BooleanField()
    negated = serializers.BooleanField()
    checkworthiness = serializers.FloatField()
    confidence = serializers.FloatField()
    origin = serializers.ChoiceField(choices=Origin.choices)
    said_on = serializers.DateField(allow_null=True, help_text="null: as far as is known, when its article appeared")
    gone_at = serializers.DateTimeField(allow_null=True)
    anchors = AnchorShown(many=True)


class PlaceShown(Shown):
    """One article that carries a statement: by a row of its own, or as a copy of an article that does."""

    article = serializers.UUIDField(source="article.pk")
    outlet = serializers.CharField(source="article.outlet.name", allow_null=True)
    title = serializers.CharField(source="article.title")
    url = serializers.CharField(source="article.url", allow_null=True)
    published_at = serializers.DateTimeField(source="article.published_at", allow_null=True)
    statement = serializers.UUIDField(source="statement.pk")
    is_copy = serializers.BooleanField()
    revision = serializers.UUIDField(source="revision_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    words = serializers.CharField()


class PlacesShown(Shown):
    """Everywhere that a statement stands, the earliest first."""

    count = serializers.IntegerField()
    places = PlaceShown(many=True)


class SplitShown(StatementShown):
    """The first of two halves, and beside it the second."""

    second = serializers.SerializerMethodField()

    @extend_schema_field(StatementShown)
    def get_second(self, statement: Statement) -> dict[str, Any]:
        """What begins where the first was cut off: the newest statement there."""
        last = list(statement.anchors.all())[-1]
        after = Statement.objects.filter(anchors__revision=last.revision_id, anchors__start__gte=last.end)
        half = after.with_people().order_by("-created_seq").first()
        assert half is not None  # the split has just made it
        note_chains([half])
        return StatementShown().to_representation(half)


class AttributionSent(Sent):
    """Whose a statement is, and where its words stand: as offsets, as the very words, or both."""

    revision = serializers.UUIDField(required=False, help_text="the text that was seen; needed with a place")
    start = Whole(min_value=0, max_value=FURTHEST, required=False, help_text="in code points")
    end = Whole(min_value=0, max_value=FURTHEST, required=False)
    words = Text(required=False, help_text="as they stand in the text; with `start` alone, those nearest to it")
    speaker = Text(required=False, help_text="a name; who is not known yet becomes a speaker")
    kind = serializers.ChoiceField(choices=SPOKEN, required=False, help_text="what an unknown speaker is")
    reported_by = Text(
        required=False, allow_blank=True, help_text="through whom we know it, the nearest alone; empty: directly"
    )
    relays = serializers.ListField(
        child=Text(),
        required=False,
        max_length=MOST_FURTHER + 1,
        help_text="instead of `reported_by`, the whole chain: names, the nearest to the speaker first; empty: directly",
    )
    act = serializers.ChoiceField(choices=ACTS, required=False)
    cue = Text(
        required=False, allow_blank=True, help_text="the verb of saying, as it stands beside the words; empty: none"
    )
    said_on = serializers.DateField(
        required=False, allow_null=True, help_text="the day it was said; null: when its article appeared"
    )
    example: ClassVar = {"speaker": "Ilse Varga", "act": "assertion", "relays": ["The mayor’s office", "Orla Post"]}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Turn names of fields into a place and an attribution."""
        kind, act = SpeakerKind(attrs.get("kind", SpeakerKind.PERSON)), attrs.get("act")
        when: date | Literal[""] | None = attrs["said_on"] or "" if "said_on" in attrs else None
        relay, further = self._chain(attrs)
        said = Attribution(
            attrs.get("speaker"),
            kind,
            relay,
            Act(act) if act else None,
            further=further,
            cue=attrs.get("cue"),
            said_on=when,
        )
        return {"said": said, "place": self._place(attrs)}

    def _chain(self, attrs: dict[str, Any]) -> tuple[str | None, tuple[str, ...] | None]:
        """The nearest relay, and through whom that one knows it; None for what is not said anew."""
        if "relays" not in attrs:
            return attrs.get("reported_by"), None
        if "reported_by" in attrs:
            raise serializers.ValidationError({"relays": ["Give the whole chain here, or `reported_by` alone."]})
        nearest, *further = attrs["relays"] or [""]
        return nearest, tuple(further)

    def _place(self, attrs: dict[str, Any]) -> Place | None:
        if not attrs.keys() & {"revision", "start", "end", "words"}:
            return None
        seen = self.context["article"].revisions.filter(pk=attrs.get("revision")).values_list("number", flat=True)
        number = seen.first()
        if number is None:
            raise serializers.ValidationError({"revision": ["Say in which text of the article, by its id."]})
        return Place(number, attrs.get("start"), attrs.get("end"), attrs.get("words", ""))


class StatementSent(AttributionSent):
    """Words of an article that are somebody's statement."""

    revision = serializers.UUIDField(help_text="the text that was seen")
    speaker = Text(help_text="a name; who is not known yet becomes a speaker")
    example: ClassVar = {
        "revision": "0198a3c2-7e5b-7c31-9a53-0f2b8a4f6d11",
        "words": "The bridge was inspected in January",
        "speaker": "Ilse Varga",
    }


class SplitSent(Sent):
    """Where the second of two begins."""

    at = Whole(min_value=0, max_value=FURTHEST, help_text="an offset in the newest text, in code points")
    example: ClassVar = {"at": 412}


class MergedSent(Sent):
    """The statement that this one takes in."""

    other = serializers.UUIDField()
    other_version = Whole(min_value=0, max_value=LARGEST_VERSION, help_text="the version of it that was seen")
    example: ClassVar = {"other": "0198a3c2-7e5b-7c31-9a53-0f2b8a4f6d12", "other_version": 1}


class StatementFilter(OfDesk):
    """Filters of statements."""

    desk = filters.CharFilter("article__desk__slug", max_length=50, help_text="a desk's short name")
    article = filters.UUIDFilter("article_id")
    speaker = filters.UUIDFilter("speaker_id")
    q = filters.CharFilter(
        method="by_words", max_length=300, help_text="words, all of which have to be there; endings do not count"
    )
    speaker_name = filters.CharFilter(method="by_name", max_length=300, help_text="the whole name, in any case")
    published_after = MomentFilter("article__published_at", lookup_expr="gte", help_text="when its article was")
    published_before = MomentFilter("article__published_at", lookup_expr="lt")
    topic = filters.CharFilter(
        method="by_topic",
        max_length=200,
        help_text="words of which its article speaks, in whatever form, in a statement or around one",
    )
    in_unresolved_conflict = filters.BooleanFilter(
        method="by_conflict", help_text="a side of a pair that is suggested, or waits for clarification"
    )
    act = filters.ChoiceFilter(choices=ACTS)
    hedged = filters.BooleanFilter()
    negated = filters.BooleanFilter()

    def by_words(self, statements: StatementQuerySet, _: str, query: str) -> StatementQuerySet:
        """By words."""
        return matching(statements, query)

    def by_name(self, statements: StatementQuerySet, _: str, name: str) -> StatementQuerySet:
        """By the name of who says it."""
        return statements.filter(speaker__name_key=Speaker.key_of(name))

    def by_topic(self, statements: StatementQuerySet, _: str, topic: str) -> StatementQuerySet:
        """By what their article is about."""
        return on_topic(statements, topic, self.request.user.desk_ids)

    def by_conflict(self, statements: StatementQuerySet, _: str, is_in_one: bool) -> StatementQuerySet:  # noqa: FBT001 -- django-filter hands it over
        """By whether they stand in a conflict."""
        return in_conflict(statements, self.request.user, is_in_one=is_in_one)


CORRECT = Right(Action.CORRECT_STATEMENT)


class StatementViewSet(DeskViewSet):
    """Statements: read; added, mended and taken back by people who are signed in.

    Lists leave out those that the newest revision of their article no longer makes.
    """

    queryset = Statement.objects.none()
    serializer_class = StatementShown
    filterset_class = StatementFilter
    address = "api:statement"
    rights: ClassVar = {
        "list": READ,
        "retrieve": READ,
        "places": READ,
        "add": CORRECT,
        "mend": CORRECT,
        "split": CORRECT,
        "merge": CORRECT,
        "withdraw": CORRECT,
        "undo": CORRECT,
    }
    sends: ClassVar = {
        "add": StatementSent,
        "mend": AttributionSent,
        "split": SplitSent,
        "merge": MergedSent,
        "withdraw": Nothing,
        "undo": Nothing,
    }
    shows: ClassVar = {"places": PlacesShown, "split": SplitShown}

    def visible(self, person: User) -> "QuerySet[Statement]":
        """Statements of articles that this person may read."""
        statements = Statement.objects.readable_by(person).select_related("speaker", "reported_by")
        statements = statements.present() if self.action == "list" else statements.select_related("article")
        return statements.prefetch_related(Prefetch("anchors", Anchor.objects.order_by("revision__number")))

    def complete(self, rows: Sequence[Statement]) -> None:
        """Read through whom each came, as far as the text or people say."""
        note_chains(rows)

    def places(self, request: DeskRequest, pk: UUID) -> Response:
        """Where the statement stands: the same words of the same speaker, and copies of their articles."""
        rows = Statement.objects.readable_by(request.user).select_related("speaker", "article")
        found = places_of(get_object_or_404(rows, pk=pk), request.user)
        return Response({"count": len(found), "places": [show_row(PlaceShown, place) for place in found]})

    def get_serializer_class(self) -> type[serializers.Serializer[Any]]:
        """Splitting shows both halves."""
        return self.shows.get(self.action, StatementShown)

    def of_desks(self, person: User) -> "QuerySet[Statement]":
        """All statements of this person's desks."""
        return Statement.objects.filter(article__desk__in=person.desk_ids)

    def add(self, request: DeskRequest, pk: UUID) -> Response:
        """Make words of an article somebody's statement."""
        article = get_object_or_404(Article.objects.readable_by(request.user), pk=pk)
        require(request.user, Action.CORRECT_STATEMENT, article)
        said = self.said(article=article)
        return self.act(lambda now: add_statement(article, said["place"], said["said"], request.user, now), status=201)

    def mend(self, request: DeskRequest, pk: UUID) -> Response:
        """Say anew where it stands, whose it is, through whom we know, what act it is, how or when it was said."""
        statement = self.get_object()
        said = self.said(article=statement.article)

        def mend(version: int, now: datetime) -> None:
            mend_statement(statement, version, said["said"], request.user, now, place=said["place"])

        return self.act_on(statement, mend)

    def split(self, request: DeskRequest, pk: UUID) -> Response:
        """Make two of one."""
        statement, said = self.get_object(), self.said()
        return self.act_on(
            statement, lambda version, now: split_statement(statement, said["at"], version, request.user, now)
        )

    def merge(self, request: DeskRequest, pk: UUID) -> Response:
        """Make one of two of an article: this takes over the words of both, the other is taken back."""
        statement, said = self.get_object(), self.said()
        other = self.get_queryset().filter(pk=said["other"]).first()
        if other is None:
            raise serializers.ValidationError({"other": ["Your desks have no such statement."]})

        def merge(version: int, now: datetime) -> None:
            merge_statements(statement, other, (version, said["other_version"]), request.user, now)

        return self.act_on(statement, merge)

    def withdraw(self, request: DeskRequest, pk: UUID) -> Response:
        """Take back what is no statement; no reading brings it back."""
        statement, _ = self.get_object(), self.said()
        return self.act_on(statement, lambda version, now: remove_statement(statement, version, request.user, now))

    def undo(self, request: DeskRequest, pk: UUID) -> Response:
        """Put back what the last correction changed, here and in those it touched with it."""
        statement, _ = self.get_object(), self.said()
        return self.act_on(statement, lambda version, now: undo_correction(statement, version, request.user, now))
