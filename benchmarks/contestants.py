"""What is asked of each contestant, in the same words for all."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.client import CREATED, Connection
from benchmarks.load import Step
from benchmarks.servers import Postgres, Processes
from benchmarks.texts import make_document

WEB_PROCESSES, THREADS = 2, 8
PAGE, REVIEWS_PAGE, BATCH = 100, 50, 1_000
NAME, PASSWORD, MAIL = "bench", "a password for benchmarks", "bench@example.org"
GUNICORN = ("--worker-class", "gthread", "--workers", WEB_PROCESSES, "--threads", THREADS, "--log-level", "warning")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contestant runs: its folder, its environment's Python, the servers that all share."""

    folder: Path
    python: Path
    postgres: Postgres
    redis: str
    port: int

    def program(self, name: str) -> Path:
        """A program of its environment."""
        return self.python.parent / name

    def package(self, name: str) -> Path:
        """The folder of a package of its environment: such modules are found from there.

        Raises:
            SystemExit: it is not installed.
        """
        environment = self.python.parent.parent
        found = sorted(environment.glob(f"lib/python3*/site-packages/{name}"))
        if not found:
            raise SystemExit(f"There is no {name} in {environment}; see README.md here.")
        return found[0]


@dataclass
class Contestant:
    """Starts its servers, takes documents in, and gives one step for each thing to measure.

    A step is made for a client with its own connection and number; it asks once when called and raises Unexpected where
    it is not answered as it should be.
    """

    place: Place
    documents: int = 0
    name: ClassVar[str] = ""
    versions: ClassVar[tuple[str, ...]] = ()
    processes: Processes = field(init=False)

    def __post_init__(self) -> None:
        self.place.folder.mkdir(parents=True, exist_ok=True)
        self.processes = self.make_processes()

    def make_processes(self) -> Processes:
        """Its processes, none of them started."""
        raise NotImplementedError

    def install(self) -> None:
        """Make its tables and its first person in an empty database, then fill in what has to be there."""
        raise NotImplementedError

    def start(self) -> None:
        """Start what serves requests, and sign in."""
        raise NotImplementedError

    def start_the_rest(self) -> None:
        """Start what else an installation has, so that its memory can be told."""

    def client(self) -> Connection:
        """A connection that is signed in."""
        raise NotImplementedError

    def learn(self) -> None:
        """Read what the steps need to know, such as ids."""

    def add(self, client: Connection, number: int) -> Step:
        """Take in one document after another, each by itself."""
        raise NotImplementedError

    def add_batch(self, client: Connection, number: int) -> Step:
        """Take in `BATCH` documents at once; done when they are there for good."""
        raise NotImplementedError

    def show_page(self, client: Connection, number: int) -> Step:
        """Read a page of `PAGE` documents with their texts."""
        raise NotImplementedError

    def show_one(self, client: Connection, number: int) -> Step:
        """Read one document."""
        raise NotImplementedError

    def show_reviews(self, client: Connection, number: int) -> Step:
        """Read a page of `REVIEWS_PAGE` of what is finished; who publishes nothing shows so many documents."""
        raise NotImplementedError

    def search_reviews(self, client: Connection, number: int) -> Step:
        """Search what is finished for a word; who publishes nothing shows a page as above."""
        return self.show_reviews(client, number)

    def decide(self, client: Connection, number: int) -> Step:
        """Write one person's decision on one thing."""
        raise NotImplementedError


@dataclass(slots=True)
class Numbers:
    """Numbers of documents that nobody has had yet."""

    next: int

    def take(self, count: int = 1) -> range:
        """So many more."""
        first, self.next = self.next, self.next + count
        return range(first, first + count)


def numbers_for(documents: int, client: int) -> Numbers:
    """Each client's own, far from all others' and from those that are there."""
    return Numbers(documents + 1_000_000 * (client + 1))


def turns(things: Sequence[Any], client: int, stride: int = 7) -> Callable[[], Any]:
    """Give the things one after another, each client beginning elsewhere, not one beside the other."""
    at = client * len(things) // 8

    def take() -> Any:
        nonlocal at
        at += stride
        return things[at % len(things)]

    return take


def own_part(things: Sequence[Any], client: int, clients: int = 8) -> Sequence[Any]:
    """The things that only this client works on."""
    return things[client::clients]


def new_documents(documents: int, client: int) -> Iterator[str]:
    """Documents for one client to add that nobody has had yet."""
    return map(make_document, itertools.count(numbers_for(documents, client).next))


def batch_of(numbers: Numbers) -> list[str]:
    """Texts for one batch."""
    return [make_document(number) for number in numbers.take(BATCH)]


def first_batches(documents: int) -> Iterator[list[str]]:
    """All documents that are there when the measuring begins, batch by batch."""
    numbers = Numbers(0)
    return (batch_of(numbers) for _ in range(documents // BATCH))


def posting(client: Connection, sent: Iterable[tuple[str, object]]) -> Step:
    """Send one of these after the other, each an address and a body; each is answered as what was made."""
    rest = iter(sent)

    def step() -> None:
        path, body = next(rest)
        client.expect(CREATED, "POST", path, body)

    return step
