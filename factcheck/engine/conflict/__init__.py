from collections.abc import Callable, Iterable, Sequence

from ..annotations import ConflictPair, Encoding, Statement


def encode_statement(statement: Statement) -> Encoding:
    return Encoding(frozenset())


def find_conflicts(
    statements: Sequence[Statement],
    *,
    candidates: Iterable[tuple[str, str]] | None,
    min_score: float,
    progress: Callable[[float], None] | None,
) -> tuple[ConflictPair, ...]:
    return ()
