"""Decisions correct the score: a little after ten, as far as they ask after many, and never by running a model."""

import json
from collections.abc import Mapping

import pytest

from factcheck.engine import ConflictKind, Weights, fit, rescore

PRIOR = Weights(
    constant=-1.0,
    signs={"denies": 2.0, "overlap": 1.5, "near*denies": 0.5},
    spread={"denies": 0.5, "overlap": 0.3, "near*denies": 0.4},
)
KIND = ConflictKind.DENIAL
STRONG: Mapping[str, float] = {"denies": 1.0, "overlap": 0.8, "near": 1.0}
WEAK: Mapping[str, float] = {"overlap": 0.2}


def test_a_score_is_a_probability_that_grows_with_the_signs() -> None:
    assert 0 < rescore({}, KIND, PRIOR) < rescore(WEAK, KIND, PRIOR) < rescore(STRONG, KIND, PRIOR) < 1


def test_a_product_counts_only_where_both_signs_stand() -> None:
    apart = rescore({"denies": 1.0}, KIND, PRIOR)

    assert rescore({"denies": 1.0, "near": 1.0}, KIND, PRIOR) > apart
    assert rescore({"near": 1.0}, KIND, PRIOR) == rescore({}, KIND, PRIOR)


def test_weights_survive_as_plain_values() -> None:
    assert Weights.from_dict(json.loads(json.dumps(PRIOR.as_dict()))) == PRIOR


@pytest.mark.parametrize("values", [{}, {"constant": "much", "signs": {}, "spread": {}, "kinds": {}}, {"signs": 3}])
def test_other_values_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no weights of pairs"):
        Weights.from_dict(values)


def test_no_decision_leaves_the_weights_as_they_were() -> None:
    assert rescore(STRONG, KIND, fit([], PRIOR)) == rescore(STRONG, KIND, PRIOR)


def test_ten_decisions_move_the_score_without_turning_it_over() -> None:
    dismissed = fit([(STRONG, False)] * 10, PRIOR)

    assert rescore(STRONG, KIND, dismissed) < rescore(STRONG, KIND, PRIOR)
    assert rescore(STRONG, KIND, dismissed) > rescore(WEAK, KIND, dismissed)


def test_many_decisions_are_believed() -> None:
    rows = [(STRONG, number % 4 == 0) for number in range(800)]

    assert rescore(STRONG, KIND, fit(rows, PRIOR)) == pytest.approx(0.25, abs=0.05)


def test_many_decisions_tell_a_good_sign_from_a_bad_one() -> None:
    rows = [({"denies": 1.0}, True), ({"overlap": 1.0}, False)] * 400

    learned = fit(rows, PRIOR)

    assert rescore({"denies": 1.0}, KIND, learned) > 0.9
    assert rescore({"overlap": 1.0}, KIND, learned) < 0.1


def test_a_kind_may_be_trusted_less_than_another() -> None:
    kinds = [ConflictKind.FIGURE, ConflictKind.DENIAL] * 200
    rows = [(STRONG, kind is ConflictKind.DENIAL) for kind in kinds]

    learned = fit(rows, PRIOR, kinds)

    assert rescore(STRONG, ConflictKind.FIGURE, learned) < 0.5 < rescore(STRONG, ConflictKind.DENIAL, learned)
