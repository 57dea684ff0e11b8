"""The figures of agreement, against published worked examples and against libraries."""

import pytest

from factcheck.claims.agreement import (
    by_pair,
    cohen,
    fleiss,
    krippendorff,
    measure,
    nominal_distance,
    on_rating,
    ordinal_distance,
)

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers, twelve units, some of
# them missing; he gives 0.743 for nominal and 0.815 for ordinal values.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# Fifty proposals, read by two people who each say yes or no; the worked example of the English Wikipedia's article
# on Cohen's kappa, where it is 0.4.
PROPOSALS = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
# Fourteen people who put ten things into five classes, by how many chose each: the worked example of the English
# Wikipedia's article on Fleiss' kappa, where it is 0.210.
FOURTEEN = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip
# Drawn at random once; kappa by scikit-learn 1.9.1 (cohen_kappa_score), alphas by krippendorff 0.9.0.
BY_LIBRARIES = [
    ("41354434352523215355", "31334432452513135322", 0.432177, 0.439297, 0.495643),
    ("513144442141", "411324442144", 0.393939, 0.413265, 0.596067),
    ("113233525", "145553525", 0.4375, 0.433333, 0.439665),
    ("552354515143522", "452325512543544", 0.389535, 0.404692, 0.281285),
    ("314421114531255", "314132113541255", 0.571429, 0.584527, 0.821696),
    ("335142121342451521243242125", "231142152324451521141242115", 0.573684, 0.578994, 0.629835),
]
MISSING = [
    (4, 4, 2), (2, 2, 2), (2, 1, 3), (4,), (1, 4), (2, 4), (2, 3, 4), (2, 2, 4),
    (2, 3), (1, 1), (4, 3, 4), (1, 3), (1, 4, 2), (3, 1), (4, 2),
]  # fmt: skip


def units_of(rows: list[list[int | None]]) -> list[list[int]]:
    return [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]


def test_alpha_is_as_krippendorff_worked_it_out() -> None:
    units = units_of(OBSERVERS)

    assert krippendorff(units, nominal_distance) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff(units, ordinal_distance(units)) == pytest.approx(0.815, abs=5e-4)


def test_fleiss_kappa_is_as_he_is_quoted_with_it() -> None:
    units = [[step for step, count in enumerate(row) for _ in range(count)] for row in FOURTEEN]

    assert fleiss(units) == pytest.approx(0.210, abs=5e-4)
    assert fleiss([[1, 1], [1, 1]]) is None


def test_kappa_is_as_in_the_worked_example() -> None:
    assert cohen(PROPOSALS) == pytest.approx(0.4)


@pytest.mark.parametrize(("one", "other", "kappa", "nominal", "ordinal"), BY_LIBRARIES)
def test_two_people_are_measured_as_libraries_measure_them(
    one: str, other: str, kappa: float, nominal: float, ordinal: float
) -> None:
    units = [{"Ben": int(a), "Lea": int(b)} for a, b in zip(one, other, strict=True)]

    figures = measure(units)

    assert figures.kappa == pytest.approx(kappa, abs=1e-6)
    assert figures.nominal == pytest.approx(nominal, abs=1e-6)
    assert figures.ordinal == pytest.approx(ordinal, abs=1e-6)


def test_three_people_with_gaps_are_measured_as_a_library_measures_them() -> None:
    units = [list(row) for row in MISSING]

    assert krippendorff(units, nominal_distance) == pytest.approx(-0.024554, abs=1e-6)
    assert krippendorff(units, ordinal_distance(units)) == pytest.approx(-0.09017, abs=1e-6)


def test_percent_counts_pairs_of_ratings() -> None:
    assert measure([{"a": 1, "b": 1, "c": 2}, {"a": 3, "b": 3}, {"a": 1}]).percent == pytest.approx(2 / 4)


def test_what_one_person_alone_rated_says_nothing() -> None:
    figures = measure([{"a": 1}, {"b": 2}])

    assert (figures.claims, figures.percent, figures.kappa, figures.nominal, figures.ordinal) == (0, *[None] * 4)


def test_where_only_one_rating_was_ever_chosen_chance_explains_all() -> None:
    figures = measure([{"a": 1, "b": 1}] * 3)

    assert (figures.percent, figures.kappa, figures.nominal) == (1.0, None, None)


def test_complete_agreement_is_one_and_people_who_always_differ_are_below_zero() -> None:
    agreeing = measure([{"a": value, "b": value} for value in (1, 2, 3, 1)])
    differing = measure([{"a": value, "b": 3 - value} for value in (1, 2, 1, 2)])

    assert (agreeing.kappa, agreeing.nominal, agreeing.ordinal) == (1.0, 1.0, 1.0)
    assert differing.kappa == -1.0
    assert differing.nominal is not None
    assert differing.nominal < 0


def test_a_step_beside_is_less_of_a_disagreement_than_the_other_end() -> None:
    near = [[1, 2], [2, 2], [3, 3], [1, 1], [3, 3]]
    far = [[1, 3], [2, 2], [3, 3], [1, 1], [2, 2]]

    close = krippendorff(near, ordinal_distance(near))
    apart = krippendorff(far, ordinal_distance(far))

    assert close is not None
    assert apart is not None
    assert close > apart


def test_pairs_of_people_come_with_who_rated_most_together_first() -> None:
    pairs = by_pair([{"a": 1, "b": 1}, {"b": 2, "c": 2}, {"b": 1, "c": 2}])

    assert [(pair.one, pair.other, pair.figures.claims) for pair in pairs] == [("b", "c", 2), ("a", "b", 1)]


def test_of_a_rating_it_is_asked_whether_others_gave_it_too() -> None:
    units = [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 2}]

    assert on_rating(units, 1).percent == pytest.approx(2 / 3)  # three gave it; two of them met another who did
    assert on_rating(units, 1).claims == 2
    assert on_rating(units, 3).percent is None
