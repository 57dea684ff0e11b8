from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.response import Response

from factcheck.api.fields import Flag, Nothing, PersonShown, Sent, Shown, Text
from factcheck.api.filters import MomentFilter, OfDesk
from factcheck.api.nouns import DeskViewSet
from factcheck.api.pagination import as_id
from factcheck.api.permissions import Right
from factcheck.api.requests import DeskRequest
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.publishing.events import PING, TOPICS
from factcheck.publishing.models import Delivery, DeliveryState, EndpointState, Unsent, WebhookEndpoint, WhyOff
from factcheck.publishing.webhooks import endpoints
from factcheck.publishing.webhooks.deliveries import redeliver, redeliver_missed

KINDS = [(topic, topic) for topic in TOPICS.values()]
EDIT, READ = Right(Action.EDIT_WEBHOOKS), Right(Action.READ_DELIVERIES)


class WebhookShown(Shown):
    """Where a desk's messages go, and how that goes. No secret is among it."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    version = serializers.IntegerField()
    desk = serializers.CharField(source="desk.slug")
    url = serializers.CharField()
    description = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=EndpointState.choices)
    disabled_because = serializers.ChoiceField(choices=[("", ""), *WhyOff.choices])
    disabled_at = serializers.DateTimeField(allow_null=True)
    failures = serializers.IntegerField(help_text="in a row")
    failing_since = serializers.DateTimeField(allow_null=True)
    paused_until = serializers.DateTimeField(allow_null=True)
    last_sent_at = serializers.DateTimeField(allow_null=True)
    secret_since = serializers.DateTimeField()
    older_until = serializers.DateTimeField(allow_null=True, help_text="until when the older secret signs as well")
    created_by = PersonShown()
    created_at = serializers.DateTimeField()


class WebhookMade(WebhookShown):
    """A webhook with its new secret."""

    secret = serializers.CharField(allow_null=True, help_text="shown this once; null where the request is repeated")


class WebhookSent(Sent):
    """Where messages shall go, and which."""

    url = Text(max_length=2_000, help_text="begins with https://; public addresses only")
    topics = serializers.ListField(child=serializers.ChoiceField(choices=KINDS), min_length=1, max_length=len(KINDS))
    description = Text(required=False, allow_blank=True, max_length=200)
    example: ClassVar = {"url": "https://hooks.example/factcheck", "topics": ["review.published"]}

    def new(self) -> endpoints.NewWebhook:
        """What was said."""
        said = self.validated_data
        return endpoints.NewWebhook(said["url"], said["topics"], said.get("description", ""))


class NewWebhookSent(WebhookSent):
    """And of which desk."""

    desk = Text(max_length=50, required=False, help_text="its short name; needed by whoever manages several desks")


class RotationSent(Sent):
    """Whether the older secret ends at once, as when it became known; else it signs for a day."""

    at_once = Flag(required=False)
    example: ClassVar = {"at_once": True}


class WebhookFilter(OfDesk):
    """Filters of webhooks."""

    state = filters.ChoiceFilter(choices=EndpointState.choices)


class WebhookViewSet(DeskViewSet):
    """Webhooks: set up by leads and administrators who are signed in."""

    queryset = WebhookEndpoint.objects.none()
    serializer_class = WebhookShown
    filterset_class = WebhookFilter
    address = "api:webhook"
    rights: ClassVar = {
        **dict.fromkeys(("list", "retrieve", "create", "change", "remove", "rotate", "switch_on", "switch_off"), EDIT),
        "send_missed": READ,
    }
    sends: ClassVar = {
        "create": NewWebhookSent,
        "change": WebhookSent,
        "rotate": RotationSent,
        **dict.fromkeys(("remove", "switch_on", "switch_off", "send_missed"), Nothing),
    }
    shows: ClassVar = {"create": WebhookMade, "rotate": WebhookMade}

    def visible(self, person: User) -> "QuerySet[WebhookEndpoint]":
        """Those that this person sets up."""
        return WebhookEndpoint.objects.managed_by(person).select_related("desk", "created_by")

    def of_desks(self, person: User) -> "QuerySet[WebhookEndpoint]":
        """All of this person's desks, also those removed."""
        return WebhookEndpoint.objects.filter(desk__in=desks_reached(person, Action.EDIT_WEBHOOKS, Reach.DESK))

    def everything(self) -> "QuerySet[WebhookEndpoint]":
        """One that was just removed is shown as such."""
        return self.of_desks(self.request.user).select_related("desk", "created_by")

    def create(self, request: DeskRequest) -> Response:
        """Let a desk's messages go to an address. The answer has the secret, this once."""
        sent = self._sent()
        desk = _desk(request.user, sent.validated_data.get("desk"))
        return self._with_secret(lambda now: endpoints.add_webhook(sent.new(), desk, request.user, now), 201)

    def change(self, request: DeskRequest, pk: UUID) -> Response:
        """Let messages go elsewhere, or others go there."""
        endpoint, new = self.get_object(), self._sent().new()
        return self.act_on(endpoint, lambda seen, now: endpoints.change_webhook(endpoint, new, seen, request.user, now))

    def rotate(self, request: DeskRequest, pk: UUID) -> Response:
        """Make a new secret. The answer has it, this once."""
        endpoint, at_once = self.get_object(), self.said().get("at_once", False)
        seen = self.version_seen(endpoint)

        def turn(now: datetime) -> tuple[WebhookEndpoint, str]:
            return endpoint, endpoints.rotate_secret(endpoint, seen, request.user, now, at_once=at_once)

        return self._with_secret(turn, 200)

    def switch_on(self, request: DeskRequest, pk: UUID) -> Response:
        """Send messages there again, from now on."""
        endpoint, _ = self.get_object(), self.said()
        return self.act_on(endpoint, lambda seen, now: endpoints.switch_on_webhook(endpoint, seen, request.user, now))

    def switch_off(self, request: DeskRequest, pk: UUID) -> Response:
        """Send nothing there any more."""
        endpoint, _ = self.get_object(), self.said()
        return self.act_on(endpoint, lambda seen, now: endpoints.switch_off_webhook(endpoint, seen, request.user, now))

    def remove(self, request: DeskRequest, pk: UUID) -> Response:
        """Take a webhook away for good."""
        endpoint, _ = self.get_object(), self.said()
        return self.act_on(endpoint, lambda seen, now: endpoints.remove_webhook(endpoint, seen, request.user, now))

    def send_missed(self, request: DeskRequest, pk: UUID) -> Response:
        """Send all messages again that were given up."""
        endpoint, _ = self.get_object(), self.said()
        return self.act_on(endpoint, lambda _, now: redeliver_missed(endpoint, request.user, now), by_version=False)

    def _sent(self) -> WebhookSent:
        sent = self.sends[str(self.action)](data=self.request.data)
        assert isinstance(sent, WebhookSent)
        sent.is_valid(raise_exception=True)
        return sent

    def _with_secret(self, make: Callable[[datetime], tuple[WebhookEndpoint, str]], status: int) -> Response:
        """Answer with the secret beside what is kept under the request's key: there it does not stand."""
        made: dict[str, Any] = {"secret": None}

        def act(now: datetime) -> WebhookEndpoint:
            endpoint, made["secret"] = make(now)
            return endpoint

        response = self.act(act, status)
        response.data = {**response.data, **made}
        return response


