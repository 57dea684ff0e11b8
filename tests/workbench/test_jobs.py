"""The page of jobs: what failed and why, tried again one by one or all of a reason; what waits, cancelled."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.corpus.models import Article
from factcheck.ledger.jobs import claim_job, fail_job
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.models import Desk, User
from tests.factories import BRIDGE, NOW, make_article
from tests.people import People
from tests.workbench.conftest import Elements, SignedIn

NO_WORDS, TOO_LONG = "This article has no words.", "This took longer than the time limit."


def make_job(desk: Desk, person: User, day: str, reason: str = "") -> Job:
    """The work of a new article; failed where a reason is given."""
    article = make_article(desk, person, BRIDGE.replace("Sunday", day))
    job = Job.objects.get(subject_id=article.pk)
    if reason:
        lease = claim_job(job.pk, NOW)
        assert lease is not None
        fail_job(lease, reason, timezone.now())
    return Job.objects.get(pk=job.pk)


def states() -> list[str]:
    return sorted(Job.objects.values_list("state", flat=True))


@pytest.fixture
def ada(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ada)


@pytest.fixture
def lea(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.lea)


def test_with_nothing_to_do_the_page_says_what_would_be_here(people: People, lea: Client) -> None:
    assert "No work waits, runs or has failed" in lea.get("/jobs/").content.decode()


def test_failed_work_stands_by_its_reason_newest_first(people: People, lea: Client) -> None:
    for number in range(7):
        make_job(people.desk, people.ada, f"day {number}", NO_WORDS)
    make_job(people.desk, people.ada, "Monday", TOO_LONG)
    make_job(people.desk, people.ada, "Tuesday")

    answer = lea.get("/jobs/")

    screen, page = answer.context["screen"], answer.content.decode()
    assert [(group.reason, group.count, len(group.lines)) for group in screen.failed] == [
        (TOO_LONG, 1, 1),
        (NO_WORDS, 7, 5),
    ]
    assert (screen.waiting, screen.running, screen.failures) == (1, 0, 8)
    assert "and 2 more of the same reason" in page
    assert "1 waiting · 0 running · 8 failed" in page


def test_all_of_a_reason_is_queued_again_with_one_entry(people: People, lea: Client) -> None:
    jobs = [make_job(people.desk, people.ada, day, NO_WORDS) for day in ("Monday", "Tuesday")]
    make_job(people.desk, people.ada, "Friday", TOO_LONG)

    answer = lea.post("/jobs/retry-all/", {"reason": NO_WORDS}, follow=True)

    assert "2 queued again" in answer.content.decode()
    assert states() == ["failed", "queued", "queued"]
    entry = AuditEntry.objects.get(verb="retry_all")
    assert (entry.actor_id, entry.subject_id) == (people.lea.pk, people.desk.pk)
    assert entry.payload.body["reason"] == NO_WORDS
    assert sorted(entry.payload.body["jobs"]) == sorted(str(job.pk) for job in jobs)
    assert lea.post("/jobs/retry-all/", {"reason": NO_WORDS}).status_code == 409
    assert AuditEntry.objects.filter(verb="retry_all").count() == 1


def test_a_reporter_sees_and_retries_only_their_own(people: People, ada: Client) -> None:
    own = make_job(people.desk, people.ada, "Monday", NO_WORDS)
    other = make_job(people.desk, people.ben, "Tuesday", NO_WORDS)

    page = ada.get("/jobs/").context["screen"]
    ada.post("/jobs/retry-all/", {"reason": NO_WORDS})

    assert [line.job.pk for group in page.failed for line in group.lines] == [own.pk]
    assert {job.pk: job.state for job in Job.objects.all()} == {own.pk: "queued", other.pk: "failed"}


def test_an_admin_sees_the_desks_work_but_no_article(people: People, signed_in: SignedIn) -> None:
    job = make_job(people.desk, people.ada, "Monday", NO_WORDS)
    amir = signed_in(people.amir)

    page = amir.get("/jobs/").content.decode()
    retried = amir.post(f"/jobs/{job.pk}/retry/", {"back": "jobs"})

    assert "An article that you do not read" in page
    assert "Bridge over" not in page
    assert (retried.status_code, retried.headers["Location"]) == (302, "/jobs/")
    assert states() == ["queued"]


def test_restricted_and_other_desks_work_is_on_nobodys_page_who_may_not_read_it(
    people: People, signed_in: SignedIn
) -> None:
    hidden = make_job(people.desk, people.ada, "Monday", NO_WORDS)
    Article.objects.filter(pk=hidden.subject_id).update(access="restricted")
    make_job(people.other_desk, people.cleo, "Tuesday", NO_WORDS)

    screens = {who: signed_in(getattr(people, who)).get("/jobs/").context["screen"] for who in ("ben", "amir")}
    seen = {who: screen.failures for who, screen in screens.items()}
    signed_in(people.ben).post("/jobs/retry-all/", {"reason": NO_WORDS})

    assert seen == {"ben": 0, "amir": 1}  # that there is work, not what it is about
    assert [line.article for line in screens["amir"].failed[0].lines] == [None]
    assert states() == ["failed", "failed"]
    assert signed_in(people.lea).get("/jobs/").context["screen"].failures == 1


def test_waiting_work_is_cancelled_from_the_page(people: People, lea: Client) -> None:
    job = make_job(people.desk, people.ada, "Monday")
    assert f"/jobs/{job.pk}/cancel/" in lea.get("/jobs/").content.decode()

    answer = lea.post(f"/jobs/{job.pk}/cancel/", {"back": "jobs"}, follow=True)

    assert Job.objects.get().state == JobState.CANCELLED
    assert "No work waits" in answer.content.decode()


def test_running_work_says_that_it_stops(people: People, lea: Client) -> None:
    job = make_job(people.desk, people.ada, "Monday")
    claim_job(job.pk, NOW)

    lea.post(f"/jobs/{job.pk}/cancel/", {"back": "jobs"})

    page = lea.get("/jobs/").content.decode()
    assert "stopping" in page
    assert f"/jobs/{job.pk}/cancel/" not in page


def test_hostile_reasons_are_words(people: People, lea: Client) -> None:
    make_job(people.desk, people.ada, "Monday", "<script>alert(1)</script>\"'")

    page = lea.get("/jobs/").content.decode()

    assert "<script>alert" not in page
    reason = [a["value"] for tag, a in Elements(page).found if tag == "input" and a.get("name") == "reason"]
    assert lea.post("/jobs/retry-all/", {"reason": reason[0]}).status_code == 302


def test_more_jobs_ask_no_more_queries(people: People, lea: Client) -> None:
    make_job(people.desk, people.ada, "Monday", NO_WORDS)
    make_job(people.desk, people.ada, "Tuesday")
    lea.get("/jobs/")
    with CaptureQueriesContext(connection) as few:
        lea.get("/jobs/")

    for number in range(6):
        make_job(people.desk, people.ada, f"day {number}", f"reason {number % 3}")
        make_job(people.desk, people.ada, f"night {number}")
    with CaptureQueriesContext(connection) as many:
        lea.get("/jobs/")

    assert len(many) <= len(few)
