"""doccano with gunicorn and its task queue, on PostgreSQL and Redis.

`doccano webserver` would start gunicorn with workers that answer one request a connection; the same number of processes
and threads as for the others is kinder to it.
"""

import json
import time
from dataclasses import dataclass
from typing import ClassVar

from benchmarks.client import CREATED, OK, Connection, Unexpected
from benchmarks.contestants import (
    GUNICORN,
    MAIL,
    NAME,
    PAGE,
    PASSWORD,
    REVIEWS_PAGE,
    Contestant,
    batch_of,
    first_batches,
    new_documents,
    numbers_for,
    own_part,
    posting,
    turns,
)
from benchmarks.load import Step
from benchmarks.servers import Processes

PROJECT = {
    "name": "benchmark",
    "description": "documents to decide on",
    "guideline": "",
    "project_type": "DocumentClassification",
    "resourcetype": "TextClassificationProject",
    "random_order": False,
    "collaborative_annotation": False,
    "single_class_classification": False,
    "tags": [],
}
EDGE = "benchmark-edge-of-a-part"
IMPORTED_WITHIN = 120.0  # seconds


@dataclass
class Doccano(Contestant):
    """One project; an example is a document, a category a decision."""

    name: ClassVar[str] = "doccano"
    versions: ClassVar[tuple[str, ...]] = ("doccano", "django", "djangorestframework", "gunicorn", "psycopg2-binary")
    token: str = ""
    examples: range = range(0)
    project: int = 0
    category: int = 0

    def make_processes(self) -> Processes:
        """Its settings. Its own reading of the address of a database allows no socket, so libpq is told directly."""
        own = {
            "DATABASE_URL": f"postgres:///{self.name}?sslmode=disable",
            "PGHOST": str(self.place.postgres.socket),
            "PGUSER": "factcheck",
            "CELERY_BROKER_URL": self.place.redis,
            "DOCCANO_HOME": str(self.place.folder / "data"),
            "MEDIA_ROOT": str(self.place.folder / "data" / "media"),
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "STANDALONE": "True",
            "DEBUG": "False",
            "SECRET_KEY": "a key of a throw-away installation",
        }
        return Processes(self.place.folder, own, self.place.package("backend"))

    def install(self) -> None:
        """A person, a project with two categories."""
        doccano = self.place.program("doccano")
        self.processes.run(doccano, "init")
        person = ("--username", NAME, "--password", PASSWORD, "--email", MAIL)
        self.processes.run(doccano, "createuser", *person)
        self.start()
        client = self.client()
        self.project = client.expect(CREATED, "POST", "/v1/projects", PROJECT).json()["id"]
        kind = {"text": "true", "background_color": "#209cee", "text_color": "#ffffff"}
        client.expect(CREATED, "POST", f"/v1/projects/{self.project}/category-types", kind)
        for texts in first_batches(self.documents):
            self._upload(client, texts)
        self.processes.stop()

    def start(self) -> None:
        """Web and task queue, which takes batches in; then the person's token."""
        served = (self.place.program("gunicorn"), "config.wsgi", "--bind", f"127.0.0.1:{self.place.port}")
        self.processes.start("web", *served, *GUNICORN)
        self.processes.start("worker", self.place.program("doccano"), "task", "--concurrency", 1)
        self.processes.wait_for("web", self.place.port)
        signed_in = {"username": NAME, "password": PASSWORD}
        self.token = Connection(self.place.port).expect(OK, "POST", "/v1/auth/login/", signed_in).json()["key"]

    def client(self) -> Connection:
        """Somebody with a token."""
        return Connection(self.place.port, {"Authorization": f"Token {self.token}"})

    def learn(self) -> None:
        """The project, its category, and where its ids begin; they have no gaps."""
        client = self.client()
        self.project = client.expect(OK, "GET", "/v1/projects").json()["results"][0]["id"]
        self.category = client.expect(OK, "GET", f"/v1/projects/{self.project}/category-types").json()[0]["id"]
        first = client.expect(OK, "GET", self._page(0)).json()["results"][0]["id"]
        self.examples = range(first, first + self.documents)

    def add(self, client: Connection, number: int) -> Step:
        """One example."""
        path = f"/v1/projects/{self.project}/examples"
        return posting(client, ((path, {"text": text}) for text in new_documents(self.documents, number)))

    def add_batch(self, client: Connection, number: int) -> Step:
        """A file of lines of JSON."""
        numbers = numbers_for(self.documents, number + 100)
        return lambda: self._upload(client, batch_of(numbers))

    def show_page(self, client: Connection, number: int) -> Step:
        """A page of examples."""
        page = turns(range(self.documents // PAGE), number)
        return lambda: client.expect(OK, "GET", self._page(page()))

    def show_one(self, client: Connection, number: int) -> Step:
        """One example."""
        example = turns(self.examples, number)
        return lambda: client.expect(OK, "GET", f"/v1/projects/{self.project}/examples/{example()}")

    def decide(self, client: Connection, number: int) -> Step:
        """A category for an example that has none."""
        said, examples = {"label": self.category}, f"/v1/projects/{self.project}/examples"
        return posting(client, ((f"{examples}/{one}/categories", said) for one in own_part(self.examples, number)))

    def show_reviews(self, client: Connection, number: int) -> Step:
        """A page of examples, as long as one of reviews."""
        page = turns(range(self.documents // REVIEWS_PAGE), number)
        return lambda: client.expect(OK, "GET", self._page(page(), REVIEWS_PAGE))

    def _page(self, number: int, size: int = PAGE) -> str:
        return f"/v1/projects/{self.project}/examples?limit={size}&offset={number * size}"

    def _upload(self, client: Connection, texts: list[str]) -> None:
        """Send a file, have it imported, and wait until it is."""
        lines = "\n".join(json.dumps({"text": text, "label": []}) for text in texts)
        part = 'Content-Disposition: form-data; name="filepond"; filename="documents.jsonl"'
        body = f"--{EDGE}\r\n{part}\r\nContent-Type: application/jsonl\r\n\r\n{lines}\r\n--{EDGE}--\r\n".encode()
        kind = f"multipart/form-data; boundary={EDGE}"
        upload = client.ask("POST", "/v1/fp/process/", body, Content_Type=kind)
        words = {"column_data": "text", "column_label": "label", "encoding": "utf_8", "delimiter": ""}
        sent = {"format": "JSONL", "task": "DocumentClassification", "uploadIds": [upload.body.decode()], **words}
        task = client.expect(OK, "POST", f"/v1/projects/{self.project}/upload", sent).json()["task_id"]
        _wait_for(client, task)


def _wait_for(client: Connection, task: str) -> None:
    """Wait until a file is imported.

    Raises:
        Unexpected: it was not, or not in time.
    """
    deadline = time.monotonic() + IMPORTED_WITHIN
    while time.monotonic() < deadline:
        found = client.expect(OK, "GET", f"/v1/tasks/status/{task}").json()
        if found["ready"] and (found["error"] or (found["result"] or {}).get("error")):
            raise Unexpected(f"a file was not imported: {found}")
        if found["ready"]:
            return
        time.sleep(0.05)
    raise Unexpected("a file is not imported")
