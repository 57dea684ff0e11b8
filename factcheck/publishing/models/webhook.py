from datetime import datetime
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed, OutboxMessage, Versioned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached

LONGEST_URL, LONGEST_DESCRIPTION, LONGEST_ANSWER = 2_000, 200, 500


class EndpointState(models.TextChoices):
    """Whether messages go there."""

    ENABLED = "enabled", _("on")
    DISABLED = "disabled", _("off")
    REMOVED = "removed", _("removed")


class WhyOff(models.TextChoices):
    """Why messages go there no more."""

    BY_HAND = "by_hand", _("switched off by a person")
    GONE = "gone", _("it answered 410: it wants no more messages")
    FAILING = "failing", _("nothing had reached it for three days")


class EndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Sets of endpoints by name."""

    def managed_by(self, person: User) -> Self:
        """Those that a person sets up, still there."""
        desks = desks_reached(person, Action.EDIT_WEBHOOKS, Reach.DESK)
        return self.filter(desk__in=desks).exclude(state=EndpointState.REMOVED)

    def enabled(self) -> Self:
        """Those to which messages go."""
        return self.filter(state=EndpointState.ENABLED)

    def switched_off(self) -> Self:
        """Those that were switched off by themselves and wait for somebody to look."""
        return self.filter(state=EndpointState.DISABLED).exclude(disabled_because=WhyOff.BY_HAND)

    def failing(self) -> Self:
        """Those that failed the last time and are still tried."""
        return self.enabled().filter(failing_since__isnull=False)


class WebhookEndpoint(Followed, Versioned):
    """Where a desk's messages go. Both secrets sign while the older one runs out; nobody can read either again.

    `failures` are those in a row and `failing_since` is when the first of them was; a success clears both.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=LONGEST_URL)
    description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True, default="")
    topics = models.JSONField(help_text="the kinds of message that go there")
    secret = models.CharField(max_length=100, editable=False)
    secret_since = models.DateTimeField(editable=False)
    older_secret = models.CharField(max_length=100, blank=True, default="", editable=False)
    older_until = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=8, choices=EndpointState, default=EndpointState.ENABLED)
    disabled_because = models.CharField(max_length=8, choices=WhyOff, blank=True, default="")
    disabled_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, help_text="it asked to be left alone until then")
    last_sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="webhook_state_known", condition=Q(state__in=EndpointState.values)),
            models.CheckConstraint(name="webhook_has_a_secret", condition=~Q(secret="") | Q(state="removed")),
            models.CheckConstraint(
                name="webhook_older_secret_runs_out",
                condition=Q(older_secret="", older_until__isnull=True)
                | (~Q(older_secret="") & Q(older_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhook_is_off_for_a_reason",
                condition=Q(state="enabled", disabled_because="", disabled_at__isnull=True)
                | (~Q(state="enabled") & Q(disabled_because__in=WhyOff.values, disabled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhook_fails_since_a_time",
                condition=Q(failures=0, failing_since__isnull=True) | Q(failures__gt=0, failing_since__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["desk", "state"], name="webhook_of_desk")]

    def __str__(self) -> str:
        return self.description or urlsplit(self.url).netloc

    def get_absolute_url(self) -> str:
        """Its page in the workbench."""
        return reverse("workbench:webhook", args=[self.pk])

    @property
    def is_enabled(self) -> bool:
        """Whether messages go there."""
        return self.state == EndpointState.ENABLED

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns an endpoint; it is the desk's."""
        return frozenset()


class DeliveryState(models.TextChoices):
    """Where a message to one endpoint stands."""

    PENDING = "pending", _("waiting")
    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")


class Unsent(models.TextChoices):
    """Why an attempt failed, or was not made."""

    STATUS = "status", _("it answered with an error")
    REDIRECTED = "redirected", _("it leads elsewhere, where nobody follows: give the address that it leads to")
    NO_ANSWER = "no_answer", _("it did not answer within 15 seconds")
    NO_SUCH_HOST = "no_such_host", _("there is no server of this name")
    NOT_TRUSTED = "not_trusted", _("its certificate does not prove who it is")
    FORBIDDEN = "forbidden_address", _("it lies in a private network, or at a port that is not used")
    UNFIT = "unfit_address", _("this is no web address")
    BROKEN = "broken_answer", _("its answer broke off")
    SWITCHED_OFF = "switched_off", _("the webhook was off")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Sets of deliveries by name."""

    def of(self, person: User) -> Self:
        """Those whose log a person reads."""
        desks = desks_reached(person, Action.READ_DELIVERIES, Reach.DESK)
        return self.filter(endpoint__desk__in=desks).exclude(endpoint__state=EndpointState.REMOVED)

    def pending(self) -> Self:
        """Those that are still to be sent."""
        return self.filter(state=DeliveryState.PENDING)

    def held(self) -> Self:
        """Those that somebody sends right now, by the database's clock."""
        return self.pending().filter(lease_until__gte=Now())

    def due(self, now: datetime) -> Self:
        """Those that may be sent now: their time has come, nobody holds them, and their endpoint takes messages."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
        rested = Q(endpoint__paused_until__isnull=True) | Q(endpoint__paused_until__lte=now) | Q(is_test=True)
        takes = Q(endpoint__state=EndpointState.ENABLED) | Q(is_test=True, endpoint__state=EndpointState.DISABLED)
        return self.pending().filter(free, rested, takes, next_attempt_at__lte=now)

    def missed(self) -> Self:
        """Those that were given up, tests aside."""
        return self.filter(state=DeliveryState.GIVEN_UP, is_test=False)


class Delivery(models.Model):
    """One message to one endpoint. The row is the queue: whoever sends holds it under a lease, and a token of theirs.

    `attempts` are those of this round; sending again by hand begins another round.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(OutboxMessage, on_delete=models.PROTECT, related_name="deliveries")
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, related_name="deliveries")
    is_test = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_reason = models.CharField(max_length=17, choices=Unsent, blank=True, default="")
    last_answer = models.CharField(max_length=LONGEST_ANSWER, blank=True, default="")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "endpoint"], name="delivery_once"),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(
                name="delivery_ended_when_ended",
                condition=Q(state="pending", ended_at__isnull=True) | (~Q(state="pending") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="delivery_is_held_while_pending", condition=Q(state="pending") | Q(lease_until__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="delivery_to_send"),
            models.Index(fields=["endpoint", "state", "next_attempt_at"], name="delivery_of_endpoint"),
            models.Index(fields=["state", "ended_at"], name="delivery_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.endpoint_id}"

    @property
    def desk_id(self) -> UUID:
        """The desk of its endpoint."""
        return self.endpoint.desk_id

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns a delivery."""
        return frozenset()


class DeliveryAttempt(models.Model):
    """One try of a delivery, and what came of it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    seconds = models.FloatField()
    status = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=17, choices=Unsent, blank=True, default="")
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True, default="")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.status or self.reason}"