class TryShown(Shown):
    """One try of a delivery."""

    at = serializers.DateTimeField()
    seconds = serializers.FloatField()
    status = serializers.IntegerField(allow_null=True)
    reason = serializers.ChoiceField(choices=[("", ""), *Unsent.choices])
    answer = serializers.CharField(help_text="how the answer begins")


class DeliveryShown(Shown):
    """A message to one webhook: where it stands, and each try. `message` is what receivers know as `webhook-id`."""

    id = serializers.UUIDField()
    webhook = serializers.UUIDField(source="endpoint_id")
    message = serializers.UUIDField(source="message_id")
    topic = serializers.CharField(source="message.topic")
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    attempts = serializers.IntegerField(help_text="of this round; sending again begins another")
    next_attempt_at = serializers.DateTimeField()
    last_status = serializers.IntegerField(allow_null=True)
    last_reason = serializers.ChoiceField(choices=[("", ""), *Unsent.choices])
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    tries = TryShown(many=True)


class DeliveryFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Filters of deliveries."""

    webhook = filters.UUIDFilter("endpoint_id")
    message = filters.UUIDFilter("message_id")
    state = filters.ChoiceFilter(choices=DeliveryState.choices)
    topic = filters.ChoiceFilter("message__topic", choices=[*KINDS, (PING, PING)])
    created_after = MomentFilter("created_at", lookup_expr="gte")


class DeliveryViewSet(DeskViewSet):
    """The log of deliveries, kept for a month. Listed by age, newest first."""

    queryset = Delivery.objects.none()
    serializer_class = DeliveryShown
    filterset_class = DeliveryFilter
    order = "id"
    address = "api:delivery"
    rights: ClassVar = {"list": READ, "retrieve": READ, "redeliver": READ, "ping": EDIT}
    sends: ClassVar = {"redeliver": Nothing, "ping": Nothing}

    def visible(self, person: User) -> "QuerySet[Delivery]":
        """Those of the webhooks that this person sets up."""
        found = Delivery.objects.of(person).select_related("message", "endpoint").prefetch_related("tries")
        return found.defer("message__body")

    def read_place(self, place: str) -> object:
        """Deliveries are paged by their ids, which grow with time."""
        return as_id(place)

    def redeliver(self, request: DeskRequest, pk: UUID) -> Response:
        """Send a message again: the same id and the same bytes."""
        delivery, _ = self.get_object(), self.said()
        return self.act_on(delivery, lambda _, now: redeliver(delivery, request.user, now), by_version=False)

    def ping(self, request: DeskRequest, pk: UUID) -> Response:
        """Send a test message to a webhook, once. The delivery says what came of it."""
        managed, _ = WebhookEndpoint.objects.managed_by(request.user), self.said()
        endpoint = get_object_or_404(managed, pk=pk)
        return self.act(lambda now: endpoints.try_webhook(endpoint, request.user, now), status=202)


def _desk(person: User, slug: str | None) -> Desk:
    desks = list(Desk.objects.filter(pk__in=desks_reached(person, Action.EDIT_WEBHOOKS, Reach.DESK)).order_by("slug"))
    found = [desk for desk in desks if slug in (None, desk.slug)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(desk.slug for desk in desks)
    raise serializers.ValidationError({"desk": [f"Say for which desk: {known}."]})
