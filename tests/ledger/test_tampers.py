"""The audit against whoever can write to every table: each tamper is found, and the first bad entry named."""

import json
import os
import random
import re
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from factcheck.ledger.chain import START, ChainReport, hash_of, verify_chain
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import AuditEntry, AuditPayload, LedgerHead
from tests.conftest import _run, guards
from tests.factories import NOW
from tests.people import People

LENGTH, KEPT_EVERY = 60, 7
LONG = os.environ.get("FACTCHECK_FAULTS") == "long"
COLUMNS = ("verb", "subject_type", "subject_id", "actor_id", "payload_digest", "previous_hash", "hash", "at")
Named = tuple[int, int]  # the first bad entry lies between these two


def sql(statement: str, *values: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def grow(people: People, entries: int) -> None:
    """A chain of so many entries, several to a change, as the services write them."""
    with record_change(actor=people.lea, now=NOW) as change:
        for number in range(entries):
            change.audit("note", people.desk, desk_id=people.desk.pk, number=number, words=f"Note {number}")


def edit(rng: random.Random) -> Named:
    at = rng.randint(1, LENGTH)
    column, value = rng.choice(
        [
            ("verb", "'approve_verdict'"),
            ("subject_type", "'verdict'"),
            ("actor_id", "NULL"),
            ("desk_id", "NULL"),
            ("payload_digest", "'0'"),
            ("previous_hash", "'0'"),
            ("at", "'2020-01-01 00:00:00+00:00'"),
        ]
    )
    sql(f"UPDATE ledger_auditentry SET {column} = {value} WHERE sequence = %s", at)
    return at, at


def edit_payload(rng: random.Random) -> Named:
    at = rng.randint(1, LENGTH)
    sql("UPDATE ledger_auditpayload SET body = %s WHERE entry_id = %s", '{"number": -1}', at)
    return at, at


def delete(rng: random.Random) -> Named:
    at = rng.randint(1, LENGTH - 1)
    sql("DELETE FROM ledger_auditpayload WHERE entry_id = %s", at)
    sql("DELETE FROM ledger_auditentry WHERE sequence = %s", at)
    return at, at


def insert(rng: random.Random) -> Named:
    """Push the entries from some place on up by one, and put another in there, well hashed."""
    at = rng.randint(2, LENGTH)
    sql("UPDATE ledger_auditpayload SET entry_id = -entry_id - 1 WHERE entry_id >= %s", at)
    sql("UPDATE ledger_auditpayload SET entry_id = -entry_id WHERE entry_id < 0")
    sql("UPDATE ledger_auditentry SET sequence = -sequence - 1 WHERE sequence >= %s", at)
    sql("UPDATE ledger_auditentry SET sequence = -sequence WHERE sequence < 0")
    before = AuditEntry.objects.get(sequence=at - 1)
    put_in = AuditEntry(
        sequence=at, at=NOW, verb="note", subject_type="desk", subject_id=before.subject_id, previous_hash=before.hash
    )
    put_in.hash = hash_of(put_in)
    put_in.save(force_insert=True)
    return at, at + 1


def append(rng: random.Random) -> Named:
    last = AuditEntry.objects.get(sequence=LENGTH)
    extra = AuditEntry(
        sequence=LENGTH + 1,
        at=NOW,
        verb="note",
        subject_type="desk",
        subject_id=last.subject_id,
        previous_hash=last.hash,
    )
    extra.hash = hash_of(extra)
    extra.save(force_insert=True)
    return LENGTH + 1, LENGTH + 1


def swap(rng: random.Random) -> Named:
    low, high = sorted(rng.sample(range(1, LENGTH + 1), 2))
    for old, new in ((low, -1), (high, low), (-1, high)):
        sql("UPDATE ledger_auditpayload SET entry_id = %s WHERE entry_id = %s", new, old)
        sql("UPDATE ledger_auditentry SET sequence = %s WHERE sequence = %s", new, old)
    return low, low


def cut(rng: random.Random, *, mends_head: bool = False) -> Named:
    at = rng.randint(2, LENGTH)
    sql("DELETE FROM ledger_auditpayload WHERE entry_id >= %s", at)
    sql("DELETE FROM ledger_auditentry WHERE sequence >= %s", at)
    if mends_head:
        mend_head()
    return at, at


def cut_and_mend(rng: random.Random) -> Named:
    return cut(rng, mends_head=True)


def rewrite(rng: random.Random, *, mends_head: bool = False) -> Named:
    """Change an entry and hash it and all that follow anew: the chain itself is whole again."""
    at = rng.randint(1, LENGTH)
    previous = AuditEntry.objects.get(sequence=at - 1).hash if at > 1 else START
    for entry in AuditEntry.objects.filter(sequence__gte=at).order_by("sequence"):
        entry.verb = "forged" if entry.sequence == at else entry.verb
        entry.previous_hash = previous
        previous = hash_of(entry)
        sql(
            "UPDATE ledger_auditentry SET verb = %s, previous_hash = %s, hash = %s WHERE sequence = %s",
            *(entry.verb, entry.previous_hash, previous, entry.sequence),
        )
    if mends_head:
        mend_head()
    return at, LENGTH


def rewrite_and_mend(rng: random.Random) -> Named:
    """With heads kept outside, the first bad entry is known to the stretch between two of them."""
    at, _ = rewrite(rng, mends_head=True)
    return at, min(-(-at // KEPT_EVERY) * KEPT_EVERY, LENGTH)


def mend_head() -> None:
    last = AuditEntry.objects.order_by("sequence").last()
    assert last is not None
    LedgerHead.objects.filter(pk=1).update(audit_sequence=last.sequence, audit_hash=last.hash)


TAMPERS: list[Callable[[random.Random], Named]] = [
    *(edit, edit_payload, delete, insert, append, swap),
    *(cut, cut_and_mend, rewrite, rewrite_and_mend),
]


def kept_outside() -> dict[int, str]:
    """The heads of every seventh entry and of the last."""
    rows = AuditEntry.objects.values_list("sequence", "hash")
    return {sequence: digest for sequence, digest in rows if sequence % KEPT_EVERY == 0 or sequence == LENGTH}


def first_named(report: ChainReport) -> Named:
    """The first bad entry, or the stretch in which it lies, as the first problem says it."""
    stretch = re.search(r"entries (\d+) to (\d+)", report.problems[0])
    if stretch:
        return int(stretch[1]), int(stretch[2])
    number = re.search(r"entry (\d+)", report.problems[0])
    assert number is not None
    return int(number[1]), int(number[1])


def is_named(report: ChainReport, bad: Named) -> bool:
    """Whether the first problem names the first bad entry: the very one, or the stretch that holds it."""
    if not report.problems:
        return False
    low, high = first_named(report)
    return low <= bad[0] <= high or bad[0] <= low <= high <= bad[1]


def tamper_often(people: People, times: int, seed: int) -> dict[str, Any]:
    """So many tampers, each alone on a whole chain; count what was not found or not named, with heads and without."""
    rng = random.Random(seed)
    grow(people, LENGTH)
    kept = kept_outside()
    assert verify_chain(kept).problems == ()
    _run(step for guard in guards() for step in guard.removal(connection.vendor))
    unseen, unnamed, unseen_without_heads = [], [], 0
    for turn in range(times):
        tamper = TAMPERS[turn % len(TAMPERS)]
        before = transaction.savepoint()
        bad = tamper(rng)
        report = verify_chain(kept)
        unseen += [] if report.problems else [(turn, tamper.__name__)]
        unnamed += [] if is_named(report, bad) else [(turn, tamper.__name__, bad, report.problems[:1])]
        unseen_without_heads += not verify_chain().problems
        transaction.savepoint_rollback(before)
    return {"n": times, "unseen": unseen, "unnamed": unnamed, "control": unseen_without_heads, "seed": seed}


@pytest.mark.thorough
def test_every_tamper_is_found_and_the_first_bad_entry_named(people: People) -> None:
    done = tamper_often(people, 3 * len(TAMPERS), seed=7)

    assert (done["unseen"], done["unnamed"]) == ([], [])
    assert done["control"] > 0  # without heads kept outside, a mended head hides a cut or rewritten tail


@pytest.mark.faults
def test_two_hundred_tampers_are_found(people: People) -> None:
    done = tamper_often(people, 200, seed=20)

    violations = len(done["unseen"]) + len(done["unnamed"])
    print(json.dumps({"test": "A7 tampers", "database": connection.vendor, "violations": violations, **done}))
    assert violations == 0
    assert done["control"] > 0


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_a_long_chain_verifies(people: People) -> None:
    """A hundred thousand entries; in small a tenth of them, still many of the pieces in which they are read."""
    entries = 100_000 if LONG else 10_000
    for _ in range(entries // 5_000):
        grow(people, 5_000)

    began, worked = time.monotonic(), time.process_time()
    report = verify_chain()

    took = {"seconds": round(time.monotonic() - began, 1), "cpu": round(time.process_time() - worked, 1)}
    print(json.dumps({"test": "A7 verify", "database": connection.vendor, "n": report.entries, **took}))
    assert (report.entries, report.problems) == (entries, ())


def test_erased_payloads_leave_the_chain_and_its_kept_heads_whole(people: People) -> None:
    grow(people, LENGTH)
    kept = kept_outside()
    AuditPayload.objects.filter(entry__sequence__lte=20).delete()

    report = verify_chain(kept)

    assert (report.erased, report.problems) == (20, ())


def verify(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", *arguments, stdout=out)
    return int(str(end.value.code)), out.getvalue()


def test_the_command_takes_back_the_heads_that_it_printed(people: People, tmp_path: Path) -> None:
    grow(people, 5)
    first = verify()[1]
    grow(people, 5)
    kept = tmp_path / "heads.txt"
    kept.write_text(first + verify()[1])
    assert verify("--heads", str(kept))[0] == 0
    _run(step for guard in guards() for step in guard.removal(connection.vendor))
    sql("DELETE FROM ledger_auditpayload WHERE entry_id > 8")
    sql("DELETE FROM ledger_auditentry WHERE sequence > 8")
    mend_head()

    assert verify()[0] == 0
    status, said = verify("--heads", str(kept))
    assert status == 1
    assert said.splitlines()[0] == "entry 9 is missing: a head kept outside says 10"
    assert verify("--head", re.findall(r"\d+:[0-9a-f]{64}", first)[0])[0] == 0
