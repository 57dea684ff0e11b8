from django.utils import timezone

from factcheck.corpus.services.shadow import ask_shadow_run
from factcheck.jobs.health import measure_backlog
from factcheck.ledger.models import Job
from tests.factories import NOW, make_article, run_open_jobs
from tests.people import People
from tests.workbench.conftest import SignedIn


def test_the_inbox_says_when_the_workers_are_behind(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)
    assert "wait for a worker" not in ada.get("/").text

    make_article(people.desk, people.ada)
    make_article(people.desk, people.ada, "Another headline\n\nAnother text.")

    assert "2 jobs wait for a worker; the oldest was added" in ada.get("/").text.replace("\n", " ")
    run_open_jobs()
    assert not Job.objects.open().exists()
    assert "for a worker; the oldest" not in ada.get("/").text


def test_a_shadow_run_that_lets_others_go_first_is_no_backlog(people: People, signed_in: SignedIn) -> None:
    ask_shadow_run(people.desk, people.amir, NOW)

    assert Job.objects.ready(timezone.now()).count() == 1
    assert "for a worker; the oldest" not in signed_in(people.ada).get("/").text
    assert measure_backlog(timezone.now()).oldest_pending_seconds == 0
