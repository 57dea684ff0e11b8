from collections.abc import Sequence
from typing import ClassVar, Final
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField
from django.http import Http404
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, PersonShown, Sent, Shown
from factcheck.api.filters import Tagged
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import READ, Right
from factcheck.api.requests import DeskRequest
from factcheck.api.statements import SpeakerBrief
from factcheck.corpus.models import ConflictPair, Decision, PairStatus, Statement
from factcheck.corpus.models.article import may_read
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.engine import ConflictKind
from factcheck.ledger.settled import Place, Settled
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action


def _sides() -> "QuerySet[Statement]":
    return Statement.objects.select_related("article", "speaker", "reported_by")


_PAIR: Final = Settled[ConflictPair](
    lambda: ConflictPair.objects.select_related("desk", "decided_by").filter(pk=Place(0, UUIDField()))
)
_SIDES: Final = Settled[Statement](lambda: _sides().filter(pk__in=[Place(0, UUIDField()), Place(1, UUIDField())]))
KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in ConflictKind]


class SideShown(Shown):
    """One of the two statements."""

    id = serializers.UUIDField()
    article = serializers.UUIDField(source="article_id")
    speaker = SpeakerBrief()
    reported_by = SpeakerBrief(allow_null=True)
    content = serializers.CharField()


class ConflictShown(Shown):
    """Two statements that, it seems, cannot both hold: suggested by the engine, decided by people."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    a = SideShown()
    b = SideShown()
    kind = serializers.ChoiceField(choices=KINDS)
    suggested_kind = serializers.ChoiceField(choices=KINDS)
    score = serializers.FloatField()
    why = serializers.CharField()
    engine_version = serializers.CharField()
    status = serializers.ChoiceField(choices=PairStatus.choices)
    decision = serializers.ChoiceField(choices=[*Decision.choices, ("", "none yet")])
    decided_by = PersonShown(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    suggested_at = serializers.DateTimeField()


class DecisionSent(Sent):
    """A reviewer's decision; `kind` where the reviewer mends it."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    kind = serializers.ChoiceField(choices=KINDS, required=False)
    example: ClassVar = {"decision": "conflict", "kind": "denial"}


class ConflictFilter(Tagged):
    """Filters of suggested conflicts."""

    status = filters.ChoiceFilter(choices=PairStatus.choices)
    kind = filters.ChoiceFilter(choices=KINDS)
    article = filters.UUIDFilter(method="by_article", help_text="a side stands in it")
    statement = filters.UUIDFilter(method="by_statement", help_text="it is a side")

    def by_article(self, pairs: "QuerySet[ConflictPair]", _: str, article: UUID) -> "QuerySet[ConflictPair]":
        """Those with a side in this article."""
        return pairs.filter(Q(a__article=article) | Q(b__article=article))

    def by_statement(self, pairs: "QuerySet[ConflictPair]", _: str, statement: UUID) -> "QuerySet[ConflictPair]":
        """Those of this statement."""
        return pairs.filter(Q(a=statement) | Q(b=statement))


class ConflictViewSet(DeskViewSet):
    """Suggested conflicts: read; decided and reopened by people who are signed in."""

    queryset = ConflictPair.objects.none()
    shows_what_was_edited = True
    serializer_class = ConflictShown
    filterset_class = ConflictFilter
    rights: ClassVar = {
        "list": READ,
        "retrieve": READ,
        "decide": Right(Action.DECIDE_PAIR),
        "reopen": Right(Action.DECIDE_PAIR),
    }
    sends: ClassVar = {"decide": DecisionSent, "reopen": Nothing}

    def visible(self, person: User) -> "QuerySet[ConflictPair]":
        """Pairs of which this person may read both articles."""
        return ConflictPair.objects.readable_by(person).select_related("desk", "decided_by")

    def find(self, pk: UUID) -> ConflictPair:
        """One pair of which this person may read both articles; its sides tell, so that no query asks for it."""
        pair = next(iter(_PAIR.ask(pk)), None)
        if pair is None:
            raise Http404
        sides = {side.pk: side for side in _SIDES.ask(pair.a_id, pair.b_id)}
        pair.a, pair.b = sides[pair.a_id], sides[pair.b_id]
        if not all(may_read(self.request.user, side.article) for side in (pair.a, pair.b)):
            raise Http404
        return pair

    def complete(self, rows: Sequence[ConflictPair]) -> None:
        """Read the sides apart: one query for that many tables takes a database longer to plan than to answer."""
        sides = _sides().in_bulk({pk for pair in rows for pk in (pair.a_id, pair.b_id)})
        for pair in rows:
            pair.a, pair.b = sides[pair.a_id], sides[pair.b_id]

    def of_desks(self, person: User) -> "QuerySet[ConflictPair]":
        """All pairs of this person's desks."""
        return ConflictPair.objects.filter(desk__in=person.desk_ids)

    def decide(self, request: DeskRequest, pk: UUID) -> Response:
        """Decide a pair; a dismissal covers every copy of the same words."""
        pair, said = self.get_object(), self.said()
        decision, kind = Decision(said["decision"]), ConflictKind(said["kind"]) if "kind" in said else None

        return self.act_on(
            pair,
            lambda version, now: decide_conflict(pair, decision, version, request.user, now=now, kind=kind),
        )

    def reopen(self, request: DeskRequest, pk: UUID) -> Response:
        """Take a decision back."""
        pair, _ = self.get_object(), self.said()
        return self.act_on(pair, lambda version, now: reopen_conflict(pair, version, request.user, now))
