"""A program hands in an address, and reads from the job which article came of it, or why none did."""

from base64 import b64encode

import pytest

from factcheck.corpus.models import Article, Retrieval
from factcheck.newsroom.models import Scope
from tests.api.conftest import Programs
from tests.factories import run_open_jobs
from tests.intake.fetching.serving import page, serving
from tests.intake.parsing.made import PAGE, packed
from tests.people import People

FETCH = "/api/v1/articles/fetch"


def test_an_address_becomes_an_article(people: People, program: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    with serving(page(PAGE.encode())) as served:
        monkeypatch.setattr("factcheck.corpus.services.retrieving.Client", served.client)
        accepted = wire.send("post", FETCH, {"url": served.url("/bridge")}, idempotency_key="k")
        again = wire.send("post", FETCH, {"url": served.url("/bridge")}, idempotency_key="k")
        run_open_jobs()

    assert accepted.status_code == 202
    assert accepted.json()["id"] == again.json()["id"]
    assert wire.see(accepted.headers["Location"])["article"] == str(Article.objects.get().pk)


def test_the_job_of_a_file_of_many_says_what_became_of_each_part(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    parts = {f"part{number}_txt": f"Part {number}\n\nText {number}." for number in range(3)}
    made = packed(**parts, **{f"program{number}_exe": b"MZ" for number in range(25)})
    batch = {"articles": [{"name": "many.zip", "content": b64encode(made).decode()}]}

    (row,) = wire.send("post", "/api/v1/articles/batch", batch).json()["results"]
    run_open_jobs()
    job = wire.see(f"/api/v1/jobs/{row['job']}")

    added = list(Article.objects.order_by("created_seq").values_list("pk", flat=True))
    assert job["articles"] == [str(pk) for pk in added]
    assert (len(added), job["article"]) == (3, str(added[0]))
    assert [reason.split(":")[0] for reason in job["refused"]] == [f"program{number}.exe" for number in range(25)]


def test_an_address_that_leads_inside_says_why_nothing_came(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    accepted = wire.send("post", FETCH, {"url": "http://[::1]/"})
    run_open_jobs()
    job = wire.see(accepted.headers["Location"])

    assert (job["state"], job["article"]) == ("failed", None)
    assert "private or special network" in job["reason"]


@pytest.mark.parametrize(
    ("said", "status"), [({"url": "ftp://orla.example/"}, 422), ({}, 400), ({"url": "https://a.example", "x": 1}, 400)]
)
def test_what_is_no_address_is_refused_at_once(
    people: People, program: Programs, said: dict[str, object], status: int
) -> None:
    assert program(people.lea, people.desk, Scope.INGEST).send("post", FETCH, said).status_code == status
    assert Retrieval.objects.count() == 0
