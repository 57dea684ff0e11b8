"""An installation on PostgreSQL with any number of processes, and what is done beside it."""

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import psycopg

from tests.faults.browser import Browser, serves
from tests.faults.installation import Installation, folder_until_the_end, kill, wait_until
from tests.faults.ports import free_port
from tests.faults.servers import Postgres, postgres


@dataclass
class Served(Installation):
    """One database server, any number of processes."""

    url: str = ""
    server: Postgres | None = None
    took: ClassVar[str] = "SELECT extract(epoch FROM ended_at - created_at) FROM ledger_job"

    @classmethod
    def on(cls, folder: Path, server: Postgres, **extra: str) -> "Served":
        """With people at their desks."""
        made = cls._unmade(folder, server, **extra)
        made.set_up()
        return made

    @classmethod
    def dumped(cls) -> str:
        """What such an installation holds at first, as SQL."""
        with postgres() as server:
            made = cls._unmade(folder_until_the_end(), server)
            made.make()
            return server.ask("pg_dump", "--no-owner", "--dbname", server.url)

    @classmethod
    def _unmade(cls, folder: Path, server: Postgres, **extra: str) -> "Served":
        settings = extra.pop("settings", "config.settings")
        environment = {"DATABASE_URL": server.url, "FACTCHECK_HOSTS": "127.0.0.1", **extra}
        return cls(folder, settings, environment, url=server.url, server=server)

    def set_up(self) -> None:
        """As any installation: what was made once is given to this database."""
        assert self.server is not None
        self.server.ask("psql", "-qX1", "-v", "ON_ERROR_STOP=1", "-f", "-", "--dbname", self.url, given=_dumped_once())

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
        self.collect()
        port = free_port()
        process = self.start("web", port)
        base = f"http://127.0.0.1:{port}"
        try:
            assert wait_until(lambda: serves(Browser(base)), 60)
            yield base
        finally:
            kill(process, whole_group=True)


@functools.cache
def _dumped_once() -> str:
    return Served.dumped()


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
