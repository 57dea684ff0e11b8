"""The in-memory broker of an embedded worker."""

from typing import Any

from celery import current_app
from kombu import Connection, Queue

from factcheck.jobs.embedded import Transport


class Loop:
    """An event loop that is turned by hand."""

    def call_repeatedly(self, every: float, look: Any, *words: Any) -> None:
        self.turn = lambda: look(*words)


def test_messages_are_handed_over_from_the_event_loop_and_nobody_waits() -> None:
    heard: list[str] = []
    loop, queue = Loop(), Queue("test-embedded")
    with Connection("embedded://localhost/") as connection:
        assert isinstance(connection.transport, Transport)
        connection.register_with_event_loop(loop)
        with connection.Consumer([queue], callbacks=[lambda body, message: heard.append(body)], no_ack=True):
            loop.turn()
            connection.Producer().publish("there is work", routing_key="test-embedded", declare=[queue])
            loop.turn()

    assert current_app.conf.broker_url.startswith("embedded:")
    assert heard == ["there is work"]
