"""The page of calibrations: what a desk could teach, proposing at once, adopting, and going back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.corpus.models import CalibrationVersion, ConflictPair, Decision
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Role
from factcheck.workbench.screens.calibrations import calibrations_screen
from tests.corpus.test_calibrating import add_pairs, decide
from tests.factories import make_calibration, run_open_jobs
from tests.people import People, make_person
from tests.workbench.conftest import SignedIn

LIST, PROPOSE = reverse("workbench:calibrations"), reverse("workbench:calibration-propose")


@pytest.fixture
def decided(people: People) -> list[ConflictPair]:
    pairs = add_pairs(people.desk, people.ada, [{"overlap": 1.0}] * 20)
    decide(pairs, Decision.COMPATIBLE, people.ben)
    return pairs


def act(client: Client, name: str, calibration: CalibrationVersion) -> str:
    """Press a calibration's button as its page shows it, and give the page that follows."""
    calibration.refresh_from_db()
    path = reverse(f"workbench:calibration-{name}", args=[calibration.pk])
    return client.post(path, {"version": calibration.version}, follow=True).content.decode()


def test_an_admin_proposes_adopts_goes_back_and_adopts_again(
    people: People, decided: list[ConflictPair], signed_in: SignedIn
) -> None:
    amir = signed_in(people.amir)
    assert "Propose now" in amir.get(LIST).content.decode()

    waiting = amir.post(PROPOSE, {"desk": str(people.desk.pk)}, follow=True).content.decode()
    run_open_jobs()
    calibration = CalibrationVersion.objects.get()

    assert "waiting for a worker" in waiting
    assert "Propose now" not in waiting
    assert "Nothing was decided since the last version." in amir.get(LIST).content.decode()
    assert "Set aside" in act(amir, "adopt", calibration)
    assert "calibration 1" in amir.get(LIST).content.decode()
    assert "Go back to calibration 1" in act(amir, "set-aside", calibration)
    assert "the engine alone" in amir.get(LIST).content.decode()
    assert "in use" in act(amir, "adopt", calibration)


def test_a_lead_reads_and_finds_no_button(people: People, decided: list[ConflictPair], signed_in: SignedIn) -> None:
    lea, calibration = signed_in(people.lea), make_calibration(people.desk)

    pages = lea.get(LIST).content.decode() + lea.get(calibration.get_absolute_url()).content.decode()

    assert "Proposed with the week, or by an admin." in pages
    assert "Propose now" not in pages
    assert reverse("workbench:calibration-adopt", args=[calibration.pk]) not in pages
    assert lea.post(PROPOSE, {"desk": str(people.desk.pk)}).status_code == 403


def test_a_desk_with_few_decisions_is_told_how_many_more(people: People, signed_in: SignedIn) -> None:
    amir = signed_in(people.amir)

    assert "20 decisions more are needed" in amir.get(LIST).content.decode()
    answer = amir.post(PROPOSE, {"desk": str(people.desk.pk)})
    assert answer.status_code == 409
    assert "has decided 0 pairs" in answer.content.decode()


def test_another_desk_cannot_be_made_to_learn(people: People, signed_in: SignedIn) -> None:
    answer = signed_in(people.amir).post(PROPOSE, {"desk": str(people.other_desk.pk)})

    assert answer.status_code == 409
    assert not Job.objects.exists()


def test_a_failed_rescoring_is_tried_again_from_the_page_of_jobs(people: People, signed_in: SignedIn) -> None:
    amir, calibration = signed_in(people.amir), make_calibration(people.desk)
    act(amir, "adopt", calibration)
    Job.objects.update(state="failed", reason="It stopped.", ended_at=calibration.made_at)

    job = Job.objects.get(kind="rescore")
    answer = amir.post(reverse("workbench:job-retry", args=[job.pk]))
    run_open_jobs()

    assert answer.headers["Location"] == reverse("workbench:jobs")
    job.refresh_from_db()
    assert job.state == "done"


def test_more_desks_and_versions_ask_no_more_queries(people: People, decided: list[ConflictPair]) -> None:
    amir = make_person("Ava", people.desk, Role.ADMIN)
    with CaptureQueriesContext(connection) as few:
        calibrations_screen(amir)
    for number in range(1, 4):
        make_calibration(people.desk, number)
    amir.memberships.create(desk=people.other_desk, role=Role.ADMIN)

    with CaptureQueriesContext(connection) as many:
        screen = calibrations_screen(type(amir).objects.get(pk=amir.pk))

    assert len(screen.learners) == 2
    assert len(many) <= len(few) + 1  # the person's roles, read anew
