"""The page of webhooks, and that of one: how it is set, how it goes, what it delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from factcheck.newsroom.models import User
from factcheck.publishing.models import Delivery, WebhookEndpoint
from factcheck.workbench.forms_webhooks import KINDS, ChangeWebhookForm, DeliveryFilterForm, NewWebhookForm

ON_A_PAGE = 50
SOON = timedelta(seconds=15)
WORDS: Mapping[str, object] = dict(KINDS)


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook in the list, in words."""

    webhook: WebhookEndpoint
    kinds: Sequence[object]


@dataclass(frozen=True, slots=True)
class WebhooksScreen:
    """What the list shows."""

    rows: Sequence[WebhookRow]
    form: NewWebhookForm
    has_desks: bool


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery in the log, in words."""

    delivery: Delivery
    kind: object
    tries: int


@dataclass(frozen=True, slots=True)
class WebhookScreen:
    """What the page of one shows; `secret` once, right after it was made."""

    webhook: WebhookEndpoint
    form: ChangeWebhookForm
    secret: str
    filters: DeliveryFilterForm
    filtered: str
    page: Page[Delivery]
    rows: Sequence[DeliveryRow]
    missed: int
    has_older: bool
    is_moving: bool


def webhooks_for(person: User, form: NewWebhookForm | None = None) -> WebhooksScreen:
    """Gather the list in a fixed number of queries."""
    found = WebhookEndpoint.objects.managed_by(person).select_related("desk").order_by("desk__name", "created_at")
    rows = [WebhookRow(one, [WORDS.get(topic, topic) for topic in one.topics]) for one in found]
    form = form or NewWebhookForm(person=person)
    return WebhooksScreen(rows, form, len(form.desks) > 1)


def webhook_for(
    webhook: WebhookEndpoint,
    asked: Mapping[str, str],
    now: datetime,
    *,
    form: ChangeWebhookForm | None = None,
    secret: str = "",
) -> WebhookScreen:
    """Gather the page of one in a fixed number of queries."""
    filters = DeliveryFilterForm(asked)
    said = filters.cleaned_data if filters.is_valid() else {}
    state, topic = said.get("state", ""), said.get("topic", "")
    log = Delivery.objects.filter(endpoint=webhook)
    shown = log.filter(state=state) if state else log
    shown = shown.filter(message__topic=topic) if topic else shown
    told = shown.select_related("message").defer("message__body").prefetch_related("tries")
    page = Paginator(told.order_by("-created_at", "-id"), ON_A_PAGE).get_page(asked.get("page", "1"))
    return WebhookScreen(
        webhook=webhook,
        form=form or ChangeWebhookForm.of(webhook),
        secret=secret,
        filters=filters,
        filtered=urlencode({name: value for name, value in said.items() if value}),
        page=page,
        rows=[_row(delivery) for delivery in page.object_list],
        missed=log.missed().count(),
        has_older=webhook.older_until is not None and webhook.older_until > now,
        is_moving=log.pending().filter(next_attempt_at__lte=now + SOON).exists(),
    )


def _row(delivery: Delivery) -> DeliveryRow:
    topic = delivery.message.topic
    return DeliveryRow(delivery, WORDS.get(topic, topic), len(delivery.tries.all()))
