"""How far people agree who rated the same things: percent, Cohen's and Fleiss' kappa, Krippendorff's alpha, worked out.

A unit is one claim: the ratings that people gave it, by person, each a step of the scale. Everything is None where it
has no meaning: nothing was rated by two people, or everybody only ever chose one rating.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Generic, TypeVar

Person = TypeVar("Person")
Unit = Mapping[Person, int]
Distance = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Figures:
    """How far some people agree: over how many claims, and by which measures."""

    claims: int
    percent: float | None
    kappa: float | None
    fleiss: float | None
    nominal: float | None
    ordinal: float | None


@dataclass(frozen=True, slots=True)
class PairOfPeople(Generic[Person]):
    """Two people and how far they agree on what both rated."""

    one: Person
    other: Person
    figures: Figures


def measure(units: Sequence[Unit[Person]]) -> Figures:
    """All measures over these claims; kappa is the mean over the pairs of people, by how many claims each rated."""
    shared = [unit for unit in units if len(unit) > 1]
    kappas = [(pair.figures.kappa, pair.figures.claims) for pair in by_pair(shared)]
    values = [list(unit.values()) for unit in shared]
    ordinal = krippendorff(values, ordinal_distance(values))
    nominal = krippendorff(values, nominal_distance)
    return Figures(len(shared), percent(shared), _mean(kappas), fleiss(values), nominal, ordinal)


def by_pair(units: Sequence[Unit[Person]]) -> list[PairOfPeople[Person]]:
    """How far each two people agree, who rated most together first."""
    met: dict[tuple[Person, Person], list[tuple[int, int]]] = defaultdict(list)
    for unit in units:
        for one, other in combinations(sorted(unit, key=str), 2):
            met[one, other].append((unit[one], unit[other]))
    pairs = [PairOfPeople(one, other, _of_two(both)) for (one, other), both in met.items()]
    return sorted(pairs, key=lambda pair: (-pair.figures.claims, str(pair.one), str(pair.other)))


def on_rating(units: Sequence[Unit[Person]], rating: int) -> Figures:
    """How far people agree whether this rating is the right one, over the claims to which somebody gave it.

    Percent is of those who gave it, how many met another who did; the other measures look at all claims.
    """
    yes_or_no = [{person: int(value == rating) for person, value in unit.items()} for unit in units if len(unit) > 1]
    chosen = [unit for unit in yes_or_no if any(unit.values())]
    meetings = [(a, b) for unit in chosen for a, b in permutations(unit.values(), 2) if a]
    figures = measure(yes_or_no)
    share = sum(b for _, b in meetings) / len(meetings) if meetings else None
    return Figures(len(chosen), share, figures.kappa, figures.fleiss, figures.nominal, None)


def percent(units: Sequence[Unit[Person]]) -> float | None:
    """The share of agreeing pairs among all pairs of ratings of the same claim."""
    pairs = [(a, b) for unit in units for a, b in combinations(unit.values(), 2)]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def cohen(both: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's kappa of two people: how far they agree beyond what their own habits would give by chance."""
    if not both:
        return None
    count = len(both)
    observed = sum(a == b for a, b in both) / count
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    expected = sum(first[value] * second[value] for value in first) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def fleiss(units: Sequence[Sequence[int]]) -> float | None:
    """Fleiss' kappa: how far any number of people agree beyond what the frequency of each rating gives by chance."""
    shared = [unit for unit in units if len(unit) > 1]
    often = Counter(value for unit in shared for value in unit)
    if len(often) < 2:  # noqa: PLR2004 -- nothing to tell apart
        return None
    agreeing = [sum(a == b for a, b in permutations(unit, 2)) / (len(unit) * (len(unit) - 1)) for unit in shared]
    observed = sum(agreeing) / len(shared)
    expected = sum((count / often.total()) ** 2 for count in often.values())
    return (observed - expected) / (1 - expected)


def krippendorff(units: Sequence[Sequence[int]], distance: Distance) -> float | None:
    """Krippendorff's alpha: any number of people, any of whom may be missing anywhere."""
    met = coincidences(units)
    total = sum(met.values())
    often = Counter[int]()
    for (a, _), weight in met.items():
        often[a] += weight
    observed = sum(weight * distance(a, b) for (a, b), weight in met.items())
    expected = sum(often[a] * often[b] * distance(a, b) for a in often for b in often)
    return None if not expected else 1 - (total - 1) * observed / expected


def coincidences(units: Sequence[Sequence[int]]) -> Counter[tuple[int, int]]:
    """How often two ratings met on one claim, in either order; each rating counts once, however many it met."""
    met: Counter[tuple[int, int]] = Counter()
    for unit in units:
        for a, b in permutations(unit, 2):
            met[a, b] += 1 / (len(unit) - 1)  # type: ignore[assignment]  # a counter of shares
    return met


def nominal_distance(a: int, b: int) -> float:
    """Ratings are the same or not."""
    return float(a != b)


def ordinal_distance(units: Sequence[Sequence[int]]) -> Distance:
    """Ratings lie as far apart as ratings were given between them: the steps of a scale need not be equal."""
    often = Counter(value for unit in units if len(unit) > 1 for value in unit)

    def distance(a: int, b: int) -> float:
        low, high = sorted((a, b))
        between = sum(count for value, count in often.items() if low <= value <= high)
        return float((between - (often[low] + often[high]) / 2) ** 2)

    return distance


def _of_two(both: Sequence[tuple[int, int]]) -> Figures:
    share = sum(a == b for a, b in both) / len(both)
    ordinal = krippendorff(both, ordinal_distance(both))
    return Figures(len(both), share, cohen(both), fleiss(both), krippendorff(both, nominal_distance), ordinal)


def _mean(weighted: Sequence[tuple[float | None, int]]) -> float | None:
    known = list(_known(weighted))
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None


def _known(weighted: Sequence[tuple[float | None, int]]) -> Iterator[tuple[float, int]]:
    return ((value, weight) for value, weight in weighted if value is not None)
