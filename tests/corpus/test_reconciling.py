from uuid import UUID, uuid4

import pytest

from factcheck.corpus.services.reconciling import Seen, Standing, reconcile
from factcheck.engine import Span

A, B, C = uuid4(), uuid4(), uuid4()


def standing(statement: UUID, start: int | None, end: int, key: str) -> Standing:
    return Standing(statement, None if start is None else Span(start, end), key)


ROWS = [
    ("nothing stood", [], [(0, 9, "a")], [None], (), (), ()),
    ("same place, same words", [(A, 0, 9, "a")], [(0, 9, "a")], [A], (A,), (), ()),
    ("same place, other words", [(A, 0, 9, "a")], [(0, 9, "b")], [A], (A,), (), ()),
    ("other place, same words", [(A, 0, 9, "a")], [(40, 49, "a")], [A], (), (A,), ()),
    ("another revision, same words", [(A, None, 9, "a")], [(4, 13, "a")], [A], (), (A,), ()),
    ("half overlaps", [(A, 0, 10, "a")], [(0, 20, "b")], [A], (), (A,), ()),
    ("less than half", [(A, 0, 9, "a")], [(0, 20, "b")], [None], (), (), (A,)),
    ("touching is no overlap", [(A, 0, 9, "a")], [(9, 20, "b")], [None], (), (), (A,)),
    ("gone", [(A, 0, 9, "a"), (B, 20, 29, "b")], [(20, 29, "b")], [B], (B,), (), (A,)),
    ("same words twice", [(A, 0, 9, "a"), (B, 20, 29, "a")], [(5, 14, "a"), (40, 49, "a")], [A, B], (), (A, B), ()),
    ("place wins over words", [(A, 0, 9, "a"), (B, 20, 29, "b")], [(20, 29, "a")], [B], (B,), (), (A,)),
    ("greatest overlap first", [(A, 0, 10, "a")], [(0, 14, "b"), (0, 11, "c")], [None, A], (), (A,), ()),
]


@pytest.mark.parametrize(
    ("name", "stood", "found", "continues", "kept", "moved", "gone"), ROWS, ids=[r[0] for r in ROWS]
)
def test_what_becomes_of_statements(
    name: str,
    stood: list[tuple[UUID, int | None, int, str]],
    found: list[tuple[int, int, str]],
    continues: list[UUID | None],
    kept: tuple[UUID, ...],
    moved: tuple[UUID, ...],
    gone: tuple[UUID, ...],
) -> None:
    outcome = reconcile([standing(*row) for row in stood], [Seen(Span(start, end), key) for start, end, key in found])

    assert list(outcome.continues) == continues
    assert (outcome.kept, outcome.moved, outcome.gone) == (kept, moved, gone)
    assert outcome.new == continues.count(None)
