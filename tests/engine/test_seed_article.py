"""The article every newsroom gets to start with: what its headline promises must be found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.engine import Analysis, ConflictPair, Models, Statement, analyze, read_article
from tests.engine.by_rule import RULES

SEED = Path("seeds/articles/ukraine-russia-belarus-talks.txt")


@pytest.fixture(scope="module", params=[Models(), RULES], ids=["model", "rules"])
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return analyze([read_article(SEED.stem, SEED.read_text(encoding="utf-8"))], models=request.param)


def sides(analysis: Analysis) -> Iterator[tuple[ConflictPair, Statement, Statement]]:
    by_id = {row.id: row for extraction in analysis.extractions for row in extraction.statements}
    for found in analysis.conflicts:
        yield found, by_id[found.a], by_id[found.b]


def names(statement: Statement) -> tuple[str, str | None]:
    """Who is committed to a statement, and who passes it on."""
    relay = statement.reported_by
    return statement.speaker.name, relay.speaker.name if relay else None


def test_the_promise_to_halt_strikes_meets_its_denial(analysis: Analysis) -> None:
    found = {(names(a), names(b)): row.kind for row, a, b in sides(analysis)}

    assert found[("Vladimir Putin", "Macron’s office"), ("Vladimir Putin", "Kremlin")] == "denial"


def test_the_promise_of_no_missiles_meets_two_of_them(analysis: Analysis) -> None:
    found = {(names(a), names(b)): row.kind for row, a, b in sides(analysis)}

    key = (("Alexander Lukashenko", "Volodymyr Zelenskyy"), ("Ukrainian officials", None))
    assert found[key] == "broken_pledge"


def test_no_other_pair_is_surer_than_a_position(analysis: Analysis) -> None:
    others = {row.kind for row, _, _ in sides(analysis)} - {"denial", "broken_pledge"}

    assert others <= {"position"}


def test_one_person_has_one_entry(analysis: Analysis) -> None:
    listed = [speaker.name for speaker in analysis.speakers]

    assert len(listed) == len(set(listed))
    assert {"Volodymyr Zelenskyy", "Vladimir Putin", "Emmanuel Macron", "Mikhail Podolyak"} <= set(listed)
