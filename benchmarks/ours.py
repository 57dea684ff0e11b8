"""Factcheck, as `make serve` runs it: web, worker and beat on PostgreSQL and Redis.

Reads and additions carry a token, decisions a session with If-Match and Idempotency-Key, as its README tells clients.
The worker rests while requests are timed, as the others' do.
"""

import itertools
import re
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from benchmarks.client import CREATED, FOUND, OK, Connection, Unexpected, as_header
from benchmarks.contestants import (
    BATCH,
    NAME,
    PAGE,
    PASSWORD,
    REVIEWS_PAGE,
    WEB_PROCESSES,
    Contestant,
    batch_of,
    numbers_for,
    own_part,
    turns,
)
from benchmarks.load import Step
from benchmarks.reviews import THINGS
from benchmarks.servers import ROOT, Processes
from benchmarks.texts import make_dispute, make_document

REVIEWS = 100_000  # published, beside the documents
DOSSIERS, DISPUTES = 2, 30  # articles that are analyzed, so that there is something to decide
ANALYZED_WITHIN = 600.0  # seconds
DECISIONS = ("conflict", "compatible")
OUTLET = "Orla Post"
# The documents come by the service that takes in batches, a thousand in one transaction.
FILL = f"""
from django.utils import timezone
from benchmarks.texts import make_document
from factcheck.corpus.services.articles import BULK, NewArticle, add_articles
from factcheck.newsroom.models import Desk, User

lead, desk = User.objects.get(username={NAME!r}), Desk.objects.get()
for first in range(0, {{documents}}, {BATCH}):
    texts = map(make_document, range(first, first + {BATCH}))
    new = [NewArticle(text, outlet={OUTLET!r}, adds_outlet=True, priority=BULK) for text in texts]
    add_articles(new, desk, lead, timezone.now())
"""
PUBLISH = f"from benchmarks.reviews import fill; fill({REVIEWS})"


