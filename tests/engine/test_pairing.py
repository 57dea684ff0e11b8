"""How a pair is judged: by signs that can be read, with or without a model that reads pairs."""

from datetime import UTC, datetime

import pytest

from factcheck.engine import Article, ConflictKind, Statement, pair, rescore, shipped_weights
from factcheck.engine.conflict import find_conflicts
from factcheck.engine.conflict.candidates import PER_STATEMENT, pick_candidates
from factcheck.engine.conflict.inference import Inference, Reading
from factcheck.engine.conflict.judging import MOST_READ, choose_promising, open_judge
from factcheck.engine.conflict.sides import Pair, prepare_sides
from factcheck.engine.conflict.signs import find_by_rule, read_signs
from tests.engine.by_rule import analyze_by_rule

MONDAY = datetime(2026, 4, 6, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 17, 18, 0, tzinfo=UTC)


def statements(first: str, later: str = "") -> list[Statement]:
    articles = [Article("first", f"A headline\n\n{first}", None, MONDAY)]
    if later:
        articles.append(Article("later", f"Another headline\n\n{later}", None, FRIDAY))
    analysis = analyze_by_rule(articles)
    return [row for extraction in analysis.extractions for row in extraction.statements]


def signs(first: str, later: str = "") -> dict[str, float]:
    a, b = prepare_sides(statements(first, later))
    return read_signs(Pair(a, b), find_by_rule(Pair(a, b)))


SIGNS = [
    ("The agency counted 17 cracks. The firm counted 40 cracks.", "", "apart_counted"),
    ("The agency said the weir was open. The firm said the weir was closed.", "", "opposites"),
    ("The crew said nobody had lifted the hatch. The owner said a diver had lifted the hatch.", "", "one_negates"),
    ("The guild accused the firm of threats. The firm denied any threats.", "", "denial_accusation"),
    ("The guild demanded a vote. The firm refused to hold a vote.", "", "demand_refusal"),
    ("Ana Lima promised to mend the roof.", "Tom Rowe said the roof was not mended.", "pledge_then_report"),
    ("Ana Lima said the pier was sold.", "Ana Lima said the pier was not sold.", "one_voice_later"),
    ("The firm said the dam could fail. Tom Rowe said the dam was safe.", "", "leaves_room"),
    ("The police said two people had died.", "The ministry said five people had died.", "updated"),
]


@pytest.mark.parametrize(("first", "later", "name"), SIGNS)
def test_a_sign_stands_where_it_should(first: str, later: str, name: str) -> None:
    assert signs(first, later)[name] > 0


@pytest.mark.parametrize(("first", "later"), [row[:2] for row in SIGNS])
def test_signs_are_shares(first: str, later: str) -> None:
    assert all(0 <= value <= 1 for value in signs(first, later).values())


def test_a_pair_is_the_same_whatever_stands_around() -> None:
    alone = statements("The crew said nobody had lifted the hatch. The owner said a diver had lifted the hatch.")
    around = statements("", "Ana Lima said the soup was cold. Tom Rowe denied that the hatch was green.")

    (found,) = pair(alone)
    again = next(row for row in pair([*alone, *around]) if (row.a, row.b) == (found.a, found.b))

    assert again == found


def test_a_score_comes_from_the_stored_signals_alone() -> None:
    (found,) = pair(statements("The union demanded that the pier be sold. The minister ruled out selling it."))

    assert rescore(found.signals, found.kind, shipped_weights()) == found.score


def test_every_kind_can_be_told() -> None:
    for name in ("unaided", "aided"):
        assert set(open_judge(name).kinds) == set(ConflictKind)


def test_a_statement_gets_few_candidates() -> None:
    body = " ".join(f"Speaker {chr(65 + n % 26)}{n} said the ferry number {n} was late." for n in range(90))
    sides = prepare_sides(statements(body))

    picked = pick_candidates(sides)

    assert len(sides) > 2 * PER_STATEMENT
    assert max(sum(second == index for _, second in picked) for index in range(len(sides))) <= PER_STATEMENT + 4


def test_candidates_of_another_matter_are_left_out() -> None:
    sides = prepare_sides(
        statements(
            "The harbor board said the ferry pier was sold.",
            "The orchestra said its violins were tuned. Its conductor said the rehearsal went well.",
        )
    )
    first = next(index for index, side in enumerate(sides) if side.statement.article_id == "first")

    assert all(first not in pair for pair in pick_candidates(sides))


class SharedWords:
    """Reads two texts by counting words: contradiction is the share of words in common, but for the first two."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def __call__(self, first: str, second: str) -> Reading:
        self.seen.append((first, second))
        one, other = (set(text.lower().split()[2:]) for text in (first, second))
        share = len(one & other) / len(one | other)
        return Reading(Inference(0.0, 1 - share, share), share)


OPEN = "The bank said the old vault was empty. Tom Rowe said the old vault was full of gold."


def test_a_model_reads_promising_pairs_in_both_directions() -> None:
    reader = SharedWords()

    (found,) = find_conflicts(statements(OPEN), candidates=None, min_score=0.0, reader=reader)

    assert len(reader.seen) == 2
    assert reader.seen[0] == reader.seen[1][::-1]
    assert found.signals["read"] == 1.0
    assert found.signals["contradicts"] > 0.3
    assert found.score == rescore(found.signals, found.kind, shipped_weights(aided=True))


def test_what_a_model_reads_raises_or_lowers_the_score() -> None:
    def told(clash: float) -> float:
        def read(first: str, second: str) -> Reading:
            return Reading(Inference(0.0, 1 - clash, clash), clash)

        (found,) = find_conflicts(statements(OPEN), candidates=None, min_score=0.0, reader=read)
        return found.score

    assert told(0.95) > told(0.05)


def test_a_model_reads_at_most_two_hundred_pairs_of_an_article() -> None:
    scores = [("one", 0.5 - number / 10_000) for number in range(500)] + [("other", 0.4)]

    chosen = choose_promising(scores)

    assert chosen == {*range(MOST_READ), 500}


def test_pairs_that_promise_nothing_are_not_read() -> None:
    assert choose_promising([("one", 0.0001), ("one", 0.3)]) == {1}
