from datetime import UTC, date, datetime

import pytest

from factcheck.engine.normalize import differ, read_content, term

PUBLISHED = datetime(2026, 4, 9, 12, 0, tzinfo=UTC)  # a Thursday

QUANTITIES = [
    ("no more than 17 percent voted", [(17, "most", "percent", "")]),
    ("at least six people sang", [(6, "least", "", "peopl")]),
    ("3.4 million bees were sold", [(3_400_000, "exact", "", "bee")]),
    ("the pump makes 5 gallons an hour", [(5, "exact", "gallon/hour", "")]),
    ("about two hundred boats", [(200, "about", "", "ship")]),
    ("fifty-two candles", [(52, "exact", "", "candl")]),
    ("one baker in five will move", [(20, "exact", "percent", "")]),
    ("half the lamps were lit", [(50, "exact", "percent", "lamp")]),
    ("a loss of 8 million crowns", [(8_000_000, "exact", "money", "")]),
    ("it cost $5 million", [(5_000_000, "exact", "money", "")]),
    ("a 4,000-tonne ship", [(4_000, "exact", "tonne", "")]),
    ("the number of cracks at four", [(4, "exact", "", "crack")]),
    ("it sold 27 finished miles", [(27, "exact", "mile", "")]),
    ("480,000 tons of diesel fuel", [(480_000, "exact", "tonne", "fuel")]),
    ("₹40 crore was spent", [(400_000_000, "exact", "", "")]),
    ("between 13 and 15 boats", [(13, "least", "", ""), (15, "most", "", "ship")]),
    ("between the boats and 15 bees", [(15, "exact", "", "bee")]),
    ("it came at about eight that night", []),
    ("in Hall 3 on May 5 at 18.40", []),
    ("it was opened in 1966", []),
    ("by half past two", []),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    found = read_content(text, PUBLISHED).quantities

    assert [(row.value, row.bound, row.unit, row.noun) for row in found] == expected


BOUNDS = [
    ("9 boats", "14 boats", True),
    ("9 boats", "9 boats", False),
    ("at least 9 boats", "14 boats", False),
    ("no more than 20 boats", "71 boats", True),
    ("about 100 boats", "105 boats", False),
    ("about 100 boats", "160 boats", True),
    ("between 13 and 15 boats", "14 boats", False),
    ("12 boats", "between 13 and 15 boats", True),
]


@pytest.mark.parametrize(("one", "other", "differs"), BOUNDS)
def test_bounds_leave_room(one: str, other: str, differs: bool) -> None:
    first, second = (read_content(text, None).quantities[0] for text in (one, other))

    assert first.differs_from(second) is differs


MOMENTS = [
    ("it rained on Tuesday", [("day", "2026-04-07")]),
    ("it rained on Thursday", [("day", "2026-04-09")]),
    ("it will close by Monday", [("day", "2026-04-13")]),
    ("it rained yesterday", [("day", "2026-04-08")]),
    ("it rained on March 31", [("day", "2026-03-31")]),
    ("it rained on 31 March", [("day", "2026-03-31")]),
    ("it rained in March", [("month", "3")]),
    ("it may rain", []),
    ("no snow by 2031", [("year", "2031")]),
    ("before the spring", [("season", "spring")]),
    ("by three o'clock", [("clock", "3.00")]),
    ("at half past two", [("clock", "2.50")]),
    ("at 18.30 the roof fell", [("clock", "18.50")]),
]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_moments(text: str, expected: list[tuple[str, str]]) -> None:
    found = read_content(text, PUBLISHED).times.moments

    assert [(moment.grain, moment.value) for moment in found] == expected


DEADLINES = [
    ("to pay within seven days", date(2026, 4, 16)),
    ("to pay within 72 hours", date(2026, 4, 12)),
    ("to mend it by March 12", date(2026, 3, 12)),
    ("the doors would open by noon", date(2026, 4, 9)),
    ("to pay soon", None),
]


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_deadlines(text: str, expected: date | None) -> None:
    assert read_content(text, PUBLISHED).times.deadline == expected


def test_without_a_date_nothing_is_a_deadline() -> None:
    assert read_content("to pay within seven days", None).times.deadline is None


DIFFER = [
    ("in March", "in January", True),
    ("late in March", "on Sunday", True),
    ("by noon", "by three o'clock", True),
    ("on Tuesday", "on Tuesday", False),
    ("in March", "it rained", False),
    ("before March", "on January 5", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), DIFFER)
def test_other_moments(one: str, other: str, expected: bool) -> None:
    first, second = (read_content(text, PUBLISHED).times for text in (one, other))

    assert differ(first, second) is expected


POLARITY = [
    ("the hatch had not been lifted by a diver", True, {"hatch", "lift", "div"}),
    ("no missiles or aircraft would fly", True, {"missil", "aircraft", "fly"}),
    ("the gate was shut, and nobody knew", True, set()),
    ("not only the gate was shut", False, set()),
    ("it is not true that nobody paid", False, set()),
    ("the gate was shut", False, set()),
]


@pytest.mark.parametrize(("text", "negative", "denied"), POLARITY)
def test_polarity(text: str, negative: bool, denied: set[str]) -> None:
    polarity = read_content(text, None).polarity

    assert polarity.negative is negative
    assert denied <= polarity.denied


HEADS = [
    ("the hatch was not lifted by the crew", {"lift"}),
    ("she had not sent or received letters that were sealed", {"send", "receiv"}),
    ("no ferry would be stopped before May", {"fer", "stop"}),
    ("the gate didn't open on Monday", {"open"}),
    ("the gate was shut", set()),
]


@pytest.mark.parametrize(("text", "heads"), HEADS)
def test_a_negation_falls_on_what_follows_it_first(text: str, heads: set[str]) -> None:
    (stretch,) = read_content(text, None).polarity.stretches

    assert stretch.heads == heads


TERMS = [
    ("promised", "pledges"),
    ("negotiators", "talks"),
    ("paid", "payments"),
    ("informed", "told"),
    ("arrests", "custody"),
]


@pytest.mark.parametrize(("one", "other"), TERMS)
def test_words_for_one_thing_share_a_term(one: str, other: str) -> None:
    assert term(one) == term(other)


def test_a_verb_and_its_particle_make_a_term() -> None:
    assert term("lowered") in read_content("the price was brought down", None).terms
