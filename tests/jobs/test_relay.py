"""Who rings, how often, and in which order work is taken."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models.functions import Now
from pytest_django import DjangoAssertNumQueries

from factcheck.jobs.bell import BrokerAway
from factcheck.jobs.relay import Relay
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import LEASE, claim_next_job
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import Desk
from tests.factories import NOW
from tests.people import People


class Doorbell:
    """A broker that counts what was rung and not yet heard."""

    def __init__(self) -> None:
        self.unheard = self.rung = 0

    def ring(self) -> None:
        self.unheard += 1
        self.rung += 1

    def relay(self, window: int) -> Relay:
        return Relay(self.ring, lambda: self.unheard, window=window)


def queue(desk: Desk, count: int = 1, priority: int = 0) -> list[UUID]:
    """Queue jobs of a desk, each in a change of its own, as articles come."""
    jobs = []
    for _ in range(count):
        with record_change(actor=None, now=NOW) as change:
            jobs.append(change.enqueue("test", str(uuid4()), desk, desk_id=desk.pk, priority=priority))
    return [job.pk for job in jobs]


def taken(count: int) -> Iterable[UUID]:
    """Whose turn it is, so many times."""
    leases = (claim_next_job(NOW) for _ in range(count))
    return [lease.job_id for lease in leases if lease is not None]


def test_the_urgent_go_first_and_then_the_oldest(people: People) -> None:
    old, new = queue(people.desk, 2)
    (urgent,) = queue(people.desk, priority=10)

    assert taken(4) == [urgent, old, new]


def test_a_desk_with_many_jobs_does_not_keep_another_waiting(people: People) -> None:
    many = queue(people.desk, 20)
    assert taken(5) == many[:5]

    late = queue(people.other_desk, 2)

    assert taken(4) == [many[5], late[0], many[6], late[1]]


def test_a_batch_takes_as_many_turns_as_articles_one_by_one(people: People) -> None:
    with record_change(actor=None, now=NOW) as change:
        for _ in range(10):
            change.enqueue("test", str(uuid4()), people.desk, desk_id=people.desk.pk)
    (late,) = queue(people.other_desk)

    assert late in list(taken(2))


def test_an_article_that_was_begun_is_finished_before_the_next(people: People) -> None:
    first, *_ = queue(people.desk, 3)
    assert taken(1) == [first]

    with record_change(actor=None, now=NOW + timedelta(seconds=1)) as change:
        parent = Job.objects.get(pk=first)
        rest = change.enqueue("test", "rest", people.desk, desk_id=people.desk.pk, turn=parent.turn)

    assert taken(1) == [rest.pk]


def test_what_follows_running_work_is_not_overtaken_by_what_was_added_later(people: People) -> None:
    first, second = queue(people.desk, 2)
    assert taken(2) == [first, second]

    (late,) = queue(people.desk)  # while nothing waits, and all that is open runs
    with record_change(actor=None, now=NOW + timedelta(seconds=1)) as change:
        parent = Job.objects.get(pk=second)
        rest = change.enqueue("test", "rest", people.desk, desk_id=people.desk.pk, turn=parent.turn)

    assert taken(2) == [rest.pk, late]


def test_what_a_dead_worker_left_is_taken_first(people: People) -> None:
    left, _ = queue(people.desk, 2)
    Job.objects.filter(pk=left).update(state=JobState.RUNNING, token=uuid4(), lease_until=Now() - LEASE, attempts=1)

    assert taken(1) == [left]


def test_the_relay_rings_once_for_each_due_job(people: People) -> None:
    queue(people.desk, 2)
    bell = Doorbell()
    relay = bell.relay(window=4)

    relay.tick()
    relay.tick()

    assert bell.rung == 2


def test_many_relays_together_ring_no_more_than_one(people: People) -> None:
    queue(people.desk, 3)
    bell = Doorbell()
    relays = [bell.relay(window=4) for _ in range(5)]

    for relay in relays:
        relay.tick()

    assert bell.rung == 3


def test_where_enough_is_rung_for_the_relay_does_not_ask_the_table(
    people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queue(people.desk, 5)
    bell = Doorbell()
    relay = bell.relay(window=2)
    relay.tick()

    with django_assert_num_queries(0):
        assert relay.tick()

    assert bell.rung == 2


def test_the_relay_keeps_few_messages_waiting(people: People) -> None:
    queue(people.desk, 5)
    bell = Doorbell()

    assert bell.relay(window=2).tick()
    assert bell.rung == 2


def test_the_relay_rings_again_after_the_broker_forgot_everything(people: People) -> None:
    queue(people.desk)
    bell = Doorbell()
    relay = bell.relay(window=2)
    relay.tick()

    bell.unheard = 0
    relay.tick()

    assert bell.rung == 2


def test_the_relay_asks_no_broker_where_nothing_is_due(people: People) -> None:
    def away() -> int:
        raise BrokerAway("gone")

    assert not Relay(lambda: None, away, window=2).tick()
    queue(people.desk)
    with pytest.raises(BrokerAway):
        Relay(lambda: None, away, window=2).tick()


def test_the_relay_rings_for_what_a_dead_worker_left(people: People) -> None:
    queue(people.desk)
    Job.objects.update(state=JobState.RUNNING, token=uuid4(), lease_until=Now() - LEASE, attempts=1)
    bell = Doorbell()

    bell.relay(window=2).tick()

    assert bell.rung == 1
