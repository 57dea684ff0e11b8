from factcheck.corpus.services.articles import restrict_article
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import NOW, make_article
from tests.people import People

JOBS = "/api/v1/jobs"


def test_a_program_follows_the_work_on_what_it_added(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    make_article(people.desk, people.ada)
    mine = make_article(people.desk, people.lea, "Mine\n\nText.")

    found = wire.see(JOBS)["results"]

    assert [(job["article"], job["state"]) for job in found] == [(str(mine.pk), "queued")]
    assert len(program(people.lea, people.desk, Scope.DESK).see(JOBS)["results"]) == 2
    assert wire.get(f"/api/v1/articles/{mine.pk}").json()["code"] == "missing_scope"


def test_work_is_cancelled_and_tried_again(people: People, asks: Asks, program: Programs) -> None:
    make_article(people.desk, people.lea)
    job = Job.objects.get()
    lea, path = asks(people.lea), f"{JOBS}/{job.pk}"

    cancelled = lea.send("post", f"{path}/cancel", idempotency_key="c")
    twice = lea.send("post", f"{path}/cancel")
    again = lea.send("post", f"{path}/cancel", idempotency_key="c")
    retried = program(people.lea, people.desk, Scope.INGEST).send("post", f"{path}/retry")

    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (twice.status_code, twice.json()["code"]) == (409, "job_not_cancellable")
    assert again.content == cancelled.content
    assert (retried.status_code, retried.json()["state"]) == (200, "queued")


def test_administration_follows_all_work_of_the_desk(people: People, asks: Asks) -> None:
    article = make_article(people.desk, people.ada)
    restrict_article(article, [], article.version, people.lea, NOW)

    assert len(asks(people.amir).see(JOBS)["results"]) == 1
    assert len(asks(people.ada).see(JOBS)["results"]) == 1
    assert asks(people.ben).see(JOBS)["results"] == []
    assert asks(people.cleo).see(JOBS)["results"] == []


def test_jobs_are_paged_and_filtered(people: People, asks: Asks) -> None:
    articles = [make_article(people.desk, people.ada, f"Text {place}\n\nWords.") for place in range(3)]
    ada = asks(people.ada)

    first = ada.see(f"{JOBS}?limit=2")
    rest = ada.see(f"{JOBS}?limit=2&cursor={first['next']}")

    assert len(first["results"]) == 2
    assert [job["article"] for job in rest["results"]] == [str(articles[0].pk)]
    assert rest["next"] is None
    assert len(ada.see(f"{JOBS}?article={articles[1].pk}&state=queued&kind=extract")["results"]) == 1
    assert ada.get(f"{JOBS}?updated_since=0").json()["code"] == "unknown_parameter"
    assert ada.get(f"{JOBS}?cursor=MTo3").status_code == 400
