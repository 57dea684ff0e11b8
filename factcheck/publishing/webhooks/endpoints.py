"""The verbs of a webhook: add, change, rotate its secret, switch it off and on, remove it, try it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.intake.cleaning import clean_text
from factcheck.intake.fetching.addresses import Address, read_literal
from factcheck.intake.fetching.errors import ForbiddenAddress, UnfitAddress
from factcheck.intake.fetching.locations import read_location
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.recalling import own_act, said_by
from factcheck.newsroom.models import Desk, NoticeKind, User
from factcheck.newsroom.notices import notify_all
from factcheck.newsroom.permissions import Action, people_who_may, require
from factcheck.publishing.errors import TooManyWebhooks, UnfitWebhook, WebhookIsOff, WebhookIsOn
from factcheck.publishing.events import TOPICS
from factcheck.publishing.models import Delivery, EndpointState, WebhookEndpoint, WhyOff
from factcheck.publishing.models.webhook import LONGEST_DESCRIPTION
from factcheck.publishing.webhooks.addressing import address_test, give_up
from factcheck.publishing.webhooks.sending import make_client
from factcheck.publishing.webhooks.signing import make_secret

MOST_OF_A_DESK: Final = 20
OVERLAP: Final = timedelta(hours=24)  # in which the older secret signs beside the newer
ON, OFF = "switch_on_webhook", "switch_off_webhook"
SWITCHED_AT = ("disabled_at", "failing_since", "paused_until")
UNFAILED: Final[dict[str, Any]] = {"failures": 0, "failing_since": None, "paused_until": None}


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """Where messages shall go, which, and what people call it."""

    url: str
    topics: Sequence[str] = tuple(TOPICS.values())
    description: str = ""


def add_webhook(new: NewWebhook, desk: Desk, person: User, now: datetime) -> tuple[WebhookEndpoint, str]:
    """Let a desk's messages go to an address; give the webhook and its secret, which nobody can read again.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        UnfitWebhook: says what is wrong with address, kinds or words.
        TooManyWebhooks: the desk has twenty.
    """
    require(person, Action.EDIT_WEBHOOKS, desk)
    fields, secret = _fields(new), make_secret()
    if WebhookEndpoint.objects.filter(desk=desk).exclude(state=EndpointState.REMOVED).count() >= MOST_OF_A_DESK:
        raise TooManyWebhooks
    endpoint = WebhookEndpoint(desk=desk, secret=secret, secret_since=now, created_at=now, created_by=person, **fields)
    with record_change(actor=person, now=now) as change:
        endpoint.save(force_insert=True)
        change.touch(endpoint)
        change.audit("add_webhook", endpoint, desk_id=desk.pk, **fields)
    return endpoint, secret


def change_webhook(endpoint: WebhookEndpoint, new: NewWebhook, version: int, person: User, now: datetime) -> None:
    """Let it go elsewhere, or other messages go there, from the next attempt on.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        UnfitWebhook: says what is wrong with address, kinds or words.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    after = _fields(new)
    before = {name: getattr(endpoint, name) for name in after}
    anew = UNFAILED if before["url"] != after["url"] else {}
    with record_change(actor=person, now=now) as change:
        change.edit(endpoint, version, **after, **anew)
        change.audit("change_webhook", endpoint, desk_id=endpoint.desk_id, before=before, after=after)


def rotate_secret(
    endpoint: WebhookEndpoint, version: int, person: User, now: datetime, *, at_once: bool = False
) -> str:
    """Make a new secret, and give it, once. The older one signs beside it for a day; `at_once`, no more.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    older: dict[str, Any] = {"older_secret": "", "older_until": None}
    if not at_once:
        older = {"older_secret": endpoint.secret, "older_until": now + OVERLAP}
    secret = make_secret()
    with record_change(actor=person, now=now) as change:
        change.edit(endpoint, version, secret=secret, secret_since=now, **older)
        change.audit("rotate_webhook_secret", endpoint, desk_id=endpoint.desk_id, at_once=at_once)
    return secret


def switch_off_webhook(endpoint: WebhookEndpoint, version: int, person: User, now: datetime) -> None:
    """Send nothing there any more; what waits is given up and can be sent later by hand.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        WebhookIsOff: it is off.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    if not endpoint.is_enabled:
        raise WebhookIsOff(_("This webhook is switched off already."))
    with record_change(actor=person, now=now) as change:
        _switch_off(change, endpoint, version, WhyOff.BY_HAND)


