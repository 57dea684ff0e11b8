"""The demo has published verdicts on both of its headline claims, found by Google's search."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from factcheck.jobs.seeding import load_demo
from factcheck.jobs.worked import publish_demo
from factcheck.publishing.invariants import check_publishing
from tests.factories import NOW, run_open_jobs


@pytest.mark.thorough
@pytest.mark.timeout(300)
def test_the_demo_publishes_its_verdicts_once(db: None, tmp_path: Path) -> None:
    seeds = Path(settings.SEEDS_DIR)
    load_demo(seeds, tmp_path / "sign_ins.json", NOW)
    assert publish_demo(seeds, NOW) == []  # nothing is analyzed yet
    run_open_jobs()

    published = publish_demo(seeds, NOW)

    assert [row.rating_label for row in published] == ["Unproven", "Mixed"]
    assert all(row.pair_id for row in published)
    assert publish_demo(seeds, NOW) == []
    assert list(check_publishing()) == []
    found = Client().get("/v1alpha1/claims:search?query=missiles").json()["claims"]
    assert [claim["text"] for claim in found] == ["No missiles will strike Ukraine from Belarus during the talks"]
    assert found[0]["claimReview"][0]["textualRating"] == "Mixed"


def test_without_a_demo_nothing_is_published(db: None) -> None:
    assert publish_demo(Path(settings.SEEDS_DIR), NOW) == []
