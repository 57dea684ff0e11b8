"""Programs bring reviews in and take exports out, in as many pieces as it takes."""

from typing import Any

import pytest
from django.urls import reverse

from factcheck.claims.models import ImportedReview
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Scope
from tests.api.conftest import Asks, Programs
from tests.factories import make_published, run_open_jobs
from tests.intake.reviews.made import review, told
from tests.people import People

IMPORTS, EXPORTS = "/api/v1/imports", "/api/v1/exports"


def body_of(answer: Any) -> bytes:
    """All of an answer, streamed or not."""
    return bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def test_a_file_is_checked_then_imported_once(people: People, program: Programs) -> None:
    wire = program(people.lea, people.desk, Scope.INGEST)
    said = {"name": "reviews.json", "text": told([review(), {"@type": "ClaimReview"}]).decode(), "dry_run": True}
    accepted = wire.send("post", IMPORTS, said, idempotency_key="k")
    again = wire.send("post", IMPORTS, said, idempotency_key="k")
    run_open_jobs()
    there = accepted.headers["Location"]
    checked = wire.see(there)

    assert (accepted.status_code, accepted.json()["state"]) == (202, "checking")
    assert accepted.json()["id"] == again.json()["id"]
    assert (checked["state"], checked["added"], checked["refused"], checked["job"]["state"]) == (
        "checked",
        1,
        1,
        "done",
    )
    assert ImportedReview.objects.count() == 0
    (first, *_) = wire.see(f"{there}/problems")["results"]
    assert (first["row"], first["refuses"]) == (2, True)
    assert wire.send("post", f"{there}/run").status_code == 200
    run_open_jobs()
    assert wire.see(there)["state"] == "imported"
    assert ImportedReview.objects.count() == 1
    assert wire.send("post", f"{there}/run").json()["code"] == "wrong_import_state"


@pytest.fixture
def written(people: People, program: Programs) -> tuple[str, bytes, dict[str, str]]:
    """The address of a file, all of it, and the headers of its answer."""
    make_published(people)
    Job.objects.all().delete()  # its article's, whose statements were given by hand
    wire = program(people.lea, people.desk, Scope.EXPORT)
    accepted = wire.send("post", EXPORTS, {"what": "reviews", "shape": "claimreview"})
    assert accepted.status_code == 202
    assert wire.get(f"{accepted.headers['Location']}/file").json()["code"] == "export_not_ready"
    run_open_jobs()
    there = wire.see(accepted.headers["Location"])["file"]
    answer = wire.get(there)
    return there, body_of(answer), dict(answer.headers)


def test_a_download_that_broke_off_goes_on(
    people: People, asks: Asks, written: tuple[str, bytes, dict[str, str]]
) -> None:
    there, whole, headers = written
    lea, tag = asks(people.lea), headers["ETag"]

    def part(**asked: str) -> tuple[int, bytes, str]:
        answer = lea.get(there, headers={name.replace("_", "-"): value for name, value in asked.items()})
        return answer.status_code, body_of(answer), answer.headers.get("Content-Range", "")

    assert headers["Content-Length"] == str(len(whole))
    assert headers["Content-Disposition"].startswith("attachment")
    assert part(Range="bytes=100-") == (206, whole[100:], f"bytes 100-{len(whole) - 1}/{len(whole)}")
    assert part(Range="bytes=0-9", If_Range=tag)[:2] == (206, whole[:10])
    assert part(Range="bytes=-5")[:2] == (206, whole[-5:])
    assert part(Range="bytes=100-", If_Range='"another"')[:2] == (200, whole)
    assert part(Range="bytes=0-1,4-5")[:2] == (200, whole)
    assert part(Range=f"bytes={len(whole)}-") == (416, b"", f"bytes */{len(whole)}")
    assert part(If_None_Match=tag)[0] == 304
    page = lea.get(reverse("workbench:export-file", args=[there.split("/")[-2]]))
    assert body_of(page) == whole


def test_a_download_goes_on_for_a_program_that_takes_compressed_answers_too(
    people: People, program: Programs, written: tuple[str, bytes, dict[str, str]]
) -> None:
    there, whole, headers = written
    wire, takes = program(people.lea, people.desk, Scope.EXPORT), {"accept-encoding": "gzip"}

    first = wire.get(there, headers=takes)
    rest = wire.get(there, headers={**takes, "range": "bytes=400-", "if-range": first.headers["ETag"]})

    assert (first.headers["ETag"], first.headers["Content-Length"]) == (headers["ETag"], str(len(whole)))
    assert (rest.status_code, body_of(first)[:400] + body_of(rest)) == (206, whole)
    assert "Content-Encoding" not in rest.headers


def test_a_file_is_its_askers_alone_and_needs_the_scope(
    people: People, asks: Asks, program: Programs, written: tuple[str, bytes, dict[str, str]]
) -> None:
    there, _, _ = written

    assert asks(people.ben).get(there).status_code == 404
    assert program(people.lea, people.desk, Scope.DESK).get(there).json()["code"] == "missing_scope"
    refused = asks(people.ada).send("post", EXPORTS, {"what": "statements", "shape": "csv"})
    assert refused.json()["code"] == "not_allowed"
    assert asks(people.lea).send("delete", there.removesuffix("/file")).status_code == 200
    assert asks(people.lea).get(there).status_code == 410
