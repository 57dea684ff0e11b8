"""An installation on PostgreSQL with any number of processes, and what is done beside it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import psycopg

from tests.faults.browser import Browser, serves
from tests.faults.installation import Installation, kill, wait_until
from tests.faults.ports import free_port
from tests.faults.servers import Postgres


@dataclass
class Served(Installation):
    """One database server, any number of processes."""

    url: str = ""
    took: ClassVar[str] = "SELECT extract(epoch FROM ended_at - created_at) FROM ledger_job"

    @classmethod
    def on(cls, folder: Path, server: Postgres, **extra: str) -> "Served":
        """Migrated, with people at their desks."""
        settings = extra.pop("settings", "config.settings")
        environment = {"DATABASE_URL": server.url, "FACTCHECK_HOSTS": "127.0.0.1", **extra}
        made = cls(folder, settings, environment, url=server.url)
        made.set_up()
        return made

    def connect(self) -> psycopg.Connection:
        """A connection of the test's own, past Django; each statement commits by itself."""
        return psycopg.connect(self.url, autocommit=True)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the database past Django."""
        with self.connect() as database:
            return database.execute(query.encode()).fetchall()

    @contextlib.contextmanager
    def web(self) -> Iterator[str]:
        """Serve the pages; give their address."""
        assert self.manage("collectstatic", "--noinput", "-v0").returncode == 0
        port = free_port()
        process = self.start("web", port)
        base = f"http://127.0.0.1:{port}"
        try:
            assert wait_until(lambda: serves(Browser(base)), 60)
            yield base
        finally:
            kill(process, whole_group=True)


class Aside:
    """Does one thing beside the test until told to stop; what it raises is raised when it is finished."""

    def __init__(self, work: Callable[[threading.Event], None]) -> None:
        self.over = threading.Event()
        self._raised: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)  # never keeps a failed test alive
        self._thread.start()

    def _run(self, work: Callable[[threading.Event], None]) -> None:
        try:
            work(self.over)
        except BaseException as error:  # noqa: BLE001 -- raised again by whoever waits for it
            self._raised.append(error)

    def finish(self, seconds: float) -> None:
        """Wait for its end.

        Raises:
            TimeoutError: it goes on.
        """
        self._thread.join(seconds)
        if self._thread.is_alive():
            raise TimeoutError
        for error in self._raised:
            raise error
