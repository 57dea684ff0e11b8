from factcheck.ledger.models import Job
from tests.factories import make_article, run_open_jobs
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
