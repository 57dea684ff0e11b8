"""What an article is found by where nearly the same text is looked for: keys in the database, one row each.

A text is the set of its runs of three words, without headline and bylines. One-permutation minwise hashing (Li, Owen
and Zhang 2012, empty bins filled as Shrivastava and Li 2014 do) makes 48 numbers of it, three to a key: two texts that
share 70 of 100 runs share one of the 16 keys in 998 of 1,000 cases, 50 of 100 in 88, and a quoted paragraph (8 of 100)
in 1. Looking up is 16 walks along an index, whatever is stored.
"""

import re
import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final
from uuid import UUID

from django.db import connection

from factcheck.corpus.models import Article, TextKey
from factcheck.ledger.statements import Statement

BINS, IN_A_KEY = 48, 3
KEYS: Final = BINS // IN_A_KEY
RUN = 3  # words
FEWEST_WORDS = 25  # with fewer, only the very same text is the same
MOST_WORDS = 20_000
OF_A_KEY = 8  # articles looked at, the first added
_WORD = re.compile(r"\w+")
_BYLINE = re.compile(
    r"\s*(?:(?:by|from)\b[^.!?]{0,60}"
    r"|(?:additional )?(?:reporting|writing|editing|edited|written|compiled) by\b.{0,80})$",
    re.IGNORECASE,
)
_FULL = 2**64


def body_of(text: str) -> str:
    """A text without its headline and its lines that say who wrote it; the whole where that leaves nothing."""
    _, _, rest = text.partition("\n")
    lines = [line for line in rest.split("\n") if not _BYLINE.match(line)]
    return "\n".join(lines) if any(line.strip() for line in lines) else text


def runs_of(text: str) -> frozenset[int]:
    """The runs of three words of a text's body, as numbers."""
    words = _WORD.findall(body_of(text).casefold())[:MOST_WORDS]
    runs = set(map(" ".join, zip(*(words[at:] for at in range(RUN)), strict=False))) or {" ".join(words)}
    digests = b"".join([blake2b(run.encode(), digest_size=8).digest() for run in runs])
    return frozenset(struct.unpack(f"<{len(runs)}Q", digests))  # at once: each for itself costs as much again


def keys_of(desk_id: UUID, text: str) -> list[int]:
    """The keys of a text on a desk; none where it is too short to be told from others."""
    runs = runs_of(text)
    if len(runs) < FEWEST_WORDS - RUN + 1:
        return []
    least = _filled(_least(runs))
    return [_key(desk_id, at, least[at * IN_A_KEY : (at + 1) * IN_A_KEY]) for at in range(KEYS)]


def writing_keys(article: Article, text: str) -> list[Statement]:
    """Let a new article be found by its text: on PostgreSQL two values, whatever the number of keys."""
    keys = sorted(set(keys_of(article.desk_id, text)))
    if keys and connection.vendor == "postgresql":
        return [(f"INSERT INTO {_TABLE} (key, article) SELECT unnest(%s::bigint[]), %s", [keys, article.pk])]
    return [(f"INSERT INTO {_TABLE} (key, article) VALUES (%s, %s)", [key, article.pk.hex]) for key in keys]  # noqa: S608 -- as above


def store_keys(article_id: UUID, keys: Iterable[int]) -> None:
    """Let an article be found by these keys."""
    TextKey.objects.bulk_create([TextKey(key=key, article=article_id) for key in set(keys)], ignore_conflicts=True)


def forget_keys(article_id: UUID, keys: Iterable[int]) -> None:
    """Let an article be found by these keys no more."""
    TextKey.objects.filter(key__in=set(keys), article=article_id).delete()


def articles_with(keys: Sequence[int]) -> list[UUID]:
    """The articles that share a key, those that share most first; of each key the first added, no more than eight."""
    if not keys:
        return []
    walk = f"SELECT * FROM (SELECT article FROM {_TABLE} WHERE key = %s ORDER BY article LIMIT {OF_A_KEY}) AS walk"  # noqa: S608 -- our own table
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([walk] * len(keys)), list(keys))
        found = [value if isinstance(value, UUID) else UUID(value) for (value,) in cursor.fetchall()]
    shared: dict[UUID, int] = {}
    for pk in found:
        shared[pk] = shared.get(pk, 0) + 1
    return sorted(shared, key=lambda pk: (-shared[pk], pk))


_TABLE = TextKey._meta.db_table  # noqa: SLF001 -- Django's public name


def post(article: Article, text: str, before: str | None = None) -> None:
    """Write what an article is found by, in place of what it was found by with the text before."""
    if before is not None:
        forget_keys(article.pk, keys_of(article.desk_id, before))
    store_keys(article.pk, keys_of(article.desk_id, text))


def _least(runs: Iterable[int]) -> list[int | None]:
    """The least number of each bin; None in an empty one."""
    least = {run % BINS: run // BINS for run in sorted(runs, reverse=True)}
    return [least.get(place) for place in range(BINS)]


def _filled(least: Sequence[int | None]) -> list[int]:
    """An empty bin takes over the next one's number, told apart by how far off that is."""
    filled, number, far = [0] * BINS, 0, 0
    for place in reversed(range(2 * BINS)):  # twice around: behind the last bin comes the first
        there = least[place % BINS]
        number, far = (number, far + 1) if there is None else (there, 0)
        filled[place % BINS] = (number + far * (_FULL // BINS + 1)) % (_FULL * BINS)
    return filled


def _key(desk_id: UUID, place: int, numbers: Sequence[int]) -> int:
    said = ":".join(map(str, (place, *numbers))).encode()
    return int.from_bytes(blake2b(said, digest_size=8, key=desk_id.bytes).digest(), "little", signed=True)
