"""Clients that ask one thing again and again for some seconds, and what that came to."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.client import Connection, Unexpected

Step = Callable[[], bool]  # one request; whether it was answered as it should be
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


@dataclass(slots=True)
class _Tally:
    times: list[float] = field(default_factory=list)
    errors: int = 0


def measure(what: str, steps: Sequence[Step], seconds: float, *, each: int = 1) -> Figure:
    """Let one client a step ask for some seconds; `each` is how many things one request is about.

    Requests that end within the time are counted, an answer of another status than it should have as an error; errors
    are not in the rate.
    """
    start = time.perf_counter() + WARM_UP
    tallies = [_Tally() for _ in steps]
    threads = [
        threading.Thread(target=_ask_on, args=(step, tally, start, start + seconds))
        for step, tally in zip(steps, tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _figure(what, tallies, seconds, each)


def measure_fixed(what: str, step: Step, times: int, *, each: int) -> Figure:
    """Let one client ask so many times, where one request takes long."""
    tally = _Tally()
    start = time.perf_counter()
    for _ in range(times):
        _time(step, tally)
    return _figure(what, [tally], time.perf_counter() - start, each)


def _ask_on(step: Step, tally: _Tally, start: float, end: float) -> None:
    while time.perf_counter() < start:
        _time(step, _Tally())
    while time.perf_counter() < end:
        _time(step, tally)


def _time(step: Step, tally: _Tally) -> None:
    begun = time.perf_counter()
    try:
        is_right = step()
    except (OSError, Unexpected):
        is_right = False
    if is_right:
        tally.times.append(time.perf_counter() - begun)
    else:
        tally.errors += 1


def _figure(what: str, tallies: Sequence[_Tally], seconds: float, each: int) -> Figure:
    times = sorted(took for tally in tallies for took in tally.times)
    return Figure(
        what,
        clients=len(tallies),
        rate=len(times) * each / seconds,
        p50=1000 * _share(times, 0.5),
        p95=1000 * _share(times, 0.95),
        requests=len(times),
        errors=sum(tally.errors for tally in tallies),
    )


def _share(times: Sequence[float], part: float) -> float:
    return times[min(math.ceil(part * len(times)), len(times)) - 1] if times else math.nan


def steps_of(make: Callable[[Connection, int], Step], clients: Sequence[Connection]) -> list[Step]:
    """A step for each client, who knows its number."""
    return [make(client, number) for number, client in enumerate(clients)]
