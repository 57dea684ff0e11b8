"""The page of access keys: made, shown once, given a new key, revoked; each scope in plain words."""

import re
from datetime import timedelta

from django.utils import timezone

from factcheck.newsroom.models import AccessToken, Scope
from factcheck.newsroom.tokens import NewToken, create_token, find_token, note_token_use
from tests.people import People
from tests.workbench.conftest import SignedIn

PAGE = "/access-keys/"


def key_in(page: str) -> str:
    found = re.search(r'id="new-key"[^>]*value="(fct_[^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_key_is_made_shown_once_and_given_a_new_one(people: People, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)
    said = {"desk": str(people.desk.pk), "name": "wire", "scopes": ["desk", "ingest"], "days": "30", "rate": "60"}

    made = lea.post(f"{PAGE}make/", said).content.decode()

    token, now = find_token(key_in(made), timezone.now()), timezone.now()
    assert token is not None
    assert (token.name, token.scopes, token.rate) == ("wire", ["desk", "ingest"], 60)
    assert key_in(made) not in lea.get(PAGE).content.decode()
    rotated = lea.post(f"{PAGE}{token.pk}/rotate/", {"grace": "24"}).content.decode()
    assert find_token(key_in(rotated), now) == find_token(key_in(made), now) == token
    assert "old key until" in rotated
    lea.post(f"{PAGE}{token.pk}/revoke/")
    assert find_token(key_in(rotated), timezone.now()) is None
    assert "opens nothing any more" in lea.get(PAGE).content.decode()


def test_what_does_not_do_is_said_and_kept(people: People, signed_in: SignedIn) -> None:
    said = {"desk": str(people.desk.pk), "name": "<b>wire</b>", "days": "30", "rate": "0"}

    answer = signed_in(people.lea).post(f"{PAGE}make/", said)

    page = answer.content.decode()
    assert (answer.status_code, AccessToken.objects.count()) == (422, 0)
    assert "&lt;b&gt;wire" in page
    assert page.count('role="alert"') >= 2


def test_one_sees_ones_own_and_an_admin_all_with_what_they_open_and_where_they_were_used(
    people: People, signed_in: SignedIn
) -> None:
    of_lea, _ = create_token(NewToken("presswire", [Scope.EXPORT]), people.desk, people.lea, timezone.now())
    create_token(NewToken("archive"), people.desk, people.amir, timezone.now())
    note_token_use(of_lea, "192.0.2.7", timezone.now() - timedelta(hours=3))
    lea, amir = (signed_in(who).get(PAGE).content.decode() for who in (people.lea, people.amir))

    assert "presswire" in lea
    assert "archive" not in lea
    assert {"presswire", "archive", "192.0.2.7", "Makes exports"} == {
        words for words in ("presswire", "archive", "192.0.2.7", "Makes exports") if words in amir
    }
    assert f"{of_lea.pk}/rotate/" not in amir
    assert f"{of_lea.pk}/revoke/" in amir
