"""Programs that start together: loaded once and forked while nothing is connected, for loading takes the longest."""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

READY_WITHIN = 120.0

Wait = Callable[[], object]


def together(work: Callable[..., Any], each: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Do the work for each in a process of its own; what they gave back. Each is handed a way to wait for all others.

    Raises:
        EOFError: one of them died.
    """
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(each), timeout=READY_WITHIN)

    def begin(line: Connection, words: tuple[Any, ...]) -> None:
        line.send(work(gate.wait, *words))

    answers = []
    for words in each:
        here, there = context.Pipe(duplex=False)
        context.Process(target=begin, args=(there, words)).start()
        there.close()
        answers.append(here)
    return [here.recv() for here in answers]
