from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any
from uuid import uuid4

import hypothesis.strategies as st
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given

from factcheck.corpus.models import Outlet
from factcheck.ledger.chain import canonical, digest_of, verify_chain
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.invariants import check_ledger
from factcheck.ledger.models import AuditEntry, AuditPayload, LedgerHead, OutboxMessage
from factcheck.newsroom.models import Desk
from tests.conftest import _run, guards
from tests.factories import NOW
from tests.people import People, make_people


def add_outlet(people: People, name: str, verb: str = "add_outlet") -> Outlet:
    with record_change(actor=people.lea, now=NOW) as change:
        outlet = Outlet.objects.create(desk=people.desk, name=name, name_key=Outlet.key_of(name))
        change.touch(outlet)
        change.audit(verb, outlet, desk_id=people.desk.pk, name=name)
    return outlet


def test_numbers_are_given_in_commit_order(people: People) -> None:
    first = add_outlet(people, "Orla Post")
    second = add_outlet(people, "Radio Orla")

    assert first.seq is not None
    assert second.seq == first.seq + 1
    assert Outlet.objects.get(pk=second.pk).seq == second.seq == LedgerHead.objects.get().seq


def test_an_edit_gets_a_new_number_and_keeps_its_first(people: People) -> None:
    outlet = add_outlet(people, "Orla Post")
    born = outlet.created_seq

    with record_change(actor=people.lea, now=NOW) as change:
        change.edit(outlet, 1, name="The Orla Post")

    assert (outlet.version, outlet.created_seq) == (2, born)
    assert outlet.seq is not None
    assert outlet.seq > (born or 0)


def test_a_stale_edit_is_refused_and_changes_nothing(people: People) -> None:
    outlet = add_outlet(people, "Orla Post")

    with pytest.raises(StaleVersion), record_change(actor=people.lea, now=NOW) as change:
        change.edit(outlet, 7, name="Lost")

    assert Outlet.objects.get().name == "Orla Post"


def test_a_change_that_fails_leaves_no_row_no_entry_and_no_number(people: People) -> None:
    head = LedgerHead.objects.get().seq

    add_outlet(people, "Orla Post")
    with pytest.raises(IntegrityError):
        add_outlet(people, "ORLA  post")

    assert Outlet.objects.count() == AuditEntry.objects.count() == 1
    assert LedgerHead.objects.get().seq == head + 1


def test_a_change_inside_a_change_is_refused(people: People) -> None:
    with (
        pytest.raises(RuntimeError, match="durable"),
        record_change(actor=None, now=NOW),
        record_change(actor=None, now=NOW),
    ):
        pass


def test_the_chain_of_entries_verifies(people: People) -> None:
    for name in ("Orla Post", "Radio Orla", "Kanal Orla"):
        add_outlet(people, name)

    report = verify_chain()

    assert (report.entries, report.erased, report.problems) == (3, 0, ())


def test_an_erased_payload_leaves_the_chain_whole(people: People) -> None:
    add_outlet(people, "Orla Post")
    AuditPayload.objects.all().delete()

    report = verify_chain()

    assert (report.erased, report.problems) == (1, ())


TAMPERS = [
    ("UPDATE ledger_auditentry SET verb = 'other' WHERE sequence = 2", "entry 2 was changed"),
    ("UPDATE ledger_auditentry SET payload_digest = 'x' WHERE sequence = 2", "entry 2 was changed"),
    ("UPDATE ledger_auditpayload SET salt = 'x' WHERE entry_id = 2", "the payload of entry 2 was changed"),
    ("DELETE FROM ledger_auditentry WHERE sequence = 2", "entry 2 is missing"),
    (
        "DELETE FROM ledger_auditentry WHERE sequence = 3",
        "entry 3 is missing: the chain ends before it, but the head says 3",
    ),
]


@pytest.mark.parametrize(("tamper", "problem"), TAMPERS)
def test_a_tamper_by_direct_sql_is_found_and_named(people: People, tamper: str, problem: str) -> None:
    for name in ("Orla Post", "Radio Orla", "Kanal Orla"):
        add_outlet(people, name)
    _lift_guards()
    with connection.cursor() as cursor:
        if "DELETE" in tamper:
            cursor.execute(tamper.replace("ledger_auditentry", "ledger_auditpayload").replace("sequence", "entry_id"))
        cursor.execute(tamper)

    assert problem in verify_chain().problems


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE ledger_auditentry SET verb = 'other'",
        "DELETE FROM ledger_auditentry",
        "UPDATE ledger_auditpayload SET salt = 'x'",
    ],
)
def test_the_database_refuses_to_change_the_audit(people: People, write: str) -> None:
    add_outlet(people, "Orla Post")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(write)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite knows no TRUNCATE, and its DELETE asks the triggers")
@pytest.mark.parametrize("table", ["ledger_auditentry", "ledger_auditpayload", "newsroom_user"])
def test_the_database_refuses_to_empty_the_audit(people: People, table: str) -> None:
    add_outlet(people, "Orla Post")
    connection.check_constraints()  # else what is still to be checked refuses it already

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")

    assert AuditPayload.objects.count() == AuditEntry.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite cannot switch a trigger off")
def test_a_guard_that_is_switched_off_is_a_lost_guard(people: People) -> None:
    names = [guard.name for guard in guards() if guard.stands_on(connection.vendor)]
    assert list(check_ledger(names)) == []

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_auditentry DISABLE TRIGGER audit_entry_never_emptied")

    assert list(check_ledger(names)) == ["the database has lost its guard audit_entry_never_emptied"]


def test_an_outbox_message_keeps_its_bytes(people: People) -> None:
    with record_change(actor=None, now=NOW) as change:
        message = change.emit("verdict.approved", {"b": "ü", "a": 1})

    assert bytes(OutboxMessage.objects.get(pk=message.pk).body) == '{"a":1,"b":"ü"}'.encode()


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=8), st.none()), max_size=4))
def test_a_digest_depends_on_the_value_and_not_on_the_order_of_keys(body: dict[str, object]) -> None:
    turned = dict(reversed(body.items()))

    assert canonical(body) == canonical(turned)
    assert digest_of("salt", body) != digest_of("other salt", body)


def _lift_guards() -> None:
    _run(sql for guard in guards() for sql in guard.removal(connection.vendor))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer and sends no messages")
def test_the_head_is_free_again_before_the_writer_hears_of_it(transactional_db: None) -> None:
    people = make_people()
    free = []

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        if f'UPDATE "{LedgerHead._meta.db_table}"' in sql:
            with closing(connection.copy()) as other, other.cursor() as cursor:
                cursor.execute(f"SELECT seq FROM {LedgerHead._meta.db_table} FOR UPDATE NOWAIT")
                free.append(cursor.fetchone())
        return answer

    with connection.execute_wrapper(look):
        outlet = add_outlet(people, "Orla Post")

    assert free == [(outlet.seq,)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite looks at each row as it is written")
def test_what_the_database_refuses_at_the_very_end_leaves_nothing(transactional_db: None) -> None:
    people = make_people()
    head = LedgerHead.objects.get().seq

    nowhere = Desk(pk=uuid4())
    with pytest.raises(IntegrityError):
        add_outlet(replace(people, desk=nowhere), "Orla Post")

    assert not Outlet.objects.exists()
    assert LedgerHead.objects.get().seq == head
    assert add_outlet(people, "Orla Post").seq == head + 1
