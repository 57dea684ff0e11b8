"""While somebody writes: the draft is kept, others are seen, the Markdown is shown, and no ended session eats words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim, Verdict, VerdictAuthor
from factcheck.claims.services.presence import note_presence
from factcheck.ledger.models import AuditEntry
from factcheck.workbench.templatetags.desk_format import markdown
from tests.factories import make_bridge_pair, make_claim, make_draft, make_scale, make_submitted
from tests.people import People
from tests.workbench.conftest import Elements, SignedIn


@pytest.fixture
def claim(people: People) -> Claim:
    make_scale(people.desk)
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


@pytest.fixture
def lea(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.lea)


def keep(client: Client, claim: Claim, version: int = 0, **fields: object) -> Any:
    said = {"version": version, "summary": "It was.", "reasoning": "The *log*."} | fields
    return client.post(reverse("workbench:verdict-draft", args=[claim.pk]), said)


def test_a_draft_is_kept_as_it_is_written(ben: Client, claim: Claim) -> None:
    first = keep(ben, claim).json()
    second = keep(ben, claim, first["version"], summary="It was not.").json()

    assert Verdict.objects.get().summary == "It was not."
    assert second["version"] == first["version"] + 1
    assert second["saved"].startswith("saved ")
    assert second["missing"] == "a rating and at least one piece of evidence"
    assert AuditEntry.objects.filter(verb="write_verdict").count() == 2


def test_what_is_not_new_is_not_saved_again(ben: Client, claim: Claim) -> None:
    version = keep(ben, claim).json()["version"]

    assert keep(ben, claim, version).json()["version"] == version
    assert AuditEntry.objects.filter(verb="write_verdict").count() == 1


def test_keeping_a_draft_attaches_nothing(ben: Client, claim: Claim) -> None:
    keep(ben, claim, evidence_title="Half a ti", reply_who="The may")

    verdict = Verdict.objects.get()
    assert (verdict.evidence.count(), verdict.replies.count()) == (0, 0)


def test_a_stale_draft_is_refused_and_says_so(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    seen = make_draft(claim, people.ben).version
    keep(ben, claim, seen, summary="Ben's.")

    answer = keep(lea, claim, seen, summary="Lea's.")

    assert answer.status_code == 409
    assert "Somebody else saved this first" in answer.json()["message"]
    assert Verdict.objects.get().summary == "Ben's."
    assert not VerdictAuthor.objects.filter(person=people.lea).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reasoning": "x" * 50_001}, "The reasoning has 50,001 characters; it may have 50,000."),
        ({"reasoning": "[x](javascript:alert(1))"}, "The link “javascript:alert(1)” is no web address."),
        ({"rating": "0"}, "Rating: Select a valid choice"),
    ],
)
def test_a_draft_that_cannot_be_kept_is_answered_plainly(
    ben: Client, claim: Claim, fields: dict[str, object], words: str
) -> None:
    answer = keep(ben, claim, 0, **fields)

    assert (answer.status_code, words in answer.json()["message"]) == (422, True)


def test_a_submitted_verdict_keeps_no_draft(people: People, ben: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    answer = keep(ben, claim, verdict.version)

    assert (answer.status_code, "Ask the reviewer" in answer.json()["message"]) == (422, True)


def test_whoever_writes_is_named_to_the_others(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    assert keep(ben, claim).json()["here"] == ""

    here = lea.post(reverse("workbench:claim-here", args=[claim.pk]), {}).json()["here"]

    assert here == "Ben is editing"
    assert "Ben is editing" in lea.get(claim.get_absolute_url()).content.decode()
    note_presence(claim, people.lea, timezone.now())
    assert ben.post(reverse("workbench:claim-here", args=[claim.pk]), {"writing": "on"}).json()["here"] == (
        "Lea is editing"
    )


def test_nobody_is_named_who_only_reads(people: People, signed_in: SignedIn, ben: Client, claim: Claim) -> None:
    address = reverse("workbench:claim-here", args=[claim.pk])
    signed_in(people.ada).post(address, {})

    assert signed_in(people.ada).post(address, {"writing": "on"}).status_code == 403
    assert ben.post(address, {}).json()["here"] == ""


def test_the_preview_shows_markdown_as_readers_will_see_it(ben: Client, claim: Claim) -> None:
    text = (
        "# Head\n\n**bold** <b>raw</b> [x](javascript:alert(1)) ![p](https://example.org/p.png)\n\n|a|b|\n|-|-|\n|1|2|"
    )

    answer = ben.post(reverse("workbench:verdict-preview", args=[claim.pk]), {"reasoning": text})

    words = answer.content.decode()
    for part in ("<h3>Head</h3>", "<strong>bold</strong>", "&lt;b&gt;raw&lt;/b&gt;", "<td>1</td>"):
        assert part in words
    for part in ("<b>", "<img", 'href="javascript'):
        assert part not in words
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("### a\n\n### b", ["h3", "h3"]),
        ("# a\n\n### b\n\n# c", ["h3", "h4", "h3"]),
        ("## a\n\n# b\n\n## c", ["h3", "h3", "h4"]),
        ("###### a\n\n# b", ["h3", "h3"]),
        ("# a\n## b\n### c\n#### d\n##### e", ["h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_of_a_text_leave_out_no_level(text: str, tags: list[str]) -> None:
    found = [tag for tag, _ in Elements(str(markdown(text))).found]

    assert found == tags


def test_whoever_sends_words_without_a_session_is_led_back_to_the_page(client: Client, claim: Claim) -> None:
    page = claim.get_absolute_url()

    answer = client.post(
        reverse("workbench:verdict-write", args=[claim.pk]), {}, headers={"referer": f"http://testserver{page}"}
    )
    elsewhere = client.post(
        reverse("workbench:verdict-write", args=[claim.pk]), {}, headers={"referer": "https://evil.example/x"}
    )

    assert answer.headers["Location"] == f"/sign-in/?next={page}"
    assert elsewhere.headers["Location"] == "/sign-in/?next=/"


BROWSER = {"accept": "text/html,application/xhtml+xml", "referer": "http://testserver/claims/"}
WRITTEN = {"version": "0", "summary": "Nobody saw the “bridge” <open>.", "reasoning": "First line.\r\n\r\nSecond line."}


def hidden_fields(page: str) -> dict[str, str]:
    found = [dict(attributes) for tag, attributes in Elements(page).found if tag == "input"]
    return {str(one.get("name")): str(one.get("value")) for one in found if one.get("type") == "hidden"}


def test_words_sent_after_the_session_ended_are_sent_again_without_a_script(people: People, claim: Claim) -> None:
    browser, path = Client(), reverse("workbench:verdict-write", args=[claim.pk])

    asked = browser.post(path, WRITTEN, headers=BROWSER)
    carried = hidden_fields(asked.content.decode())
    wrong = browser.post("/sign-in/", {"username": "ben", "password": "wrong", **carried})
    assert hidden_fields(wrong.content.decode())["carried"] == carried["carried"]
    inside = browser.post("/sign-in/", {"username": "ben", "password": "ben", **carried}).content.decode()
    again = hidden_fields(inside)
    saved = browser.post(path, {name: value for name, value in again.items() if name in WRITTEN})

    assert asked.status_code == 403
    assert "What you sent is kept" in asked.content.decode()
    assert "Nobody saw the “bridge” &lt;open&gt;." in inside
    assert saved.status_code == 302
    assert claim.verdicts.get().summary == WRITTEN["summary"]


def test_what_was_carried_is_believed_only_where_we_signed_it(people: People) -> None:
    forged = {"username": "ben", "password": "ben", "carried": "WyIvZXZpbC8iLFtdXQ:1:x"}

    assert Client().post("/sign-in/", forged).status_code == 302


def test_a_form_older_than_the_sign_in_is_kept_only_from_our_own_pages(people: People, claim: Claim) -> None:
    path = reverse("workbench:verdict-write", args=[claim.pk])
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.ben)

    def send(origin: str) -> str:
        return browser.post(path, WRITTEN, headers={**BROWSER, "origin": origin}).content.decode()

    assert "Second line." in send("http://testserver")
    assert "Second line." not in send("https://evil.example")
    assert "Second line." not in browser.post(path, WRITTEN, headers=BROWSER).content.decode()


def test_no_password_is_carried(people: People) -> None:
    fields = {"old_password": "secret-of-ben", "new_password1": "another-secret", "new_password2": "another-secret"}

    assert Client().post("/account/", fields, headers=BROWSER).status_code == 302  # nothing is left to carry
