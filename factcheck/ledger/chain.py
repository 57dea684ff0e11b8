"""The audit chain: how an entry is hashed, and how the whole is verified.

Each entry's hash covers its own fields and its predecessor's hash; what it says is covered by a salted digest, so that
its payload can be erased and the chain still verifies (the same construction as a hash-linked log after Haber and
Stornetta 1991). The head row keeps the last number and hash, so a cut tail is seen as well. Whoever can write to every
table can also cut or write anew the tail and mend the head row: only a head kept outside the database shows it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from factcheck.ledger.models import AuditEntry, LedgerHead

START = "0" * 64


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying found: entries, how many without payload, each problem in a sentence, the first one first.

    `head` is the last hash, to be kept outside.
    """

    entries: int
    erased: int
    problems: tuple[str, ...]
    head: str = START


def canonical(body: Any) -> bytes:
    """The one byte string that stands for a JSON value."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(salt: str, body: Any) -> str:
    """The salted digest of a payload."""
    return hashlib.sha256(salt.encode() + canonical(body)).hexdigest()


def hash_of(entry: AuditEntry) -> str:
    """The hash of an entry: its fields and its predecessor's hash."""
    return _hash(tuple(getattr(entry, name) for name in HASHED))


HASHED = (
    *("sequence", "at", "actor_id", "verb", "subject_type", "subject_id", "desk_id"),
    *("payload_digest", "previous_hash"),
)
COLUMNS = (*HASHED, "hash", "payload__salt", "payload__body")
DIGEST, PREVIOUS = HASHED.index("payload_digest"), HASHED.index("previous_hash")


def _hash(fields: tuple[Any, ...]) -> str:
    sequence, at, actor, verb, subject_type, subject, desk, digest, previous = fields
    body = {
        "sequence": sequence,
        "at": at.astimezone(UTC).isoformat(),
        "actor": str(actor) if actor else None,
        "verb": verb,
        "subject": [subject_type, str(subject)],
        "desk": str(desk) if desk else None,
        "payload": digest,
        "previous": previous,
    }
    return hashlib.sha256(canonical(body)).hexdigest()


@dataclass(slots=True)
class _Walk:
    """A walk along the chain, entry by entry: what comes next, and what was wrong so far."""

    expected: int = 1
    previous: str = START
    erased: int = 0
    problems: list[str] = field(default_factory=list)

    def step(self, *row: Any) -> None:
        """Take the next entry, as `COLUMNS` give it."""
        *fields, written, salt, said = row
        sequence = fields[0]
        self.problems.extend(_problems_of(tuple(fields), written, self.expected, self.previous))
        if salt is None:
            self.erased += 1
        elif digest_of(salt, said) != fields[DIGEST]:
            self.problems.append(f"the payload of entry {sequence} was changed")
        self.expected, self.previous = sequence + 1, written


def _problems_of(fields: tuple[Any, ...], written: str, expected: int, previous: str) -> Iterator[str]:
    sequence, previous_hash = fields[0], fields[-1]
    if sequence != expected:
        yield f"entry {expected} is missing"
    elif previous_hash != previous:
        yield f"entry {sequence} does not follow entry {sequence - 1}"
    if _hash(fields) != written:
        yield f"entry {sequence} was changed"


def verify_tail(length: int = 200) -> list[str]:
    """Verify the last entries and the head; a monitor asks this often, so it reads no more."""
    head = LedgerHead.objects.get(pk=1)
    newest = AuditEntry.objects.filter(sequence__gt=head.audit_sequence - length, sequence__lte=head.audit_sequence)
    rows = list(newest.order_by("sequence").values_list(*COLUMNS))
    # What stands before the tail is taken on trust.
    walk = _Walk(rows[0][0], rows[0][PREVIOUS]) if rows else _Walk()
    for row in rows:
        walk.step(*row)
    return [*walk.problems, *_problems_of_end(walk.expected - 1, walk.previous)]


def verify_chain(kept: Mapping[int, str] | None = None) -> ChainReport:
    """Walk the whole chain in order and name every break.

    `kept` are heads that were kept outside the database: the hash that the entry of this number had.
    """
    walk, seen, kept = _Walk(), dict[int, str](), kept or {}
    # Tuples, not models: a hundred thousand entries are walked in seconds.
    for row in AuditEntry.objects.order_by("sequence").values_list(*COLUMNS).iterator(chunk_size=5000):
        walk.step(*row)
        if row[0] in kept:
            seen[row[0]] = walk.previous
    last = walk.expected - 1
    problems = [*walk.problems, *_problems_of_end(last, walk.previous), *_problems_of_kept(kept, seen, last)]
    return ChainReport(last, walk.erased, tuple(problems), walk.previous)


def _problems_of_end(last: int, last_hash: str) -> Iterator[str]:
    head = LedgerHead.objects.get(pk=1)
    if last < head.audit_sequence:
        yield f"entry {last + 1} is missing: the chain ends before it, but the head says {head.audit_sequence}"
    elif last > head.audit_sequence:
        yield f"entry {head.audit_sequence + 1} was put in: the head says that {head.audit_sequence} is the last"
    elif last_hash != head.audit_hash:
        yield f"entry {last} or one before it was written anew: its hash is not the head's"


def _problems_of_kept(kept: Mapping[int, str], seen: Mapping[int, str], last: int) -> Iterator[str]:
    whole = 0
    for sequence in sorted(kept):
        if sequence > last:
            yield f"entry {last + 1} is missing: a head kept outside says {sequence}"
            return
        if seen.get(sequence) != kept[sequence]:
            first = f"one of the entries {whole + 1} to {sequence}" if whole + 1 < sequence else f"entry {sequence}"
            yield f"{first} was written anew: entry {sequence} is not the one kept outside"
            return
        whole = sequence