@dataclass
class Factcheck(Contestant):
    """Ours."""

    name: ClassVar[str] = "factcheck"
    versions: ClassVar[tuple[str, ...]] = ("django", "djangorestframework", "gunicorn", "psycopg")
    key: str = ""
    articles: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)

    def make_processes(self) -> Processes:
        """Its settings; the rate is raised, the counting stays."""
        own = {
            "DATABASE_URL": self.place.postgres.url(self.name),
            "REDIS_URL": self.place.redis,
            "FACTCHECK_DATA": str(self.place.folder / "data"),
            "FACTCHECK_WEB_PROCESSES": str(WEB_PROCESSES),
            "FACTCHECK_API_RATE": "1000000",
            "FACTCHECK_LEAD_PASSWORD": PASSWORD,
            "FACTCHECK_ADMIN_PASSWORD": PASSWORD + " too",
        }
        return Processes(self.place.folder, own, ROOT)

    def install(self) -> None:
        """A desk with a lead, and articles whose analysis suggests conflicts."""
        patient = self.place.postgres.url(self.name) + "?options=-c%20idle_in_transaction_session_timeout%3D0"
        self._manage("setup", "--lead", NAME, "--admin", NAME + "-admin", DATABASE_URL=patient)
        self._manage("collectstatic", "--noinput", "-v0")
        self.start()
        client = self.client()
        _send_batch(client, [_dossier(number) for number in range(DOSSIERS)])
        self.start_the_rest()
        _wait_for(lambda: not _has_jobs(client, "queued") and not _has_jobs(client, "running"))
        self.processes.stop("worker", "beat")
        self.processes.stop()
        for script in (FILL.format(documents=self.documents), PUBLISH):
            self._manage("shell", "-v0", stdin=script, DATABASE_URL=patient)

    def start(self) -> None:
        """The web process, after what migrations there are, and a program's key."""
        self._manage("migrate", "-v0")
        self.processes.start("web", self.place.python, "manage.py", "process", "web", "--port", self.place.port)
        words = ("--by", NAME, "--desk", "news", "--scope", "ingest", "--scope", "desk")
        self.key = self._manage("token", "create", "benchmark", *words).strip()
        self.processes.wait_for("web", self.place.port)

    def start_the_rest(self) -> None:
        """Worker and beat, until there is an article that is being read."""
        for name in ("worker", "beat"):
            self.processes.start(name, self.place.python, "manage.py", "process", name)
        client = self.client()
        _wait_for(lambda: _has_jobs(client, "running") or not _has_jobs(client, "queued"))

    def client(self) -> Connection:
        """A program with its key."""
        return Connection(self.place.port, {"Authorization": f"Bearer {self.key}"})

    def learn(self) -> None:
        """Walk the lists once."""
        client = self.client()
        self.pages, self.articles = _walk(client, f"/api/v1/articles?limit={PAGE}")
        _, self.pairs = _walk(client, "/api/v1/conflicts?status=suggested&limit=200")
        self.pages = self.pages[: self.documents // PAGE]
        reviews = _pages(client, f"/api/v1/reviews?limit={REVIEWS_PAGE}")
        self.reviews = [page for page, _ in itertools.islice(reviews, self.documents // REVIEWS_PAGE)]

    def add(self, client: Connection, number: int) -> Step:
        """One article, with a key so that it may be sent again."""
        numbers = numbers_for(self.documents, number)

        def step() -> None:
            sent = {"text": make_document(numbers.take()[0]), "outlet": OUTLET}
            client.expect(CREATED, "POST", "/api/v1/articles", sent, Idempotency_Key=str(uuid.uuid4()))

        return step

    def add_batch(self, client: Connection, number: int) -> Step:
        """A thousand articles, with a key."""
        numbers = numbers_for(self.documents, number + 100)
        return lambda: _send_batch(client, batch_of(numbers))

    def show_page(self, client: Connection, number: int) -> Step:
        """A page of articles, by its cursor."""
        page = turns(self.pages, number)
        return lambda: client.expect(OK, "GET", page() + "&include=text")

    def show_one(self, client: Connection, number: int) -> Step:
        """One article with its text."""
        article = turns(self.articles, number)
        return lambda: client.expect(OK, "GET", f"/api/v1/articles/{article()}")

    def show_reviews(self, client: Connection, number: int) -> Step:
        """A page of published reviews, by its cursor; readers carry no key."""
        page, reader = turns(self.reviews, number), Connection(self.place.port)
        return lambda: reader.expect(OK, "GET", page())

    def search_reviews(self, client: Connection, number: int) -> Step:
        """The first page of what a word finds that every tenth review has."""
        word, reader = turns(THINGS, number), Connection(self.place.port)
        return lambda: reader.expect(OK, "GET", f"/api/v1/reviews?q={word()}&limit={REVIEWS_PAGE}")

    def decide(self, client: Connection, number: int) -> Step:
        """A suggested conflict is decided; when all of one's part are, they are taken back."""
        person = self._person()
        pairs = own_part(self.pairs, number)
        seen = {pair: _etag(person, pair) for pair in pairs}
        turn = -1

        def step() -> None:
            nonlocal turn
            turn += 1
            again, at = divmod(turn, len(pairs))
            act, said = ("reopen", {}) if again % 2 else ("decide", {"decision": DECISIONS[turn % 2]})
            path = f"/api/v1/conflicts/{pairs[at]}/{act}"
            condition = {"If_Match": seen[pairs[at]], "Idempotency_Key": str(uuid.uuid4())}
            seen[pairs[at]] = person.expect(OK, "POST", path, said, **condition).headers["etag"]

        return step

    def _person(self) -> Connection:
        """The lead in a browser: session and CSRF token."""
        browser = Connection(self.place.port)
        page = browser.expect(OK, "GET", "/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body.decode())
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "username": NAME, "password": PASSWORD}
        sent = {"Cookie": as_header(page.cookies), "Content_Type": "application/x-www-form-urlencoded"}
        answer = browser.ask("POST", "/sign-in/", urllib.parse.urlencode(form).encode(), **sent)
        if answer.status != FOUND:
            raise Unexpected(f"the lead could not sign in: {answer.status}")
        held = {"Cookie": as_header(answer.cookies), "X-CSRFToken": answer.cookies["factcheck-csrf"]}
        return Connection(self.place.port, held)

    def _manage(self, *words: str, stdin: str = "", **environment: str) -> str:
        return self.processes.run(self.place.python, "manage.py", *words, stdin=stdin, **environment)


def _dossier(number: int) -> str:
    disputes = (make_dispute(number * DISPUTES + each) for each in range(DISPUTES))
    return "\n\n".join([f"Disputes of the week, {number}", *disputes]) + "\n"


def _send_batch(client: Connection, texts: list[str]) -> None:
    sent = {"articles": [{"text": text, "outlet": OUTLET, "adds_outlet": True} for text in texts]}
    done = client.expect(OK, "POST", "/api/v1/articles/batch", sent, Idempotency_Key=str(uuid.uuid4())).json()
    if done["accepted"] != len(texts):
        raise Unexpected(f"{done['accepted']} of {len(texts)} articles were accepted: {str(done)[:600]}")


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ANALYZED_WITHIN
    while not is_so():
        if time.monotonic() > deadline:
            raise Unexpected("the articles are not analyzed")
        time.sleep(0.5)


def _has_jobs(client: Connection, state: str) -> bool:
    return bool(client.expect(OK, "GET", f"/api/v1/jobs?state={state}").json()["results"])


def _walk(client: Connection, first: str) -> tuple[list[str], list[str]]:
    """The addresses of a list's pages, and the ids on them."""
    read = list(_pages(client, first))
    return [page for page, _ in read], [found for _, ids in read for found in ids]


def _pages(client: Connection, first: str) -> Iterator[tuple[str, list[str]]]:
    """The address of each page of a list, with the ids on it."""
    page = first
    while page:
        found = client.expect(OK, "GET", page).json()
        yield page, [row["id"] for row in found["results"]]
        page = f"{first}&cursor={found['next']}" if found["next"] else ""


def _etag(client: Connection, pair: str) -> str:
    return client.expect(OK, "GET", f"/api/v1/conflicts/{pair}").headers["etag"]
