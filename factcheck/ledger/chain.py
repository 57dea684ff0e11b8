"""The audit chain: how an entry is hashed, and how the whole is verified.

Each entry's hash covers its own fields and its predecessor's hash; what it says is covered by a salted digest, so that
its payload can be erased and the chain still verifies (the same construction as a hash-linked log after Haber and
Stornetta 1991). The head row keeps the last number and hash, so a cut tail is seen as well.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from factcheck.ledger.models import AuditEntry, AuditPayload, LedgerHead

START = "0" * 64


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying found: how many entries, how many without payload, and each problem in a sentence."""

    entries: int
    erased: int
    problems: tuple[str, ...]


def canonical(body: Any) -> bytes:
    """The one byte string that stands for a JSON value."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(salt: str, body: Any) -> str:
    """The salted digest of a payload."""
    return hashlib.sha256(salt.encode() + canonical(body)).hexdigest()


def hash_of(entry: AuditEntry) -> str:
    """The hash of an entry: its fields and its predecessor's hash."""
    fields = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "verb": entry.verb,
        "subject": [entry.subject_type, str(entry.subject_id)],
        "desk": str(entry.desk_id) if entry.desk_id else None,
        "payload": entry.payload_digest,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(canonical(fields)).hexdigest()


def _problems_of(entry: AuditEntry, expected: int, previous: str) -> Iterator[str]:
    if entry.sequence != expected:
        yield f"entry {expected} is missing"
    elif entry.previous_hash != previous:
        yield f"entry {entry.sequence} does not follow entry {entry.sequence - 1}"
    if hash_of(entry) != entry.hash:
        yield f"entry {entry.sequence} was changed"
    payload: AuditPayload | None = getattr(entry, "payload", None)
    if payload is not None and digest_of(payload.salt, payload.body) != entry.payload_digest:
        yield f"the payload of entry {entry.sequence} was changed"


def verify_tail(length: int = 200) -> list[str]:
    """Verify the last entries and the head; a monitor asks this often, so it reads no more."""
    problems: list[str] = []
    head = LedgerHead.objects.get(pk=1)
    entries = AuditEntry.objects.select_related("payload").filter(sequence__gte=head.audit_sequence - length)
    expected, previous = None, ""
    for entry in entries.filter(sequence__lte=head.audit_sequence).order_by("sequence"):
        if expected is None:  # what stands before the tail is taken on trust
            expected, previous = entry.sequence, entry.previous_hash
        problems.extend(_problems_of(entry, expected, previous))
        expected, previous = entry.sequence + 1, entry.hash
    if head.audit_sequence and (expected != head.audit_sequence + 1 or previous != head.audit_hash):
        problems.append(f"the chain does not end at entry {head.audit_sequence}, where its head says")
    return problems


def verify_chain() -> ChainReport:
    """Walk the whole chain in order and name every break."""
    problems: list[str] = []
    expected, previous, erased = 1, START, 0
    entries = AuditEntry.objects.select_related("payload").order_by("sequence")
    for entry in entries.iterator(chunk_size=2000):
        problems.extend(_problems_of(entry, expected, previous))
        erased += getattr(entry, "payload", None) is None
        expected, previous = entry.sequence + 1, entry.hash
    head = LedgerHead.objects.get(pk=1)
    if (head.audit_sequence, head.audit_hash) != (expected - 1, previous):
        problems.append(f"the chain ends at entry {expected - 1}, but the head says {head.audit_sequence}")
    return ChainReport(expected - 1, erased, tuple(problems))
