"""Label Studio as its container serves it, a WSGI application behind a server with several processes, on PostgreSQL.

The community edition has no worker of its own: what it does later, it does in the request. Its telemetry is off, as it
would wait for hosts that a benchmark must not reach.
"""

from dataclasses import dataclass
from typing import ClassVar

from benchmarks.client import CREATED, OK, Connection, Unexpected
from benchmarks.contestants import (
    GUNICORN,
    MAIL,
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

TOKEN = "0123456789abcdef0123456789abcdef01234567"
CONFIGURATION = (
    '<View><Text name="text" value="$text"/>'
    '<Choices name="verdict" toName="text"><Choice value="true"/><Choice value="false"/></Choices></View>'
)


@dataclass
class LabelStudio(Contestant):
    """One project; a task is a document, an annotation a decision."""

    name: ClassVar[str] = "label-studio"
    versions: ClassVar[tuple[str, ...]] = ("label-studio", "django", "djangorestframework", "gunicorn", "psycopg")
    project: int = 0
    tasks: range = range(0)

    def make_processes(self) -> Processes:
        """Its settings."""
        own = {
            "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
            "DJANGO_DB": "default",  # its name for PostgreSQL
            "POSTGRE_HOST": str(self.place.postgres.socket),
            "POSTGRE_USER": "factcheck",
            "POSTGRE_PASSWORD": "",
            "POSTGRE_NAME": self.name,
            "LABEL_STUDIO_BASE_DATA_DIR": str(self.place.folder / "data"),
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
            "SENTRY_DSN": "",
            "FRONTEND_SENTRY_DSN": "",
            "COLLECT_ANALYTICS": "false",
            "LATEST_VERSION_CHECK": "false",
        }
        return Processes(self.place.folder, own, self.place.package("label_studio"))

    def install(self) -> None:
        """A person with a token, a project with a configuration for choices."""
        words = ("--no-browser", "--username", MAIL, "--password", PASSWORD, "--user-token", TOKEN)
        self.processes.run(self.place.program("label-studio"), "init", self.name, *words)
        self.start()
        client = self.client()
        made = client.expect(
            CREATED, "POST", "/api/projects", {"title": "benchmark", "label_config": CONFIGURATION}
        ).json()
        for texts in first_batches(self.documents):
            self._import(client, made["id"], texts)
        self.processes.stop()

    def start(self) -> None:
        """The web processes."""
        served = (self.place.program("gunicorn"), "core.wsgi", "--bind", f"127.0.0.1:{self.place.port}")
        self.processes.start("web", *served, *GUNICORN)
        self.processes.wait_for("web", self.place.port)

    def client(self) -> Connection:
        """Somebody with a token."""
        return Connection(self.place.port, {"Authorization": f"Token {TOKEN}"})

    def learn(self) -> None:
        """The project, and where its ids begin; they have no gaps."""
        client = self.client()
        projects = client.expect(OK, "GET", "/api/projects/").json()["results"]
        self.project = next(row["id"] for row in projects if row["title"] == "benchmark")
        first = client.expect(OK, "GET", self._page(1)).json()["tasks"][0]["id"]
        self.tasks = range(first, first + self.documents)

    def add(self, client: Connection, number: int) -> Step:
        """One task."""
        texts = new_documents(self.documents, number)
        return posting(client, (("/api/tasks/", {"project": self.project, "data": {"text": text}}) for text in texts))

    def add_batch(self, client: Connection, number: int) -> Step:
        """An import."""
        numbers = numbers_for(self.documents, number + 100)
        return lambda: self._import(client, self.project, batch_of(numbers))

    def show_page(self, client: Connection, number: int) -> Step:
        """A page of tasks with their data alone."""
        page = turns(range(1, self.documents // PAGE + 1), number)
        return lambda: client.expect(OK, "GET", self._page(page()))

    def show_one(self, client: Connection, number: int) -> Step:
        """One task."""
        task = turns(self.tasks, number)
        return lambda: client.expect(OK, "GET", f"/api/tasks/{task()}/")

    def decide(self, client: Connection, number: int) -> Step:
        """An annotation on a task that has none."""
        choice = {"choices": ["true"]}
        said = {"from_name": "verdict", "to_name": "text", "type": "choices", "value": choice}
        sent = {"result": [said], "lead_time": 5}
        return posting(client, ((f"/api/tasks/{task}/annotations/", sent) for task in own_part(self.tasks, number)))

    def show_reviews(self, client: Connection, number: int) -> Step:
        """A page of tasks, as long as one of reviews."""
        page = turns(range(1, self.documents // REVIEWS_PAGE + 1), number)
        return lambda: client.expect(OK, "GET", self._page(page(), REVIEWS_PAGE))

    def _page(self, number: int, size: int = PAGE) -> str:
        return f"/api/tasks/?project={self.project}&page={number}&page_size={size}"

    def _import(self, client: Connection, project: int, texts: list[str]) -> None:
        sent = [{"text": text} for text in texts]
        done = client.expect(CREATED, "POST", f"/api/projects/{project}/import", sent).json()
        if done["task_count"] != len(texts):
            raise Unexpected(f"{done['task_count']} of {len(texts)} tasks were imported")
