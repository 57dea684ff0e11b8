import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from factcheck.claims.models import RatingScale
from factcheck.newsroom.models import Desk, Role, User
from tests.people import People

WORDS = {"lead": "lena", "admin": "amos", "lead_name": "Lena Lind"}


@pytest.fixture
def passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LEAD_PASSWORD", "quiet-river-9-stones")
    monkeypatch.setenv("FACTCHECK_ADMIN_PASSWORD", "loud-mountain-7-birds")


def set_up(**options: Any) -> str:
    out = io.StringIO()
    call_command("setup", stdout=out, **{**WORDS, **options})
    return out.getvalue().strip()


def test_a_first_installation_has_a_desk_a_lead_an_admin_and_scales(db: None, passwords: None, client: Client) -> None:
    assert set_up(desk="Planet desk", slug="planet") == "Planet desk is set up; lena and amos can sign in."

    desk = Desk.objects.get()
    assert (desk.name, desk.is_demo) == ("Planet desk", False)
    assert list(desk.memberships.order_by("role").values_list("user__username", "role")) == [
        ("amos", Role.ADMIN),
        ("lena", Role.LEAD),
    ]
    assert RatingScale.objects.filter(desk=desk).exists()
    assert client.login(username="lena", password="quiet-river-9-stones")


def test_where_people_are_nothing_is_changed(people: People, passwords: None) -> None:
    before = User.objects.count()

    with pytest.raises(CommandError, match="has people already, so nothing was changed"):
        set_up()

    assert User.objects.count() == before


REFUSED = [
    ({"admin": "lena"}, "Lead and admin are two people"),
    ({"slug": "two words"}, "Enter a valid"),
    ({"lead": "no spaces please"}, "Enter a valid username"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_will_not_do_is_said_and_nothing_is_kept(
    db: None, passwords: None, options: dict[str, str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        set_up(**options)

    assert not User.objects.exists()
    assert not Desk.objects.exists()


def test_a_weak_or_missing_password_is_refused(db: None, passwords: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LEAD_PASSWORD", "short")
    with pytest.raises(CommandError, match="too short"):
        set_up()

    monkeypatch.delenv("FACTCHECK_LEAD_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="FACTCHECK_LEAD_PASSWORD: no password"):
        set_up()
