"""What must hold of the ledger whatever died when: each check yields a sentence per violation."""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Max

from factcheck.ledger.models import Followed, Job, LedgerHead


def check_ledger(guards: Iterable[str]) -> Iterator[str]:
    """Everything this room promises; `guards` are the names of the triggers that the database must have."""
    if not LedgerHead.objects.filter(pk=1).exists():
        yield "the ledger has lost its head row"
    yield from (f"the database has lost its guard {name}" for name in sorted(set(guards) - set(_triggers())))
    yield from (f"job {job.pk} has lapsed and nobody took it up" for job in Job.objects.spent())


def unnumbered(*models: type[Followed]) -> Iterator[str]:
    """Rows without a number of the change sequence, or with one above its head: others would never see them."""
    head = LedgerHead.objects.get(pk=1).seq
    for model in models:
        rows = model._default_manager  # noqa: SLF001 -- Django's public name
        for row in rows.filter(seq__isnull=True) | rows.filter(created_seq__isnull=True):
            yield f"{model.__name__} {row.pk} has no number"
        if (rows.aggregate(last=Max("seq"))["last"] or 0) > head:
            yield f"{model.__name__} has a number above the ledger's head"


def _triggers() -> list[str]:
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return [name for (name,) in cursor.fetchall()]
