from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.articles import ADD, find_desk
from factcheck.api.fields import Flag, Sent, Text
from factcheck.api.jobs import JobShown, complete_jobs
from factcheck.api.nouns import DeskViewSet
from factcheck.api.requests import DeskRequest
from factcheck.corpus.models import Retrieval
from factcheck.corpus.services.articles import BULK, PASTED
from factcheck.corpus.services.retrieving import Asked, add_article_from_file, add_article_from_url
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached


class RetrievalSent(Sent):
    """The address of an article. What is left out here is read from the page."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever adds to several desks")
    url = Text(max_length=2000, help_text="begins with https:// or http://; public addresses only")
    outlet = Text(required=False, allow_blank=True, max_length=160)
    adds_outlet = Flag(required=False, help_text="the outlet may be new to the desk")
    published_at = serializers.DateTimeField(required=False, allow_null=True)
    example: ClassVar = {"url": "https://orla.example/bridge", "outlet": "Orla Post", "adds_outlet": True}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those to which the person adds."""
        return find_desk(attrs, self.context["desks"])


class FileSent(Sent):
    """A file of a batch. What is left out here is read from it."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever adds to several desks")
    name = Text(max_length=200, help_text="with its ending, such as report.pdf")
    content = Text(
        allow_blank=True, help_text="the file in base64; 25 MB unpacked at most, and what a request may have"
    )
    outlet = Text(required=False, allow_blank=True, max_length=160)
    adds_outlet = Flag(required=False, help_text="the outlet may be new to the desk")
    published_at = serializers.DateTimeField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the desk among those to which the person adds, and unpack the file."""
        try:
            content = b64decode(attrs["content"], validate=True)
        except ValueError as error:
            raise serializers.ValidationError({"content": ["This is not base64."]}) from error
        return find_desk({**attrs, "content": content}, self.context["desks"])


def sent_as(item: Any) -> type[Sent] | None:
    """What an item of a batch is read as, if it lies elsewhere: an address without a text, or a file."""
    if not isinstance(item, dict) or "text" in item:
        return None
    return FileSent if "content" in item else RetrievalSent if "url" in item else None


def ask_for(said: dict[str, Any], person: User, priority: int) -> Callable[[datetime], Retrieval]:
    """How what was sent is asked for."""
    asked = Asked(
        said.get("outlet", ""),
        said.get("published_at"),
        adds_outlet=said.get("adds_outlet", False),
        priority=priority,
    )
    if "content" in said:
        name, content = said["name"], said["content"]
        return lambda now: add_article_from_file(name, content, asked, said["desk"], person, now=now)
    return lambda now: add_article_from_url(said["url"], asked, said["desk"], person, now)


class RetrievalViewSet(DeskViewSet):
    """Articles that lie elsewhere: fetched by a job."""

    queryset = Retrieval.objects.none()
    serializer_class = JobShown
    address = "api:job"
    rights: ClassVar = {"fetch": ADD}
    sends: ClassVar = {"fetch": RetrievalSent}

    def fetch(self, request: DeskRequest) -> Response:
        """Ask for the article at an address. The job's `article` names it, once it was fetched and read."""
        said = self.said(desks=self.desks())
        return self.act(ask_for(said, request.user, BULK if request.auth else PASTED), status=202)

    def visible(self, person: User) -> "QuerySet[Retrieval]":
        """What this person asked for."""
        return Retrieval.objects.of(person)

    def show_anew(self, pk: UUID) -> Any:
        """The job that fetches it."""
        job = Job.objects.about("retrieval", pk)[0]
        complete_jobs([job], self.request.user)
        return self.show(job)

    def desks(self) -> list[Desk]:
        """The desks to which the person adds."""
        reached = desks_reached(self.request.user, Action.ADD_ARTICLE, Reach.DESK)
        return list(Desk.objects.filter(pk__in=reached).order_by("slug"))
