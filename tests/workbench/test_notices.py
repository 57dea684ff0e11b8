"""The pages of notices, of one’s digest, and of a desk’s rules."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import Desk, Notice, NoticeKind
from factcheck.newsroom.notices import notify
from tests.factories import make_claim
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.teams import make_pairs, page_of, post


@pytest.fixture
def told(people: People) -> Notice:
    """Ada mentioned Ben on a claim."""
    (pair,) = make_pairs(people, 1)
    claim = make_claim(pair, people.lea)
    with record_change(actor=people.ada, now=timezone.now() - timedelta(minutes=5)) as change:
        notify(change, people.ben, NoticeKind.MENTION, claim, desk_id=people.desk.pk, place="#comment-1")
    return Notice.objects.get()


def test_opening_a_notice_marks_it_read_and_leads_there(people: People, signed_in: SignedIn, told: Notice) -> None:
    ben = signed_in(people.ben)
    assert "1 unread" in page_of(ben, "notices")

    answer = post(ben, "notice-open", notice=str(told.pk))

    assert answer.headers["Location"] == f"{Claim.objects.get().get_absolute_url()}#comment-1"
    assert "unread" not in page_of(ben, "notices").replace("unread notices", "")


def test_anothers_notice_does_not_exist(people: People, signed_in: SignedIn, told: Notice) -> None:
    assert post(signed_in(people.lea), "notice-open", notice=str(told.pk)).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_all_are_read_that_the_page_showed(people: People, signed_in: SignedIn, told: Notice) -> None:
    ben = signed_in(people.ben)
    until = ben.get(reverse("workbench:notices")).context["screen"].until

    assert post(ben, "notices-read", until=until).status_code == 302
    assert not Notice.objects.unread().exists()


def test_a_digest_is_chosen_on_the_account_page_and_moving_it_asks_for_the_password(
    people: People, signed_in: SignedIn
) -> None:
    ben = signed_in(people.ben)

    moved = post(ben, "digest", email="ben@example.org", wants="on", password="wrong")
    nowhere = post(ben, "digest", wants="on")
    chosen = post(ben, "digest", email="ben@example.org", wants="on", password="ben")
    kept = post(ben, "digest", email="ben@example.org")

    assert (moved.status_code, "not your password" in moved.content.decode()) == (422, True)
    assert "ben@example.org" in moved.content.decode()
    assert (nowhere.status_code, "Give the address" in nowhere.content.decode()) == (422, True)
    assert chosen.status_code == kept.status_code == 302
    people.ben.refresh_from_db()
    assert (people.ben.email, people.ben.wants_digest) == ("ben@example.org", False)


# --- Rules ---


def test_rules_out_of_bounds_are_said_beside_what_was_typed(people: People, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)
    rules = {"desk": str(people.desk.pk), "version": 1, "pair_minutes": 0, "claim_hours": 12}
    rules |= {"article_hours": 12, "assessors": 2, "approvals_needed": 2}

    refused = post(lea, "desk-rules", **rules)
    saved = post(lea, "desk-rules", **rules | {"pair_minutes": 15})
    stale = post(lea, "desk-rules", **rules | {"pair_minutes": 20})
    foreign = post(lea, "desk-rules", **rules | {"desk": str(people.other_desk.pk), "version": 2})

    assert (refused.status_code, "from 1 to 1,440" in refused.content.decode()) == (422, True)
    assert 'value="12"' in refused.content.decode()
    assert (saved.status_code, stale.status_code, foreign.status_code) == (302, 409, 422)
    assert Desk.objects.get(pk=people.desk.pk).pair_minutes == 15
    assert Desk.objects.get(pk=people.other_desk.pk).claim_hours == 24
