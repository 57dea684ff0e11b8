"""The in-memory broker of an embedded worker."""

from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from kombu.entity import Queue

from factcheck.jobs.embedded import Transport


class Loop:
    """An event loop that is turned by hand."""

    def call_repeatedly(self, every: float, look: Any, *words: Any) -> None:
        self.turn = lambda: look(*words)


@pytest.mark.skipif(bool(settings.REDIS_URL), reason="with Redis the worker has no broker of its own")
def test_messages_are_handed_over_from_the_event_loop_and_nobody_waits() -> None:
    heard: list[str] = []
    loop: Any = Loop()
    connection: Any = current_app.connection_for_write("embedded://localhost/")
    queue = Queue("test-embedded")  # type: ignore[no-untyped-call]  # kombu ships no types
    with connection, connection.Consumer([queue], callbacks=[lambda body, _: heard.append(body)], no_ack=True):
        connection.register_with_event_loop(loop)
        loop.turn()
        connection.Producer().publish("there is work", routing_key="test-embedded", declare=[queue])
        loop.turn()

    assert isinstance(connection.transport, Transport)
    assert current_app.conf.broker_url.startswith("embedded:")
    assert heard == ["there is work"]
