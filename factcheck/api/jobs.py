from collections import defaultdict
from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Nothing, Shown
from factcheck.api.nouns import DeskViewSet
from factcheck.api.pagination import as_id
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.api.statements import StatementBrief
from factcheck.corpus.models import Article, Inquiry, Retrieval
from factcheck.corpus.services.inquiries import findings_of_each
from factcheck.corpus.services.jobs import (
    INQUIRY,
    RETRIEVAL,
    Subject,
    cancel_work,
    jobs_open_to,
    retry_work,
    subject_of,
)
from factcheck.engine import ConflictKind
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Scope, User
from factcheck.newsroom.permissions import Action

KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in ConflictKind]
FOLLOW = Right(Action.FOLLOW_WORK, frozenset({Scope.DESK, Scope.INGEST}))


class FindingShown(Shown):
    """A stored statement on the same matter; kind and score where the two seem to conflict."""

    statement = StatementBrief()
    kind = serializers.ChoiceField(choices=KINDS, allow_null=True)
    score = serializers.FloatField(allow_null=True)
    why = serializers.CharField(allow_blank=True)


class JobShown(Shown):
    """Work to do later: where it stands, and why it stopped. `result` is what a typed statement was found beside."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    article = serializers.UUIDField(source="article_id", allow_null=True)
    articles = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="all articles that came of an address or a file; `article` is the first",
    )
    refused = serializers.ListField(
        child=serializers.CharField(), help_text="what of a file was not taken in, each part with its reason"
    )
    state = serializers.ChoiceField(choices=JobState.choices)
    step = serializers.CharField()
    share = serializers.FloatField()
    attempts = serializers.IntegerField()
    reason = serializers.CharField()
    cancel_requested = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    result = FindingShown(many=True, allow_null=True)


def complete_jobs(jobs: Sequence[Job], person: User) -> None:
    """Give each job what is shown of it and stands elsewhere, in a fixed number of queries."""
    answered = Inquiry.objects.of(person).filter(answered_at__isnull=False)
    inquiries = answered.in_bulk([job.subject_id for job in jobs if job.subject_type == INQUIRY])
    found = findings_of_each(list(inquiries.values()), person)
    articles, refused = _taken_in([job.subject_id for job in jobs if job.subject_type == RETRIEVAL], person)
    for job in jobs:
        about = [job.subject_id] if job.subject_type == "article" else articles[job.subject_id]
        vars(job).update(
            article_id=about[0] if about else None,
            articles=about,
            refused=refused.get(job.subject_id, []),
            result=found.get(job.subject_id),
        )


def _taken_in(retrievals: Sequence[UUID], person: User) -> tuple[dict[UUID, list[UUID]], dict[UUID, list[str]]]:
    """What came of addresses and files, as far as this person may read it, and what of them was refused."""
    articles: dict[UUID, list[UUID]] = defaultdict(list)
    if not retrievals:
        return articles, {}
    readable = Article.objects.readable_by(person).filter(retrievals__in=retrievals)
    for retrieval_id, article_id in readable.order_by("created_seq").values_list("retrievals", "pk"):
        articles[retrieval_id].append(article_id)
    return articles, dict(Retrieval.objects.filter(pk__in=retrievals).values_list("pk", "refused"))


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
            handed_in = Q(subject_type=RETRIEVAL, requested_by=person)
            work = work.filter(Q(subject_type="article", subject_id__in=own) | handed_in)
        return work

    def complete(self, rows: Sequence[Job]) -> None:
        """Say which article each is about, and what was found beside typed statements."""
        complete_jobs(rows, self.request.user)

    def subject_of(self, row: Job) -> Subject:
        """What the work is about."""
        return subject_of(row)

    def read_place(self, place: str) -> object:
        """Jobs are paged by their ids, which grow with time."""
        return as_id(place)

    def retry(self, request: DeskRequest, pk: UUID) -> Response:
        """Try failed or cancelled work again."""
        job, _ = self.get_object(), self.said()
        subject = self.subject_of(job)
        return self.act_on(job, lambda _, now: retry_work(job, subject, request.user, now), by_version=False)

    def cancel(self, request: DeskRequest, pk: UUID) -> Response:
        """Cancel work that has not ended."""
        job, _ = self.get_object(), self.said()
        subject = self.subject_of(job)
        return self.act_on(job, lambda _, now: cancel_work(job, subject, request.user, now), by_version=False)
