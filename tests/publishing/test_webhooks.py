"""Messages to webhooks: addressed when written, signed, sent at least once, tried again, given up, sent by hand."""

import json
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditPayload, OutboxMessage, OutboxState
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Notice
from factcheck.publishing.errors import UnfitWebhook, WebhookIsOff
from factcheck.publishing.invariants import check_publishing
from factcheck.publishing.models import Delivery, DeliveryAttempt, WebhookEndpoint
from factcheck.publishing.webhooks.addressing import sweep_messages
from factcheck.publishing.webhooks.deliveries import redeliver, redeliver_missed
from factcheck.publishing.webhooks.endpoints import (
    MOST_OF_A_DESK,
    NewWebhook,
    change_webhook,
    remove_webhook,
    rotate_secret,
    switch_off_webhook,
    switch_on_webhook,
    try_webhook,
)
from factcheck.publishing.webhooks.pacing import GAPS, MOST_ATTEMPTS, gap_after, read_rest
from factcheck.publishing.webhooks.sending import Outcome, claim_due, note_outcome
from tests.factories import NOW, make_published
from tests.people import People
from tests.publishing.receiving import BUSY, GONE, TAKEN, make_webhook, receiving, send_due, tell

ELSEWHERE = b"HTTP/1.1 301 Moved Permanently\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
LATER = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"


def test_a_message_that_nobody_is_to_have_is_settled_at_once(people: People) -> None:
    make_published(people)

    message = OutboxMessage.objects.get()
    assert (message.state, message.ended_at is not None) == (OutboxState.SENT, True)
    assert list(check_publishing()) == []


def test_a_message_of_an_older_version_is_addressed_by_the_sweep(people: People) -> None:
    make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    make_published(people)
    Delivery.objects.all().delete()
    assert len(list(check_publishing())) == 1  # it waits, and nobody is to have it

    assert sweep_messages(NOW) == 1
    assert sweep_messages(NOW) == 0

    assert Delivery.objects.get().state == "pending"
    assert list(check_publishing()) == []


def test_what_is_published_reaches_the_webhook_signed(people: People) -> None:
    with receiving() as receiver:
        _, secret = make_webhook(people.desk, people.lea, receiver.url, NOW)
        make_webhook(people.other_desk, people.cleo, receiver.url, NOW)
        make_webhook(people.desk, people.lea, receiver.url, NOW, topics=["review.withdrawn"])
        make_published(people)

        assert send_due(timezone.now()) == 1

        message, (headers, body) = OutboxMessage.objects.get(), receiver.got[0]
        assert (message.state, body) == (OutboxState.SENT, bytes(message.body))
        assert (headers["webhook-id"], headers["content-type"]) == (str(message.pk), "application/json")
        assert receiver.verified(secret)[0]["type"] == "review.published"
        assert (DeliveryAttempt.objects.get().status, send_due(timezone.now())) == (204, 0)
        assert list(check_publishing()) == []


def test_both_secrets_sign_while_the_older_one_runs_out(people: People) -> None:
    with receiving() as receiver:
        endpoint, old = make_webhook(people.desk, people.lea, receiver.url, NOW)
        new = rotate_secret(endpoint, endpoint.version, people.amir, timezone.now())
        try_webhook(endpoint, people.lea, NOW)
        send_due(timezone.now())

        assert [receiver.verified(key)[0]["type"] for key in (old, new)] == ["ping", "ping"]

        last = rotate_secret(endpoint, endpoint.version, people.lea, timezone.now(), at_once=True)
        try_webhook(endpoint, people.lea, NOW)
        send_due(timezone.now())
        headers, body = receiver.got[1]
        Webhook(last).verify(body, headers)
        for key in (old, new):
            with pytest.raises(WebhookVerificationError):
                Webhook(key).verify(body, headers)


def test_a_secret_is_shown_once_and_written_down_nowhere_else(people: People) -> None:
    endpoint, secret = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    newer = rotate_secret(endpoint, endpoint.version, people.lea, NOW)

    assert secret.startswith("whsec_")
    said = json.dumps(list(AuditPayload.objects.values_list("body", flat=True)))
    assert secret[6:] not in said
    assert newer[6:] not in said
    remove_webhook(endpoint, endpoint.version, people.lea, NOW)
    assert WebhookEndpoint.objects.values_list("secret", "older_secret").get() == ("", "")


