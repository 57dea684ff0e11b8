from typing import ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, Shown
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.corpus.models import Article
from factcheck.corpus.services.jobs import cancel_work, jobs_open_to, retry_work
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Scope, User
from factcheck.newsroom.permissions import Action

FOLLOW = Right(Action.FOLLOW_WORK, frozenset({Scope.DESK, Scope.INGEST}))


class JobShown(Shown):
    """Work to do later: where it stands, and why it stopped."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    article = serializers.UUIDField(source="subject_id")
    state = serializers.ChoiceField(choices=JobState.choices)
    step = serializers.CharField()
    share = serializers.FloatField()
    attempts = serializers.IntegerField()
    reason = serializers.CharField()
    cancel_requested = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class JobFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Filters of jobs."""

    state = filters.ChoiceFilter(choices=JobState.choices)
    kind = filters.CharFilter(max_length=40)
    article = filters.UUIDFilter("subject_id")


class JobViewSet(DeskViewSet):
    """Jobs: followed, tried again, cancelled. Their numbers change too often for a change feed: ask for the job."""

    queryset = Job.objects.none()
    serializer_class = JobShown
    filterset_class = JobFilter
    order = "id"
    rights: ClassVar = {
        "list": FOLLOW,
        "retrieve": FOLLOW,
        "retry": Right(Action.RETRY_JOB, frozenset({Scope.INGEST})),
        "cancel": Right(Action.CANCEL_JOB),
    }
    sends: ClassVar = {"retry": Nothing, "cancel": Nothing}

    def visible(self, person: User) -> "QuerySet[Job]":
        """Work on articles that the person may read; a token without `desk` follows what its owner added."""
        work = jobs_open_to(person)
        token = self.request.auth
        if token and (Scope.DESK not in token.scopes or self.action == "retry"):
            own = Article.objects.filter(created_by=person).values("pk")
            work = work.filter(Q(subject_type="article", subject_id__in=own))
        return work

    def subject_of(self, row: Job) -> Article:
        """The article that the work is about."""
        return Article.objects.get(pk=row.subject_id)

    def read_place(self, place: str) -> object:
        """Jobs are paged by their ids, which grow with time."""
        try:
            return UUID(place)
        except ValueError as error:
            raise exceptions.ValidationError({"cursor": ["This is no cursor that an answer of ours gave."]}) from error

    def retry(self, request: DeskRequest, pk: UUID) -> Response:
        """Try failed or cancelled work again."""
        job, _ = self.get_object(), self.said()
        article = self.subject_of(job)
        return self.act_on(job, lambda _, now: retry_work(job, article, request.user, now), by_version=False)

    def cancel(self, request: DeskRequest, pk: UUID) -> Response:
        """Cancel work that has not ended."""
        job, _ = self.get_object(), self.said()
        article = self.subject_of(job)
        return self.act_on(job, lambda _, now: cancel_work(job, article, request.user, now), by_version=False)
