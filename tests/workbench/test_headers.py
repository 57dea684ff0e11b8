"""The headers of every answer: pages, redirects, errors of every layer, static files."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from factcheck.workbench import inbox
from factcheck.workbench.routes import ROUTES
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.things import World, make_world

UNKNOWN = "01900000-0000-7000-8000-000000000000"


def answers(client: Client, world: World) -> Iterator[tuple[str, Any]]:
    for name, route in ROUTES.items():
        path = reverse(name, args=[world.ids[route.subject]] if route.subject else [])
        yield name, client.get(path)
        if route.subject:
            yield f"no {name}", client.get(reverse(name, args=[UNKNOWN]))
    yield "no page", client.get("/nothing/")
    yield "no slash", client.get("/account")
    yield "refused field", client.post("/account/", {"is_staff": "1"})
    yield "bad address", client.get("/?q=%00")
    yield "strange host", client.get("/", headers={"host": "elsewhere.example"})
    yield "too large", client.post("/articles/add/", {"text": "x" * 9_000_000})
    yield "static file", client.get("/static/workbench/desk.css")
    yield "no static file", client.get("/static/nothing.css")


def check(name: str, answer: Any) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy, name
    assert "frame-ancestors 'none'" in policy, name
    assert "unsafe" not in policy, name
    assert answer.headers["X-Content-Type-Options"] == "nosniff", name
    assert answer.headers["X-Frame-Options"] == "DENY", name
    assert answer.headers["Referrer-Policy"] == "same-origin", name
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
    assert "camera=()" in answer.headers["Permissions-Policy"], name
    if name == "workbench:inbox":  # what is published, for whoever is not signed in
        assert "private" in answer.headers["Cache-Control"] or "no-store" in answer.headers["Cache-Control"]
    elif name != "static file":
        assert "no-store" in answer.headers["Cache-Control"], name
    assert "Access-Control-Allow-Origin" not in answer.headers or name == "static file", name


@pytest.mark.thorough
def test_every_answer_carries_the_strict_headers(people: People, signed_in: SignedIn) -> None:
    world, statuses = make_world(people.desk, people.lea), set()
    for client in (signed_in(people.lea), Client(enforce_csrf_checks=True)):
        for name, answer in answers(client, world):
            check(name, answer)
            statuses.add(answer.status_code)

    assert {200, 301, 302, 400, 403, 404, 405} <= statuses


def test_an_error_of_ours_carries_them_too(
    people: People, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(inbox, "inbox_for", fall)
    lea = signed_in(people.lea)
    lea.raise_request_exception = False

    answer = lea.get("/")

    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()
    check("500", answer)


def test_served_over_https_it_says_so_for_a_year(db: None, settings: LazySettings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    settings.SECURE_SSL_REDIRECT = True

    plain, secure = Client().get("/sign-in/"), Client().get("/sign-in/", secure=True)

    assert plain.status_code == 301
    check("redirect to https", plain)
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