def test_a_failure_is_tried_again_ten_times_in_three_days_and_then_given_up(people: People) -> None:
    now, hours = NOW, []
    with receiving(BUSY) as receiver:
        make_webhook(people.desk, people.lea, receiver.url, NOW)
        make_published(people)
        while Delivery.objects.get().state == "pending":
            assert send_due(now) == 1
            assert send_due(now) == 0  # not before its time
            hours.append((now - NOW).total_seconds() / 3600)
            now = max(Delivery.objects.get().next_attempt_at, now)

        delivery = Delivery.objects.get()
        assert (len(hours), delivery.state, delivery.last_status) == (MOST_ATTEMPTS, "given_up", 503)
        assert 60 < hours[-1] < 84
        assert delivery.last_answer == "busy"
        assert OutboxMessage.objects.get().state == OutboxState.GIVEN_UP

        receiver.answers[:] = [TAKEN]
        redeliver(delivery, people.lea, now)
        assert send_due(now) == 1

        assert len({(headers["webhook-id"], body) for headers, body in receiver.got}) == 1
        assert OutboxMessage.objects.get().state == OutboxState.SENT
        assert list(check_publishing()) == []


def test_gaps_are_jittered_and_no_two_alike() -> None:
    gaps = {gap_after(3, Random(seed)) for seed in range(20)}

    assert len(gaps) == 20
    assert all(gap is not None and GAPS[2] * 0.9 <= gap <= GAPS[2] * 1.1 for gap in gaps)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Mon, 02 Mar 2026 12:01:00 GMT", 60),
        ("999999999999", 86_400),
        ("Mon, 02 Mar 2026 11:00:00 GMT", None),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_a_retry_after_is_read_in_seconds_or_as_a_date(header: str, seconds: int | None) -> None:
    rest = read_rest(header, NOW)

    assert (rest - NOW if rest else None) == (None if seconds is None else timedelta(seconds=seconds))


def test_an_endpoint_that_asks_to_be_left_alone_gets_nothing_until_then(people: People) -> None:
    with receiving(LATER, TAKEN) as receiver:
        make_webhook(people.desk, people.lea, receiver.url, NOW)
        make_published(people)
        send_due(NOW)
        tell(people.desk, NOW)

        assert send_due(NOW + timedelta(minutes=50)) == 0
        assert send_due(NOW + timedelta(minutes=61)) == 1  # one at a time, as it failed
        assert send_due(NOW + timedelta(minutes=61)) == 1
        assert len(receiver.got) == 3


def test_a_redirect_is_not_followed_and_says_so(people: People) -> None:
    with receiving(ELSEWHERE) as receiver:
        make_webhook(people.desk, people.lea, receiver.url, NOW)
        make_published(people)
        send_due(NOW)

        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.last_reason, len(receiver.got)) == ("pending", "redirected", 1)


def test_410_switches_the_webhook_off_and_tells_whoever_sets_it_up(people: People) -> None:
    with receiving(GONE) as receiver:
        endpoint, _ = make_webhook(people.desk, people.lea, receiver.url, NOW)
        make_published(people)
        make_published(people, "March")
        while send_due(NOW):
            pass

        endpoint.refresh_from_db()
        assert (endpoint.state, endpoint.disabled_because) == ("disabled", "gone")
        assert {notice.person for notice in Notice.objects.filter(kind="webhook_off")} == {people.lea, people.amir}
        assert set(Delivery.objects.values_list("state", flat=True)) == {"given_up"}
        assert not OutboxMessage.objects.filter(state=OutboxState.PENDING).exists()
        with pytest.raises(WebhookIsOff):
            redeliver_missed(endpoint, people.lea, NOW)

        make_published(people, "May")  # while it is off: to be sent later
        switch_on_webhook(endpoint, endpoint.version, people.lea, NOW)
        receiver.answers[:] = [TAKEN]
        assert redeliver_missed(endpoint, people.lea, NOW) == 3
        while send_due(NOW):
            pass
        assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
        assert list(check_publishing()) == []


def test_a_webhook_that_nothing_reached_for_three_days_is_switched_off(people: People) -> None:
    with receiving(BUSY) as receiver:
        make_webhook(people.desk, people.lea, receiver.url, NOW)
        make_published(people)
        send_due(NOW)
        WebhookEndpoint.objects.update(failures=MOST_ATTEMPTS)
        send_due(NOW + timedelta(days=2, hours=23))
        assert WebhookEndpoint.objects.get().is_enabled

        send_due(NOW + timedelta(days=3, hours=1))

        assert WebhookEndpoint.objects.get().disabled_because == "failing"
        assert Notice.objects.filter(kind="webhook_off").count() == 2


