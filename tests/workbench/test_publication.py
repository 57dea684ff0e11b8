"""The page that publishes: one sees what readers will see, what stands against it, and what changes."""

import re
from typing import Any

import pytest
from django.test import Client

from factcheck.claims.models import Claim, Verdict
from factcheck.claims.services.verdicts import VerdictText, approve_verdict, submit_verdict, write_verdict
from factcheck.publishing.models import Publication, PublicationState
from factcheck.publishing.services import start_correction
from tests.factories import NOW, make_approved, make_bridge_pair, make_claim, make_published, make_submitted
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture
def claim(people: People) -> Claim:
    return make_claim(make_bridge_pair(people.desk, people.ada), people.lea, people.ada, people.lea)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def page_of(client: Client, claim: Claim) -> str:
    answer = client.get(f"/claims/{claim.pk}/publish/")
    assert answer.status_code == 200
    return answer.content.decode()


def make_corrected(people: People, publication: Publication) -> Verdict:
    """An approved correction that waits for a lead."""
    draft = start_correction(publication, people.ada, NOW)
    text = VerdictText(draft.rating, "Two logs show it.", draft.reasoning)
    write_verdict(draft, text, draft.version, people.ada, NOW)
    submit_verdict(draft, draft.version, people.ada, NOW)
    approve_verdict(draft, draft.version, people.ben, NOW)
    return draft


def test_a_lead_sees_what_readers_will_see_and_publishes_it(people: People, claim: Claim, signed_in: SignedIn) -> None:
    make_approved(claim, people.ada, people.ben)
    lea = signed_in(people.lea)

    page = page_of(lea, claim)
    answer = lea.post(f"/claims/{claim.pk}/publish/", {"mark": field(page, "mark")}, follow=True)

    for words in (
        "The log of the bridge shows it.",
        "appearance_without_address",
        "&quot;@type&quot;: &quot;ClaimReview",
    ):
        assert words in page
    publication = Publication.objects.get(claim=claim)
    assert "Published. Readers see it now." in answer.content.decode()
    assert publication.get_absolute_url() in answer.content.decode()
    assert Client().get(publication.get_absolute_url()).status_code == 200


def test_who_is_no_lead_sees_it_without_the_button(people: People, claim: Claim, signed_in: SignedIn) -> None:
    make_approved(claim, people.ada, people.ben)

    page = page_of(signed_in(people.ben), claim)

    assert "A lead editor publishes." in page
    assert 'name="mark"' not in page


def test_without_an_approved_verdict_there_is_nothing_to_publish(
    people: People, claim: Claim, signed_in: SignedIn
) -> None:
    make_submitted(claim, people.ada)
    lea = signed_in(people.lea)

    answer = lea.post(f"/claims/{claim.pk}/publish/", {"mark": "0" * 32})

    assert "A second person has to approve it first." in page_of(lea, claim)
    assert answer.status_code == 422
    assert not Publication.objects.exists()


def test_a_correction_shows_what_changes_and_asks_why(people: People, signed_in: SignedIn) -> None:
    publication = make_published(people)
    make_corrected(people, publication)
    lea, address = signed_in(people.lea), f"/claims/{publication.claim_id}/correct/"

    page = page_of(lea, publication.claim)
    said = {"mark": field(page, "mark"), "version": field(page, "version")}
    refused = lea.post(address, {**said, "reason": " "})
    answer = lea.post(address, {**said, "reason": "A second log was found."}, follow=True)

    assert "<del>The</del>" in page
    assert "<ins>Two</ins>" in page
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    publication.refresh_from_db()
    assert publication.live.number == 2
    assert "A second log was found." in answer.content.decode()


def test_the_second_person_sees_what_a_correction_would_change_for_readers(people: People, signed_in: SignedIn) -> None:
    draft = start_correction(make_published(people), people.ada, NOW)
    text = VerdictText(draft.rating, "Two logs show it.", draft.reasoning)
    write_verdict(draft, text, draft.version, people.ada, NOW)
    submit_verdict(draft, draft.version, people.ada, NOW)

    words = signed_in(people.ben).get(draft.get_absolute_url()).content.decode()

    assert "What changes for readers" in words
    assert "Two logs" in words.partition("What changes for readers")[2]


def test_a_refused_correction_keeps_the_reason_that_was_typed(people: People, signed_in: SignedIn) -> None:
    publication = make_published(people)
    make_corrected(people, publication)
    said = {"mark": "0" * 32, "version": "1", "reason": "A second log was found."}

    answer = signed_in(people.lea).post(f"/claims/{publication.claim_id}/correct/", said)

    assert answer.status_code == 422
    assert "has changed since you looked at it" in answer.content.decode()
    assert ">A second log was found.</textarea>" in answer.content.decode()


def test_withdrawing_asks_why_and_leaves_a_notice(people: People, signed_in: SignedIn) -> None:
    publication = make_published(people)
    lea, address = signed_in(people.lea), f"/claims/{publication.claim_id}/withdraw/"

    refused = lea.post(address, {"version": "1", "reason": ""})
    stale = lea.post(address, {"version": "9", "reason": "The source was forged."})
    lea.post(address, {"version": "1", "reason": "The source was forged."})

    publication.refresh_from_db()
    assert (refused.status_code, stale.status_code) == (422, 409)
    assert publication.state == PublicationState.WITHDRAWN
    assert "A notice stands in the place of this review." in page_of(lea, publication.claim)


def test_a_correction_begins_from_the_page(people: People, signed_in: SignedIn) -> None:
    publication = make_published(people)

    answer: Any = signed_in(people.ada).post(f"/claims/{publication.claim_id}/start-correction/", follow=True)

    assert "The draft begins as the published verdict." in answer.content.decode()
    assert publication.claim.verdicts.count() == 2


def test_the_claim_leads_to_its_publication(people: People, signed_in: SignedIn) -> None:
    publication = make_published(people)

    page = signed_in(people.ben).get(f"/claims/{publication.claim_id}/").content.decode()

    assert f"/claims/{publication.claim_id}/publish/" in page
    assert "published the verdict" in page
