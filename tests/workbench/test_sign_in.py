"""Signing in: guessing is slowed, sessions end when they must, and the audit knows of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory
from django.utils import timezone

from factcheck.ledger.chain import verify_chain
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.addresses import address_of
from factcheck.newsroom.errors import NotAllowed, OwnRights, TooManyAttempts, WeakPassword
from factcheck.newsroom.models import Role, SignInPace, User
from factcheck.newsroom.services import (
    change_password,
    change_roles,
    disable_person,
    enable_person,
    end_sessions,
)
from factcheck.newsroom.sign_in import TRIES, spend_try
from factcheck.workbench.sessions import BEGUN, SEEN
from tests.people import People
from tests.workbench.conftest import SignedIn

LONG = "a-long-enough-password"


def sign_in(client: Client, name: str, password: str, **headers: str) -> Any:
    return client.post("/sign-in/", {"username": name, "password": password}, headers=headers)


def test_ten_tries_a_minute_then_clear_words(people: People, client: Client) -> None:
    tries = [sign_in(client, "ada", "wrong").status_code for _ in range(TRIES)]
    refused = sign_in(client, "ada", "ada")

    assert tries == [200] * TRIES
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 6
    assert "Nobody else is kept out" in refused.content.decode()
    assert 'value="ada"' in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_others_are_not_kept_out(people: People, client: Client) -> None:
    for _ in range(TRIES + 1):
        sign_in(client, "ada", "wrong")

    assert sign_in(client, "ben", "ben").status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, "ada", "ada").status_code == 302


@pytest.mark.thorough
def test_the_pace_is_one_try_in_six_seconds_once_ten_are_spent(db: None, now: datetime) -> None:
    def passes(after: float) -> bool:
        try:
            spend_try("ada", "192.0.2.1", now + timedelta(seconds=after))
        except TooManyAttempts:
            return False
        return True

    assert [passes(0) for _ in range(TRIES + 1)] == [True] * TRIES + [False]
    assert [passes(after) for after in (5.9, 6.1, 6.2, 12.1, 12.2)] == [False, True, False, True, False]
    assert sum(passes(100 + tenth / 10) for tenth in range(600)) <= TRIES + 10


def test_a_household_counts_as_one_address_and_the_name_in_any_case(db: None, now: datetime) -> None:
    for host in range(TRIES):
        spend_try("Ada " if host % 2 else "ada", f"2001:db8::{host:x}", now)

    with pytest.raises(TooManyAttempts):
        spend_try("ADA", "2001:db8::ffff", now)
    spend_try("ada", "2001:db8:1::1", now)


def test_what_is_kept_of_tries_names_nobody_and_goes(db: None, now: datetime) -> None:
    spend_try("mirjam", "192.0.2.1", now)  # a hash in hexadecimal digits may spell "ada"
    kept = SignInPace.objects.get()
    spend_try("ben", "192.0.2.1", now + timedelta(hours=2))

    assert "mirjam" not in kept.key
    assert not SignInPace.objects.filter(key=kept.key).exists()


def test_signing_in_clears_the_tries(people: People, client: Client) -> None:
    for _ in range(TRIES - 1):
        sign_in(client, "ada", "wrong")
    sign_in(client, "ada", "ada")

    assert not SignInPace.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "rubbish", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, " 2001:DB8::1 ", "2001:db8::1"),
    ],
)
def test_only_as_many_proxies_are_believed_as_the_setting_says(proxies: int, header: str, expected: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": header})

    assert address_of(request, proxies) == expected


def test_a_forged_header_does_not_help_to_guess(people: People, client: Client) -> None:
    tries = [
        sign_in(client, "ada", "wrong", **{"x-forwarded-for": f"203.0.113.{n}"}).status_code for n in range(TRIES + 1)
    ]

    assert tries[-1] == 429


def test_behind_a_trusted_proxy_each_address_has_its_own_pace(
    people: People, client: Client, settings: LazySettings
) -> None:
    settings.TRUSTED_PROXIES = 1
    for _ in range(TRIES + 1):
        refused = sign_in(client, "ada", "wrong", **{"x-forwarded-for": "203.0.113.1"})

    assert refused.status_code == 429
    assert sign_in(client, "ada", "wrong", **{"x-forwarded-for": "203.0.113.2"}).status_code == 200


# --- What the audit keeps ---


def test_signing_in_out_and_failing_are_in_the_audit(people: People, client: Client) -> None:
    sign_in(client, "ada", "s3cret-typed-wrong")
    sign_in(client, "my-p4ssword-in-the-wrong-field", "x")
    sign_in(client, "ada", "ada")
    client.post("/sign-out/")

    entries = list(AuditEntry.objects.select_related("payload").order_by("sequence"))
    told = [(entry.verb, entry.actor_id, entry.payload.body.get("known")) for entry in entries]
    ada = people.ada.pk
    assert told == [
        ("fail_sign_in", None, True),
        ("fail_sign_in", None, False),
        ("sign_in", ada, None),
        ("sign_out", ada, None),
    ]
    assert [entry.subject_id == ada for entry in entries] == [True, False, True, True]
    said = " ".join(f"{vars(entry)} {entry.payload.body}" for entry in entries)
    assert "s3cret" not in said
    assert "p4ssword" not in said
    assert verify_chain().problems == ()


def test_the_session_key_changes_at_sign_in(people: People, client: Client) -> None:
    session = client.session
    session["left"] = "by somebody"
    session.save()
    before = session.session_key

    sign_in(client, "ada", "ada")

    assert client.session.session_key != before
    assert not client.session.exists(str(before))


# --- When sessions end ---


def admin_of(people: People) -> User:
    return people.amir


ENDINGS: dict[str, Callable[[People, datetime], None]] = {
    "own password": lambda people, now: change_password(people.ada, LONG, people.ada, now),
    "password by an admin": lambda people, now: change_password(people.ada, LONG, people.amir, now),
    "disabled": lambda people, now: disable_person(people.ada, people.amir, now),
    "role": lambda people, now: change_roles(people.ada, people.desk, [Role.REVIEWER], people.amir, now),
    "signed out everywhere": lambda people, now: end_sessions(people.ada, people.ada, now),
    "signed out by an admin": lambda people, now: end_sessions(people.ada, people.amir, now),
}


@pytest.mark.thorough
@pytest.mark.parametrize("why", ENDINGS)
def test_all_sessions_end_at_once(people: People, signed_in: SignedIn, why: str) -> None:
    browsers = [signed_in(people.ada), signed_in(people.ada)]
    ben = signed_in(people.ben)
    assert [browser.get("/account/").status_code for browser in browsers] == [200, 200]

    ENDINGS[why](people, timezone.now())

    assert [browser.get("/account/").status_code for browser in browsers] == [302, 302]
    assert ben.get("/account/").status_code == 200


def test_a_new_role_counts_from_the_next_request(people: People, signed_in: SignedIn) -> None:
    ben = signed_in(people.ben)
    people.ben.memberships.update(role=Role.ADMIN)

    assert ben.get("/articles/add/").status_code == 403


def test_a_disabled_person_cannot_sign_in_until_enabled(people: People, client: Client, now: datetime) -> None:
    disable_person(people.ada, people.amir, now)
    assert sign_in(client, "ada", "ada").status_code == 200

    enable_person(people.ada, people.amir, now)
    assert sign_in(client, "ada", "ada").status_code == 302


@pytest.mark.parametrize(
    ("key", "ago", "lasts"),
    [
        (BEGUN, timedelta(hours=11, minutes=59), True),
        (BEGUN, timedelta(hours=12, minutes=1), False),
        (SEEN, timedelta(minutes=119), True),
        (SEEN, timedelta(minutes=121), False),
    ],
)
def test_a_session_lasts_its_hours_and_not_without_use(
    people: People, signed_in: SignedIn, key: str, ago: timedelta, lasts: bool
) -> None:
    ada = signed_in(people.ada)
    ada.get("/account/")
    session = ada.session
    session[key] = (timezone.now() - ago).timestamp()
    session.save()

    assert ada.get("/account/").status_code == (200 if lasts else 302)
    assert ("_auth_user_id" in ada.session) is lasts


def test_use_is_noted_at_most_once_a_minute(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)
    ada.get("/account/")
    noted = ada.session[SEEN]
    ada.get("/account/")
    assert ada.session[SEEN] == noted


# --- Who may change whom ---


def test_nobody_grants_a_role_to_themselves(people: People, now: datetime) -> None:
    with pytest.raises(OwnRights):
        change_roles(people.amir, people.desk, [Role.ADMIN, Role.LEAD], people.amir, now)
    with pytest.raises(OwnRights):
        disable_person(people.amir, people.amir, now)


@pytest.mark.parametrize("who", ["ada", "ben", "lea", "cleo"])
def test_only_an_admin_of_the_desk_changes_people(people: People, now: datetime, who: str) -> None:
    by, dan = getattr(people, who), people.amir
    for act in (disable_person, enable_person, end_sessions):
        with pytest.raises(NotAllowed):
            act(dan, by, now)
    with pytest.raises(NotAllowed):
        change_roles(dan, people.desk, [Role.REPORTER], by, now)
    with pytest.raises(NotAllowed):
        change_password(dan, LONG, by, now)


def test_an_admin_of_one_desk_does_not_reach_who_works_on_two(people: People, now: datetime) -> None:
    people.ada.memberships.create(desk=people.other_desk, role=Role.REPORTER)

    with pytest.raises(NotAllowed):
        disable_person(people.ada, people.amir, now)


def test_a_change_of_roles_is_exact_and_audited(people: People, now: datetime) -> None:
    change_roles(people.ada, people.desk, [Role.REVIEWER, Role.LEAD], people.amir, now)
    change_roles(people.ben, people.desk, [], people.amir, now)

    assert people.ada.roles == {people.desk.pk: {Role.REVIEWER, Role.LEAD}}
    assert people.ben.roles == {}
    body = AuditEntry.objects.filter(verb="change_roles").order_by("sequence")[0].payload.body
    assert body == {"before": ["reporter"], "after": ["lead", "reviewer"]}


def test_a_weak_password_is_refused_with_the_reason(people: People, now: datetime) -> None:
    with pytest.raises(WeakPassword, match="too short"):
        change_password(people.ada, "short", people.ada, now)


# --- The page of one's account ---


def test_one_changes_ones_password_on_the_account_page(people: People, signed_in: SignedIn) -> None:
    ada, other = signed_in(people.ada), signed_in(people.ada)
    fields = {"old_password": "ada", "new_password1": LONG, "new_password2": LONG}

    answer = ada.post("/account/", fields, follow=True)

    assert "Sign in with the new one" in answer.content.decode()
    assert other.get("/account/").status_code == 302
    assert sign_in(Client(), "ada", LONG).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"old_password": "wrong"}, "entered incorrectly"), ({"new_password2": "another"}, "match")],
)
def test_a_wrong_change_of_password_changes_nothing(
    people: People, signed_in: SignedIn, fields: dict[str, str], words: str
) -> None:
    ada = signed_in(people.ada)
    said = {"old_password": "ada", "new_password1": LONG, "new_password2": LONG} | fields

    answer = ada.post("/account/", said)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.get(pk=people.ada.pk).check_password("ada")


@pytest.mark.thorough
def test_the_old_password_cannot_be_guessed_there_either(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)

    answers = [ada.post("/account/", {"old_password": "wrong"}).status_code for _ in range(TRIES + 1)]

    assert answers[-1] == 429


def test_signing_out_everywhere_ends_this_session_too(people: People, signed_in: SignedIn) -> None:
    ada, other = signed_in(people.ada), signed_in(people.ada)

    answer = ada.post("/account/sign-out-everywhere/", follow=True)

    assert "You are signed out everywhere" in answer.content.decode()
    assert [browser.get("/account/").status_code for browser in (ada, other)] == [302, 302]
