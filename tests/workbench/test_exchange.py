"""The pages of imports and exports: looked at first, followed, reported, downloaded."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from factcheck.claims.models import ImportedReview, ReviewImport
from factcheck.publishing.models import Export
from tests.factories import run_open_jobs
from tests.intake.reviews.made import review, told
from tests.people import People
from tests.workbench.conftest import SignedIn


def test_a_lead_hands_in_a_file_looks_and_imports(people: People, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)
    hostile = review(2, claimReviewed="<script>alert(1)</script>", url="javascript:alert(1)")
    file = SimpleUploadedFile("reviews.json", told([review(1), hostile]))

    there = lea.post("/imports/", {"desk": str(people.desk.pk), "file": file}).headers["Location"]
    waiting = lea.get(there).content.decode()
    run_open_jobs()
    checked = lea.get(there, headers={"HX-Request": "true"}).content.decode()
    report = list(csv.reader(io.StringIO(lea.get(f"{there}report.csv").content.decode("utf-8-sig"))))

    assert 'hx-trigger="every 1s"' in waiting
    assert "Waiting for a worker" in waiting
    assert "nothing is imported yet" in checked
    assert "is no web address" in checked
    assert [row[:2] for row in report] == [["row", "field"], ["2", "url"]]
    assert ImportedReview.objects.count() == 0
    assert lea.post(f"{there}start/").status_code == 302
    run_open_jobs()
    assert "Imported. These reviews are found" in lea.get(there).content.decode()
    assert ImportedReview.objects.count() == 1


def test_a_file_that_is_none_is_refused_with_the_form(people: People, signed_in: SignedIn) -> None:
    sent = {"desk": str(people.desk.pk), "file": SimpleUploadedFile("photo.jpg", b"\xff\xd8")}
    answer = signed_in(people.lea).post("/imports/", sent)

    assert answer.status_code == 422
    assert "Files of this kind are not read" in answer.content.decode()
    assert ReviewImport.objects.count() == 0


def test_one_asks_for_what_one_may_and_stops_it(people: People, signed_in: SignedIn) -> None:
    ada, lea = signed_in(people.ada), signed_in(people.lea)
    desk = str(people.desk.pk)

    assert "statements-csv" not in ada.get("/exports/").content.decode()
    assert ada.post("/exports/", {"desk": desk, "wanted": "statements-csv"}).status_code == 422
    lea.post("/exports/", {"desk": desk, "wanted": "statements-csv"})
    export = Export.objects.get()
    assert "Waiting for a worker" in lea.get("/exports/").content.decode()
    lea.post(f"/exports/{export.pk}/cancel/")
    assert "Stopped." in lea.get("/exports/").content.decode()
    lea.post(f"/exports/{export.pk}/resume/")
    run_open_jobs()
    page = lea.get("/exports/").content.decode()
    assert f"/exports/{export.pk}/file/" in page
    assert "0 rows" in page
    lea.post(f"/exports/{export.pk}/remove/")
    assert "not kept any more" in lea.get("/exports/").content.decode()
