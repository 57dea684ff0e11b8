"""From scores to spans."""

from itertools import pairwise, product

import numpy as np

from factcheck.engine.attribution.learned.decoding import CueFound, Run, best_roles, find_cues, find_runs
from factcheck.engine.attribution.learned.heads import ROLE_TAGS, buckets, score_cues, score_roles, softmax

FORBIDDEN = -10_000.0
OUTSIDE, B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = range(5)


def moves() -> np.ndarray:
    """What the training learns at least: nothing goes on that has not begun."""
    table = np.zeros((5, 5), dtype=np.float32)
    for before, after in product(range(5), repeat=2):
        if ROLE_TAGS[after].startswith("I-") and ROLE_TAGS[before][2:] != ROLE_TAGS[after][2:]:
            table[before, after] = FORBIDDEN
    return table


def heads() -> dict[str, np.ndarray]:
    first = np.array([0, 0, FORBIDDEN, 0, FORBIDDEN], dtype=np.float32)
    return {"role_moves": moves(), "role_first": first}


def test_a_cue_goes_on_while_going_on_is_likelier_than_not() -> None:
    tags = np.array([[0.9, 0.1, 0], [0.2, 0.8, 0], [0.3, 0.1, 0.6], [0.6, 0, 0.4]], dtype=np.float32)

    (cue,) = find_cues(tags, 0.5)

    assert cue == CueFound(1, 3, float(np.float32(0.8)))


def test_a_cue_below_the_threshold_is_none() -> None:
    tags = np.array([[0.6, 0.4, 0]], dtype=np.float32)

    assert list(find_cues(tags, 0.5)) == []


def test_the_best_path_is_the_best_of_all_paths() -> None:
    scores = np.random.default_rng(5).normal(size=(5, 5)).astype(np.float32)
    table, first = heads()["role_moves"], heads()["role_first"]

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(table[a, b] for a, b in pairwise(path))
        return float(first[path[0]] + sum(scores[at, tag] for at, tag in enumerate(path)) + steps)

    (found,) = best_roles([scores], heads())

    assert tuple(found) == max(product(range(5), repeat=5), key=worth)


def test_sequences_searched_side_by_side_do_not_disturb_each_other() -> None:
    pick = np.random.default_rng(6)
    matrices = [pick.normal(size=(length, 5)).astype(np.float32) for length in (1, 7, 4)]

    together = best_roles(matrices, heads())

    alone = [best_roles([matrix], heads())[0] for matrix in matrices]
    assert [path.tolist() for path in together] == [path.tolist() for path in alone]


def test_runs_are_cut_where_one_begins() -> None:
    tags = np.array([OUTSIDE, B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT, B_CONTENT, OUTSIDE])

    assert list(find_runs(tags)) == [Run("source", 1, 3), Run("content", 3, 5), Run("content", 5, 6)]


def test_distances_are_told_apart_near_the_cue_and_lumped_far_away() -> None:
    found = buckets(400, 200, 202).tolist()

    assert found[199:203] == [15, 16, 16, 17]
    assert found[180] == 16 - (5 + 4)  # twenty pieces before: two doublings of five, two steps each
    assert (found[0], found[399]) == (0, 32)
    assert found == sorted(found)


def test_roles_depend_on_the_cue_they_are_asked_for() -> None:
    pick = np.random.default_rng(7)
    shapes = {
        "of_piece_weight": (8, 6), "of_piece_bias": (6,), "of_cue_weight": (8, 6), "of_cue_bias": (6,),
        "distance": (33, 6), "role_weight": (6, 5), "role_bias": (5,), "cue_weight": (8, 3), "cue_bias": (3,),
    }  # fmt: skip
    weights = {name: pick.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    hidden = pick.normal(size=(9, 8)).astype(np.float32)

    scores = score_roles(hidden, [(1, 2), (6, 8)], weights)

    assert scores.shape == (2, 9, 5)
    assert not np.allclose(scores[0], scores[1])
    assert np.allclose(score_cues(hidden, weights).sum(axis=1), 1)


def test_probabilities_of_large_scores_are_finite() -> None:
    assert softmax(np.array([1000.0, 0.0], dtype=np.float32)).tolist() == [1.0, 0.0]
