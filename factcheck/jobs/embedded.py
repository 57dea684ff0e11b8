"""The in-memory broker of an embedded worker, driven by Celery's event loop.

kombu's own in-memory transport knows no event loop; Celery then falls back to a pool whose children share one queue and
its lock, and a child that dies while it waits for work takes the lock with it: the worker stands still for ever. With
the event loop each child has a pipe of its own, and may die at any time.
"""

import socket
from typing import Any

from kombu.transport import memory

LOOK_EVERY = 0.05  # seconds


class Transport(memory.Transport):
    """Messages in the memory of one process, handed over from the event loop."""

    implements = memory.Transport.implements.extend(asynchronous=True)

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Look for messages again and again."""
        loop.call_repeatedly(LOOK_EVERY, self._hand_over, connection)

    def _hand_over(self, connection: Any) -> None:
        try:
            while True:
                self.drain_events(connection, timeout=0)  # type: ignore[no-untyped-call]  # kombu ships no types
        except socket.timeout:  # noqa: UP041 -- what kombu raises where nothing waits
            return