def test_one_that_fails_is_tried_one_at_a_time_and_keeps_no_other_waiting(people: People) -> None:
    failing, _ = make_webhook(people.desk, people.lea, "https://failing.example/", NOW)
    working, _ = make_webhook(people.desk, people.lea, "https://working.example/", NOW)
    WebhookEndpoint.objects.filter(pk=failing.pk).update(failures=3, failing_since=NOW)
    for _ in range(6):
        tell(people.desk, NOW)

    first = [parcel.endpoint_id for parcel in claim_due(uuid4(), NOW, 32, 16)]
    second = claim_due(uuid4(), NOW, 32, 16)  # another sender, at the same time

    assert first == [*[working.pk] * 4, failing.pk]
    assert second == []


def test_whoever_lost_its_lease_writes_nothing_down(people: People) -> None:
    make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    make_published(people)
    (late,) = claim_due(uuid4(), NOW, 32, 16)
    Delivery.objects.update(lease_until=NOW - timedelta(days=1))
    (taken,) = claim_due(uuid4(), NOW, 32, 16)

    note_outcome(late, Outcome(0.1, 410), NOW, Random(7))
    assert (Delivery.objects.get().state, DeliveryAttempt.objects.count()) == ("pending", 0)

    note_outcome(taken, Outcome(0.1, 200), NOW, Random(7))
    assert Delivery.objects.get().state == "sent"


def test_a_test_is_tried_once_also_where_the_webhook_is_off(people: People) -> None:
    with receiving(BUSY) as receiver:
        endpoint, _ = make_webhook(people.desk, people.lea, receiver.url, NOW)
        switch_off_webhook(endpoint, endpoint.version, people.lea, NOW)
        delivery = try_webhook(endpoint, people.amir, NOW)

        assert (send_due(NOW), send_due(NOW + timedelta(days=1))) == (1, 0)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.last_status) == ("given_up", 503)
        assert WebhookEndpoint.objects.get().failures == 0


@pytest.mark.parametrize("who", ["ada", "ben", "cleo"])
def test_only_leads_and_admins_of_the_desk_set_webhooks_up(people: People, who: str) -> None:
    person = getattr(people, who)
    endpoint, _ = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    delivery = try_webhook(endpoint, people.lea, NOW)

    for act in (
        lambda: make_webhook(people.desk, person, "https://hooks.example/", NOW),
        lambda: change_webhook(endpoint, NewWebhook("https://x.example/"), endpoint.version, person, NOW),
        lambda: rotate_secret(endpoint, endpoint.version, person, NOW),
        lambda: switch_off_webhook(endpoint, endpoint.version, person, NOW),
        lambda: remove_webhook(endpoint, endpoint.version, person, NOW),
        lambda: try_webhook(endpoint, person, NOW),
        lambda: redeliver(delivery, person, NOW),
        lambda: redeliver_missed(endpoint, person, NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "https://[::1]/hook",
        "https://169.254.169.254/latest",
        "https://hooks.example:8080/",
        "ftp://hooks.example/",
        "https://ann:secret@hooks.example/",
        "hooks.example",
        "",
    ],
)
def test_an_address_that_leads_nowhere_to_send_is_refused(people: People, url: str) -> None:
    with pytest.raises(UnfitWebhook):
        make_webhook(people.desk, people.lea, url, NOW)


def test_a_webhook_is_changed_by_whoever_saw_it_as_it_is(people: People) -> None:
    endpoint, _ = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    new = NewWebhook("https://other.example/", ["review.corrected"], "Our site")
    change_webhook(endpoint, new, endpoint.version, people.lea, NOW)

    with pytest.raises(StaleVersion):
        change_webhook(endpoint, new, endpoint.version - 1, people.amir, NOW)
    assert (str(endpoint), endpoint.topics, endpoint.url) == (
        "Our site",
        ["review.corrected"],
        "https://other.example/",
    )
    with pytest.raises(UnfitWebhook):
        change_webhook(endpoint, NewWebhook(endpoint.url, []), endpoint.version, people.lea, NOW)


def test_a_desk_has_twenty_webhooks_at_most(people: People) -> None:
    for number in range(MOST_OF_A_DESK):
        make_webhook(people.desk, people.lea, f"https://hooks.example/{number}", NOW)

    with pytest.raises(Exception, match="as many webhooks as it may have"):
        make_webhook(people.desk, people.lea, "https://hooks.example/more", NOW)
