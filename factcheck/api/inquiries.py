from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Sent, Text
from factcheck.api.jobs import JobShown, complete_jobs
from factcheck.api.nouns import DeskViewSet
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.corpus.models import Inquiry
from factcheck.corpus.services.inquiries import LONGEST_NAME, LONGEST_TEXT, NewInquiry, compare_statement
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Desk, Scope, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class InquirySent(Sent):
    """A statement as somebody said it, to see where it stands elsewhere."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever works on several desks")
    text = Text(help_text=f"one statement, at most {LONGEST_TEXT:,} characters")
    speaker = Text(required=False, allow_blank=True, help_text=f"who said it, at most {LONGEST_NAME} characters")
    said_on = serializers.DateField(required=False, allow_null=True, help_text="today where it is left out")
    example: ClassVar = {"text": "The bridge was inspected in January.", "speaker": "Ilse Varga"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those where the person may ask."""
        desks: list[Desk] = self.context["desks"]
        slug = attrs.pop("desk", None)
        found = [desk for desk in desks if slug in (None, desk.slug)]
        if len(found) != 1:
            words = "You work on no desk of this name." if slug else "You work on several desks; say on which."
            raise serializers.ValidationError({"desk": [words]})
        return {**attrs, "desk": found[0]}


class InquiryViewSet(DeskViewSet):
    """Typed statements: asked about; the answer is the result of a job."""

    queryset = Inquiry.objects.none()
    serializer_class = JobShown
    address = "api:job"
    rights: ClassVar = {"compare": Right(Action.COMPARE_STATEMENT, frozenset({Scope.DESK}))}
    sends: ClassVar = {"compare": InquirySent}

    def compare(self, request: DeskRequest) -> Response:
        """Ask where a typed statement stands elsewhere. The job's `result` lists what is nearest, conflicts first."""
        said = self.said(desks=self.desks())
        new = NewInquiry(said["text"], said.get("speaker", ""), said.get("said_on"))
        return self.act(lambda now: compare_statement(new, said["desk"], request.user, now), status=202)

    def visible(self, person: User) -> "QuerySet[Inquiry]":
        """What this person asked."""
        return Inquiry.objects.of(person)

    def show_anew(self, pk: UUID) -> Any:
        """The job that finds the answer."""
        job = Job.objects.about("inquiry", pk)[0]
        complete_jobs([job], self.request.user)
        return self.show(job)

    def desks(self) -> list[Desk]:
        """The desks where the person may ask."""
        reached = desks_reached(self.request.user, Action.COMPARE_STATEMENT, Reach.DESK)
        return list(Desk.objects.filter(pk__in=reached).order_by("slug"))
