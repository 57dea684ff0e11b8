"""Clients that ask one thing again and again for some seconds, and what that came to."""

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.client import Connection, Unexpected

Step = Callable[[], object]  # one request; raises Unexpected where it is not answered as it should be
WARM_UP = 1.5  # seconds before counting begins


@dataclass(frozen=True, slots=True)
class Figure:
    """What one measurement gave: things a second, times in milliseconds."""

    what: str
    clients: int
    rate: float
    p50: float
    p95: float
    requests: int
    errors: int
    first_error: str  # what came instead of the answer, nothing where all went well


@dataclass(slots=True)
class _Tally:
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0  # from the first request that is counted to the last answer


def measure(what: str, steps: Sequence[Step], seconds: float, *, each: int = 1) -> Figure:
    """Let one client a step ask for some seconds; `each` is how many things one request is about.

    Requests that begin within the time are counted, by each client's own time up to its last answer. An answer of
    another status than it should have is an error and not in the rate, while warming up as well.
    """
    start = time.perf_counter() + WARM_UP
    with ThreadPoolExecutor(len(steps)) as pool:
        tallies = list(pool.map(lambda step: _ask_on(step, start, start + seconds), steps))
    return _figure(what, tallies, each)


def measure_fixed(what: str, step: Step, times: int, *, each: int) -> Figure:
    """Let one client ask so many times, where one request takes long."""
    tally = _Tally()
    start = time.perf_counter()
    for _ in range(times):
        _time(step, tally)
    tally.seconds = time.perf_counter() - start
    return _figure(what, [tally], each)


def _ask_on(step: Step, start: float, end: float) -> _Tally:
    tally = _Tally()
    while time.perf_counter() < start:
        _time(step, tally)
    tally.times.clear()
    begun = time.perf_counter()
    _time(step, tally)  # one counts in any case, however long those before took
    while time.perf_counter() < end:
        _time(step, tally)
    tally.seconds = time.perf_counter() - begun
    return tally


def _time(step: Step, tally: _Tally) -> None:
    begun = time.perf_counter()
    try:
        step()
    except (OSError, Unexpected) as error:
        tally.errors.append(f"{type(error).__name__}: {error}")
    else:
        tally.times.append(time.perf_counter() - begun)


def _figure(what: str, tallies: Sequence[_Tally], each: int) -> Figure:
    times = sorted(took for tally in tallies for took in tally.times)
    errors = [error for tally in tallies for error in tally.errors]
    return Figure(
        what,
        clients=len(tallies),
        rate=sum(len(tally.times) * each / tally.seconds for tally in tallies),
        p50=1000 * _share(times, 0.5),
        p95=1000 * _share(times, 0.95),
        requests=len(times),
        errors=len(errors),
        first_error=errors[0] if errors else "",
    )


def _share(times: Sequence[float], part: float) -> float:
    return times[min(math.ceil(part * len(times)), len(times)) - 1] if times else math.nan


def steps_of(make: Callable[[Connection, int], Step], clients: Sequence[Connection]) -> list[Step]:
    """A step for each client, who knows its number."""
    return [make(client, number) for number, client in enumerate(clients)]
