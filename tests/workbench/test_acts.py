"""What people do on the pages: it happens, or the page says why not and keeps what they wrote."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factcheck.claims.models import Claim, Verdict, VerdictState
from factcheck.corpus.models import Article, ConflictPair, Decision, PairStatus
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.ledger.models import Job, JobState
from tests.factories import (
    BRIDGE,
    NOW,
    make_article,
    make_bridge_pair,
    make_claim,
    make_draft,
    make_scale,
    make_submitted,
)
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture
def ada(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ada)


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


@pytest.fixture
def lea(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.lea)


@pytest.fixture
def pair(people: People) -> ConflictPair:
    return make_bridge_pair(people.desk, people.ada)


@pytest.fixture
def claim(people: People, pair: ConflictPair) -> Claim:
    make_scale(people.desk)
    return make_claim(pair, people.ben, people.ben, people.lea)


def article_form(people: People, **fields: object) -> dict[str, object]:
    return {
        "desk": people.desk.pk,
        "text": BRIDGE,
        "outlet": "Orla Post",
        "adds_outlet": "on",
        "published": "2026-03-01",
    } | fields


def test_a_pasted_article_is_added_and_its_analysis_queued(people: People, ada: Client) -> None:
    answer = ada.post(reverse("workbench:article-add"), article_form(people))

    article = Article.objects.get()
    assert answer.headers["Location"] == article.get_absolute_url()
    assert Job.objects.get().priority > 0
    assert "waiting for a worker" in ada.get(article.get_absolute_url()).content.decode()


def test_a_file_is_taken_in_place_of_the_text(people: People, ada: Client) -> None:
    upload = SimpleUploadedFile("bridge.txt", BRIDGE.encode())

    ada.post(reverse("workbench:article-add"), article_form(people, text="", file=upload))

    assert Article.objects.get().current.text == BRIDGE.strip()


RUBBISH = [
    ({"text": ""}, "There is no text here"),
    ({"text": "\x00\x00"}, "There is no text here"),
    ({"text": "x" * (2 * 1024 * 1024 + 1)}, "an article may have 2 MB"),
    ({"text": "A\n" + "x" * (1024 * 1024 + 1)}, "One line of this text is over 1 MB"),
    ({"published": "2026-13-45"}, "Enter a valid date"),
    ({"published": "2999-01-01"}, "lies in the future"),
    ({"published": "", "published_time": "10:00"}, "Give the day as well"),
    ({"outlet": "Unheard of", "adds_outlet": ""}, "no outlet named “Unheard of”"),
    ({"url": "javascript:alert(1)"}, "This is no web address. Give one that begins with https://"),
    ({"desk": "not a desk"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("fields", "words"), RUBBISH, ids=[words for _, words in RUBBISH])
def test_rubbish_is_refused_in_words_and_what_was_typed_stays(
    people: People, ada: Client, fields: dict[str, object], words: str
) -> None:
    answer = ada.post(reverse("workbench:article-add"), article_form(people, **fields))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Traceback" not in page
    assert not Article.objects.exists()
    if "text" not in fields:
        assert "The bridge was inspected in January" in page


@pytest.mark.parametrize(
    "text", ["Head\n\nlone \ud800 surrogate", "Head\n\nNUL \x00 inside", "Head\n\n\u202eturned\u202c"]
)
def test_odd_characters_are_taken_and_flagged(people: People, text: str, ada: Client) -> None:
    ada.post(reverse("workbench:article-add"), article_form(people, text=text.encode("utf-8", "replace").decode()))

    article = Article.objects.get()
    assert ada.get(article.get_absolute_url()).status_code == 200
    if "\x00" in text or "\u202e" in text:
        assert article.current.flags


def test_the_same_article_twice_leads_to_the_first(people: People, ada: Client) -> None:
    ada.post(reverse("workbench:article-add"), article_form(people))

    answer = ada.post(reverse("workbench:article-add"), article_form(people))

    assert answer.status_code == 422
    assert Article.objects.get().get_absolute_url() in answer.content.decode()


def test_whoever_may_not_add_is_told_so(people: People, signed_in: SignedIn) -> None:
    answer = signed_in(people.amir).post(reverse("workbench:article-add"), article_form(people))

    assert answer.status_code == 403
    assert not Article.objects.exists()


def test_an_article_is_restricted_and_archived(people: People, ada: Client, ben: Client) -> None:
    article = make_article(people.desk, people.ada)
    assert "Restrict" not in ben.get(article.get_absolute_url()).content.decode()

    ada.post(reverse("workbench:article-restrict", args=[article.pk]), {"version": article.version})
    assert ben.get(article.get_absolute_url()).status_code == 404
    article.refresh_from_db()
    ada.post(reverse("workbench:article-archive", args=[article.pk]), {"version": article.version})

    assert "archived" in ada.get(article.get_absolute_url()).content.decode()
    assert list(ada.get("/").context["inbox"].latest) == []


def test_a_request_that_is_far_too_large_is_refused_in_words(people: People, ada: Client) -> None:
    answer = ada.post(reverse("workbench:article-add"), article_form(people, text="x" * 9_000_000))

    assert answer.status_code == 400
    assert "An article may have 2 MB" in answer.content.decode()


def test_failed_work_is_tried_again_and_cancelled(people: People, ada: Client) -> None:
    article = make_article(people.desk, people.ada)
    job = Job.objects.get()

    ada.post(reverse("workbench:job-cancel", args=[job.pk]))
    assert "Try again" in ada.get(article.get_absolute_url()).content.decode()
    ada.post(reverse("workbench:job-retry", args=[job.pk]))

    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def decision(pair: ConflictPair, said: str) -> dict[str, object]:
    return {"decision": said, "version": pair.version}


def test_a_decision_slides_to_the_next_and_is_undone_with_one_key(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    other = make_bridge_pair(people.desk, people.ada, "Monday", "May")

    answer = ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "conflict"))
    assert answer.headers["Location"] == other.get_absolute_url()
    page = ben.get(other.get_absolute_url())
    undo = page.context["acts"].done
    assert 'data-key="z"' in page.content.decode()

    ben.post(undo.address, undo.fields)
    pair.refresh_from_db()
    assert pair.status == PairStatus.SUGGESTED
    assert ben.get("/").context["acts"].done is None


def test_the_last_decision_leads_to_the_end_of_the_queue(ben: Client, pair: ConflictPair) -> None:
    answer = ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "compatible"), follow=True)

    assert "No suggested conflict waits" in answer.content.decode()


def test_a_pair_that_another_person_just_decided_says_so(people: People, ben: Client, pair: ConflictPair) -> None:
    seen = decision(pair, "conflict")
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.lea, now=NOW)

    answer = ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), seen)

    assert answer.status_code == 409
    assert "Lea has decided this pair already: Compatible" in answer.content.decode()


@pytest.mark.parametrize(
    "fields",
    [{}, {"decision": "conflict"}, {"decision": "maybe", "version": 1}, {"decision": "conflict", "version": "x"}],
)
def test_an_incomplete_decision_is_refused(ben: Client, pair: ConflictPair, fields: dict[str, object]) -> None:
    answer = ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), fields)

    pair.refresh_from_db()
    assert (answer.status_code, pair.status) == (409, PairStatus.SUGGESTED)


def test_a_reporter_sees_a_pair_and_may_not_decide_it(ada: Client, pair: ConflictPair) -> None:
    assert "decide suggested conflicts" in ada.get(pair.get_absolute_url()).content.decode()

    answer = ada.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "conflict"))

    assert answer.status_code == 403
    assert "does not allow you to decide a suggested conflict" in answer.content.decode()


def test_a_claim_is_opened_from_a_pair_and_a_second_time_leads_to_it(ben: Client, pair: ConflictPair) -> None:
    path = reverse("workbench:claim-open", args=[pair.pk])

    first = ben.post(path, {"side": "a", "text": "The bridge was inspected."})
    second = ben.post(path, {"side": "a", "text": "Again."})

    assert first.headers["Location"] == second.headers["Location"] == Claim.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    "fields", [{"side": "a", "text": " "}, {"side": "a", "text": "x" * 601}, {"side": "c", "text": "x"}]
)
def test_a_claim_that_is_no_sentence_keeps_what_was_typed(
    ben: Client, pair: ConflictPair, fields: dict[str, str]
) -> None:
    answer = ben.post(reverse("workbench:claim-open", args=[pair.pk]), fields)

    assert answer.status_code == 422
    assert fields["text"] in answer.content.decode()
    assert not Claim.objects.exists()


def verdict_form(claim: Claim, **fields: object) -> dict[str, object]:
    verdict = claim.verdicts.unfinished().first()
    rating = claim.desk.rating_scales.get().ratings.first()
    written = {"version": verdict.version if verdict else 0, "rating": rating.pk if rating else ""}
    return written | {"summary": "It was.", "reasoning": "The *log*.", "then": "save"} | fields


EVIDENCE = {"then": "attach", "evidence_title": "Log", "evidence_url": "https://example.org/log", "bearing": "supports"}


def write(client: Client, claim: Claim, **fields: object) -> int:
    return client.post(reverse("workbench:verdict-write", args=[claim.pk]), verdict_form(claim, **fields)).status_code


def test_article_to_approved_verdict_by_two_people(ben: Client, lea: Client, claim: Claim) -> None:
    assert write(ben, claim) == 302
    assert write(ben, claim, **EVIDENCE) == 302
    assert write(ben, claim, then="submit") == 302
    verdict = Verdict.objects.get()
    assert "Somebody else has to approve it" in ben.get(claim.get_absolute_url()).content.decode()

    lea.post(reverse("workbench:verdict-approve", args=[verdict.pk]), {"version": verdict.version})

    page = lea.get(claim.get_absolute_url()).content.decode()
    assert "<em>log</em>" in page
    assert "1 of 1 approval" in page
    assert Verdict.objects.get().state == VerdictState.APPROVED


def test_an_author_who_approves_by_hand_is_refused(people: People, ben: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    answer = ben.post(reverse("workbench:verdict-approve", args=[verdict.pk]), {"version": verdict.version})

    assert answer.status_code == 409
    assert "Somebody else has to approve it" in answer.content.decode()


def test_sending_back_shows_the_note_to_the_author(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)

    lea.post(
        reverse("workbench:verdict-send-back", args=[verdict.pk]), {"version": verdict.version, "note": "Which log?"}
    )

    assert "Sent back: Which log?" in ben.get(claim.get_absolute_url()).content.decode()
    assert [row.pk for row in ben.get("/").context["inbox"].sent_back] == [verdict.pk]


def test_a_stale_save_shows_both_texts_and_loses_nothing(
    people: People, ben: Client, lea: Client, claim: Claim
) -> None:
    make_draft(claim, people.ben)
    seen = verdict_form(claim, summary="Lea's sentence.")
    write(ben, claim, summary="Ben's sentence.")

    answer = lea.post(reverse("workbench:verdict-write", args=[claim.pk]), seen)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile" in page
    assert "Ben&#x27;s" in page
    assert "Lea&#x27;s sentence." in page
    assert write(lea, claim, summary="Both sentences.") == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"summary": "x" * 601}, "sentence has 601 characters"),
        ({"reasoning": "y" * 50_001}, "reasoning has 50,001"),
        ({"then": "submit"}, "at least one piece of evidence"),
        ({"then": "attach", "evidence_title": ""}, "Say in the title"),
        (EVIDENCE | {"evidence_url": "javascript:alert(1)"}, "is no web address"),
        ({"then": "remove:" + "-" * 36}, "taken out already"),
        ({"then": "explode"}, "Then: Enter a valid value"),
        ({"rating": "0"}, "Rating: Select a valid choice"),
    ],
)
def test_a_refused_save_keeps_what_was_written(
    ben: Client, claim: Claim, fields: dict[str, object], words: str
) -> None:
    form = verdict_form(claim, **({"summary": "My sentence."} | fields))

    answer = ben.post(reverse("workbench:verdict-write", args=[claim.pk]), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert str(form["summary"]) in page


def test_evidence_is_taken_out(people: People, ben: Client, claim: Claim) -> None:
    evidence = make_draft(claim, people.ben).evidence.get()

    write(ben, claim, then=f"remove:{evidence.pk}")

    assert not Verdict.objects.get().evidence.exists()


def test_markdown_is_shown_without_scripts(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    hostile = "<script>alert(1)</script> [b](https://example.org) <img src=x onerror=alert(1)> **bold**"
    write(ben, claim, reasoning=hostile, **EVIDENCE)
    write(ben, claim, reasoning=hostile, then="submit")
    # What came in by another way is stopped where it is shown.
    Verdict.objects.update(reasoning=f"{hostile} [a](javascript:alert(1)) ![c](https://example.org/c.png)")

    page = lea.get(claim.get_absolute_url()).content.decode()

    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page


def test_taking_closing_and_reopening_a_claim(lea: Client, claim: Claim) -> None:
    lea.post(reverse("workbench:claim-take", args=[claim.pk]))
    for name, state in (("claim-close", "closed"), ("claim-reopen", "in_work")):
        claim.refresh_from_db()
        lea.post(reverse(f"workbench:{name}", args=[claim.pk]), {"version": claim.version})
        assert Claim.objects.get().state == state


def test_sign_in_changes_the_session_and_sign_out_ends_it(people: People, client: Client) -> None:
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "ada", "password": "wrong"})
    assert "do not go together" in client.post("/sign-in/", {"username": "ada", "password": "wrong"}).content.decode()

    client.post("/sign-in/", {"username": "ada", "password": "ada"})
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302


def test_sign_in_does_not_lead_to_another_host(people: People, client: Client) -> None:
    answer = client.post(
        "/sign-in/?next=https://evil.example/", {"username": "ada", "password": "ada", "next": "https://evil.example/"}
    )

    assert answer.headers["Location"] == "/"