def switch_on_webhook(endpoint: WebhookEndpoint, version: int, person: User, now: datetime) -> None:
    """Send messages there again, from now on.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        WebhookIsOn: it is on.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    if endpoint.is_enabled:
        raise WebhookIsOn
    with record_change(actor=person, now=now) as change:
        was = _switched(endpoint)
        on = {"state": EndpointState.ENABLED, "disabled_because": "", "disabled_at": None}
        change.edit(endpoint, version, **on, **UNFAILED)
        change.audit(ON, endpoint, desk_id=endpoint.desk_id, was=was)


def take_back_switching(
    endpoint: WebhookEndpoint, version: int, person: User, now: datetime, *, entry: int | None = None
) -> None:
    """Let a webhook be on or off as it was before it was switched last: for its reason, after its failures.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        WebhookIsOn, WebhookIsOff: it was not switched last.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    was = said_by(own_act(endpoint, entry, person.pk, ON, OFF)).get("was")
    if was is None or was["state"] == endpoint.state:
        raise (WebhookIsOn if endpoint.is_enabled else WebhookIsOff)
    times = {name: was[name] and datetime.fromisoformat(was[name]) for name in SWITCHED_AT}
    with record_change(actor=person, now=now) as change:
        change.edit(endpoint, version, **{**was, **times})
        if not endpoint.is_enabled:
            give_up(Delivery.objects.filter(endpoint=endpoint, is_test=False), now)
        change.audit("take_back_switching", endpoint, desk_id=endpoint.desk_id)


def remove_webhook(endpoint: WebhookEndpoint, version: int, person: User, now: datetime) -> None:
    """Take a webhook away for good, and its secrets with it.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
        StaleVersion: somebody changed it first.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    gone = {"secret": "", "older_secret": "", "older_until": None, "disabled_at": now}
    with record_change(actor=person, now=now) as change:
        gone |= {"state": EndpointState.REMOVED, "disabled_because": WhyOff.BY_HAND}
        change.edit(endpoint, version, **gone, **UNFAILED)
        give_up(Delivery.objects.filter(endpoint=endpoint), now)
        change.audit("remove_webhook", endpoint, desk_id=endpoint.desk_id, url=endpoint.url)


def try_webhook(endpoint: WebhookEndpoint, person: User, now: datetime) -> Delivery:
    """Send a test message there, also where the webhook is off; its delivery says what came of it.

    Raises:
        NotAllowed: the person neither leads nor administers the desk.
    """
    require(person, Action.EDIT_WEBHOOKS, endpoint)
    with record_change(actor=person, now=now) as change:
        delivery = address_test(change, endpoint)
        change.audit("try_webhook", delivery, desk_id=endpoint.desk_id, webhook=str(endpoint.pk))
    return delivery


def switch_off_by_itself(endpoint_id: UUID, why: WhyOff, now: datetime) -> None:
    """Switch a webhook off that wants no messages or was not reached for days, and tell whoever sets it up.

    Where somebody changes it at this moment, the next attempt decides.
    """
    endpoint = WebhookEndpoint.objects.enabled().filter(pk=endpoint_id).first()
    if endpoint is None:
        return
    with suppress(StaleVersion), record_change(actor=None, now=now) as change:
        _switch_off(change, endpoint, endpoint.version, why)
        told = people_who_may(Action.EDIT_WEBHOOKS, endpoint.desk_id).values_list("pk", flat=True)
        notify_all(change, told, NoticeKind.WEBHOOK_OFF, endpoint, desk_id=endpoint.desk_id)


def _switch_off(change: Change, endpoint: WebhookEndpoint, version: int, why: WhyOff) -> None:
    was = _switched(endpoint)
    off = {"state": EndpointState.DISABLED, "disabled_because": why, "disabled_at": change.now}
    change.edit(endpoint, version, **off, **UNFAILED)
    give_up(Delivery.objects.filter(endpoint=endpoint, is_test=False), change.now)
    change.audit(OFF, endpoint, desk_id=endpoint.desk_id, because=why.value, was=was)


def _switched(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """What switching changes, as JSON values."""
    times = {name: at.isoformat() if (at := getattr(endpoint, name)) else None for name in SWITCHED_AT}
    said = {name: getattr(endpoint, name) for name in ("state", "disabled_because", "failures")}
    return {**said, **times}


def _fields(new: NewWebhook) -> dict[str, Any]:
    description = " ".join(clean_text(new.description).text.split())
    if len(description) > LONGEST_DESCRIPTION:
        raise UnfitWebhook(_("A description has at most %(most)s characters.") % {"most": LONGEST_DESCRIPTION})
    topics = sorted(set(new.topics))
    if not topics or not set(topics) <= set(TOPICS.values()):
        known = ", ".join(TOPICS.values())
        raise UnfitWebhook(_("Choose at least one kind of message: %(known)s.") % {"known": known})
    return {"url": _target(new.url), "topics": topics, "description": description}


def _target(url: str) -> str:
    """The address as it is kept. Where a name leads is seen at each attempt; what is spelt out is seen now."""
    try:
        location = read_location(url)
        literal = read_literal(location.host)
    except UnfitAddress as error:
        raise UnfitWebhook(_("This is no web address to send to. Give one that begins with https://.")) from error
    if not _may_lead_out(literal, location.port):
        words = _("This address lies in a private network, or at a port other than 80 and 443. Give a public one.")
        raise UnfitWebhook(words)
    return str(location)


def _may_lead_out(literal: Address | None, port: int) -> bool:
    gate = make_client().gate
    if literal is None:
        return port in gate.ports
    try:
        gate.check(literal, port)
    except ForbiddenAddress:
        return False
    return True
