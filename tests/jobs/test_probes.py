"""What monitors see: life, readiness, health, metrics."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from pytest_django import DjangoAssertNumQueries

from factcheck import engine
from factcheck.jobs.metrics import JobCollector
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.jobs import claim_job, fail_job
from factcheck.ledger.models import AuditEntry, Job, JobState
from tests.conftest import _run, guards
from tests.factories import make_article, run_open_jobs
from tests.people import People

TOKEN = "a" * 40


def detail(client: Client) -> dict[str, Any]:
    answer = client.get("/health/detail", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return dict(answer.json())


@pytest.fixture
def monitor(client: Client, settings: Any) -> Client:
    settings.HEALTH_TOKEN = TOKEN
    return client


def test_life_asks_no_database(client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "alive"}


def test_ready_means_that_database_and_migrations_are_there(client: Client, db: None) -> None:
    assert client.get("/readyz").status_code == 200

    loader = MigrationLoader(connection)
    ((room, newest),) = loader.graph.leaf_nodes("ledger")
    for key in [(room, newest), *loader.graph.nodes[room, newest].replaces]:
        MigrationRecorder(connection).record_unapplied(*key)

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == [f"migration ledger.{newest} is not applied"]


def test_health_is_for_admins_and_the_token(people: People, client: Client, settings: Any) -> None:
    settings.HEALTH_TOKEN = None
    statuses = {}
    for person in ("ada", "ben", "lea", "amir"):
        client.force_login(getattr(people, person))
        statuses[person] = client.get("/health/detail").status_code
    client.logout()

    assert statuses == {"ada": 403, "ben": 403, "lea": 403, "amir": 200}
    assert client.get("/health/detail").status_code == 401
    assert client.get("/health/detail", headers={"Authorization": "Bearer "}).status_code == 401
    settings.HEALTH_TOKEN = TOKEN
    assert client.get("/health/detail", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401


def test_health_counts_what_waits_what_lapsed_and_what_failed(people: People, monitor: Client) -> None:
    for words in ("One", "Two", "Three"):
        make_article(people.desk, people.ada, f"{words}\n\nA text of its own: {words}.")
    waits, lapsed, failed = Job.objects.all()
    Job.objects.filter(pk=waits.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    lease = claim_job(failed.pk, timezone.now())
    assert lease is not None
    fail_job(lease, f"It stopped. Report job {failed.pk}.", timezone.now())
    Job.objects.filter(pk=lapsed.pk).update(
        state=JobState.RUNNING, token=uuid4(), lease_until=Now() - timedelta(minutes=1)
    )

    found = detail(monitor)

    assert found["backlog"]["waiting"] == {"extract": 1}
    assert found["backlog"]["expired_leases"] == 1
    assert 300 <= found["backlog"]["oldest_pending_seconds"] < 400
    assert found["failed"] == [{"kind": "extract", "reason": "It stopped. Report job ….", "count": 1}]
    assert len(found["engine_sha256"]) == 64


def test_health_says_which_models_read_and_when_they_cannot(
    people: People, monitor: Client, settings: Any, tmp_path: Path
) -> None:
    settings.ATTRIBUTION_MODEL = ""
    found = detail(monitor)
    assert (found["models"], found["models_problem"]) == (engine.find_digests(engine.Models()), None)
    assert found["engine_version"] == engine.name_build(found["models"])

    settings.ATTRIBUTION_MODEL = str(tmp_path / "none")

    found = detail(monitor)
    assert found["models"] == {}
    assert str(tmp_path / "none") in found["models_problem"]


def test_health_says_when_the_chain_was_verified_and_that_its_end_is_broken(people: People, monitor: Client) -> None:
    make_article(people.desk, people.ada)
    queue_routine("verify the audit chain", timezone.now())
    run_open_jobs()
    found = detail(monitor)["audit"]
    assert (found["tail_problems"], found["verified"], found["head"]) == ([], True, AuditEntry.objects.count())

    _run(sql for guard in guards() for sql in guard.removal(connection.vendor))
    last = AuditEntry.objects.order_by("-sequence")[0]
    AuditEntry.objects.filter(pk=last.pk).update(verb="something else")

    assert detail(monitor)["audit"]["tail_problems"] == [f"entry {last.sequence} was changed"]


def test_prometheus_reads_the_job_table(people: People) -> None:
    make_article(people.desk, people.ada)
    registry = CollectorRegistry()
    registry.register(JobCollector())

    said = generate_latest(registry).decode()

    assert 'factcheck_jobs_waiting{kind="extract"} 1.0' in said
    assert "factcheck_database_up 1.0" in said
