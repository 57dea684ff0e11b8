"""The claim page and what hangs on it: wording, right of reply, history, the approval, the dossier."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.claims.models import Claim, Reply, Verdict, VerdictState
from factcheck.claims.services.claims import assign_claim, reopen_claim, reword_claim
from factcheck.claims.services.taking_back import take_back_send_back
from factcheck.claims.services.verdicts import (
    VerdictText,
    approve_verdict,
    send_back_verdict,
    submit_verdict,
    write_verdict,
)
from factcheck.corpus.services.articles import restrict_article
from tests.factories import NOW, make_bridge_pair, make_claim, make_comment, make_draft, make_scale, make_submitted
from tests.people import People
from tests.workbench.conftest import SignedIn


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


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def form(claim: Claim, **fields: object) -> dict[str, object]:
    verdict = claim.verdicts.unfinished().first()
    return {"version": verdict.version if verdict else 0, "summary": "It was.", "reasoning": "The log."} | fields


def write(client: Client, claim: Claim, **fields: object) -> tuple[int, str]:
    answer = client.post(reverse("workbench:verdict-write", args=[claim.pk]), form(claim, **fields), follow=True)
    return answer.status_code, answer.content.decode()


def test_the_page_says_by_name_what_a_verdict_still_needs(ben: Client, claim: Claim) -> None:
    assert "a rating, the verdict in one sentence, the reasoning and at least one piece of evidence" in page(
        ben, claim.get_absolute_url()
    )

    _, after = write(ben, claim, evidence_title="Log", then="save")

    assert "<span data-missing>a rating</span>" in after


def test_each_step_of_the_scale_is_described(ben: Client, claim: Claim) -> None:
    words = page(ben, claim.get_absolute_url())

    assert 'aria-describedby="means-' in words
    assert "It is unproven." in words


def test_evidence_and_right_of_reply_come_along_with_any_button(ben: Client, claim: Claim) -> None:
    status, words = write(
        ben, claim, evidence_title="Log", reply_who="The mayor", reply_outcome="declined", reply_asked_on="2026-03-01"
    )

    assert (status, Verdict.objects.get().evidence.count()) == (200, 1)
    assert Reply.objects.get().get_outcome_display() == "declined to comment"
    assert "asked 1 Mar 2026" in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reply_who": "The mayor", "reply_asked_on": "yesterday"}, "“yesterday” is no day"),
        ({"reply_answer": "I stand by it."}, "Say who was asked"),
        ({"then": "reply"}, "Say who was asked"),
        ({"then": "remove-reply:" + "-" * 36}, "taken out already"),
        ({"reasoning": "[x](javascript:alert(1))"}, "is no web address"),
    ],
)
def test_a_refused_entry_keeps_what_was_typed(ben: Client, claim: Claim, fields: dict[str, object], words: str) -> None:
    status, shown = write(ben, claim, summary="My sentence.", **fields)

    assert (status, words in shown, "My sentence." in shown) == (422, True, True)
    assert str(fields.get("reply_asked_on", "")) in shown


def test_an_entry_is_taken_out(ben: Client, claim: Claim) -> None:
    write(ben, claim, reply_who="The mayor")

    write(ben, claim, then=f"remove-reply:{Reply.objects.get().pk}")

    assert not Reply.objects.exists()


def test_what_was_written_too_late_is_shown_to_be_copied(people: People, ben: Client, claim: Claim) -> None:
    make_submitted(claim, people.ben)

    status, words = write(ben, claim, summary="Too late.", reasoning="Much too late.", evidence_title="A source")

    assert status == 422
    for kept in ("Ask the reviewer to send it back", "Too late.", "Much too late.", "A source"):
        assert kept in words


def test_whoever_may_not_write_gets_their_words_back(people: People, signed_in: SignedIn, claim: Claim) -> None:
    status, words = write(signed_in(people.ada), claim, summary="My sentence.")

    assert (status, "My sentence." in words) == (403, True)
    assert "does not allow you to write a verdict" in words


def test_a_longer_text_does_not_pass_over_what_somebody_saved_meanwhile(
    people: People, ben: Client, lea: Client, claim: Claim
) -> None:
    make_draft(claim, people.ben)
    seen = form(claim)["version"]
    write(ben, claim, summary="Ben's sentence.")
    _, refused = write(lea, claim, version=seen, reasoning="x" * 50_001)
    assert f'name="version" value="{seen}"' in refused

    status, _ = write(lea, claim, version=seen, summary="Lea's sentence.")

    assert status == 409
    assert Verdict.objects.get().summary == "Ben's sentence."


def test_a_stale_save_is_merged_from_both_texts(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    first = "One.\n\nTwo.\n\nThree."
    write(ben, claim, reasoning=first)
    seen = form(claim)["version"]
    write(ben, claim, reasoning="One, says Ben.\n\nTwo.\n\nThree.")

    status, words = write(
        lea, claim, version=seen, reasoning="One.\n\nTwo.\n\nThree, says Lea.", evidence_title="A source", then="attach"
    )

    assert status == 409
    assert "Ben saved while you wrote" in words
    assert "One, says Ben.\n\nTwo.\n\nThree, says Lea." in words
    assert 'name="evidence_title" value="A source"' in words
    assert "The two changes fit together" in words


def test_a_rating_that_both_changed_is_chosen_again(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    true, unproven, false = claim.desk.rating_scales.get().ratings.all()
    write(ben, claim, rating=true.pk)
    seen = form(claim)["version"]
    write(ben, claim, rating=unproven.pk)

    status, words = write(lea, claim, version=seen, rating=false.pk)

    assert (status, "Choose one." in words, " checked" in words) == (409, True, False)


def test_submitting_asks_for_the_newest_version(people: People, lea: Client, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    said = {"rating": verdict.rating_id, "summary": verdict.summary, "reasoning": verdict.reasoning}

    status, _ = write(lea, claim, **said, version=verdict.version - 1, then="submit")

    verdict.refresh_from_db()
    assert (status, verdict.state) == (409, VerdictState.DRAFT)


def test_the_same_words_saved_twice_are_saved_once(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    write(ben, claim)
    seen = form(claim)["version"]

    status, _ = write(lea, claim, version=0, then="save")

    assert (status, form(claim)["version"]) == (200, seen)


def test_after_an_approved_verdict_the_next_begins_empty(people: People, ben: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    approve_verdict(verdict, verdict.version, people.lea, NOW)
    claim.refresh_from_db()
    reopen_claim(claim, claim.version, people.lea, NOW)

    words = page(ben, claim.get_absolute_url())

    assert 'name="version" value="0"' in words
    assert "Verdict 1: True" in words
    assert "Take out: Inspection log" not in words
    assert "Still missing:" in words


def test_the_claim_is_reworded_and_a_stale_wording_is_kept(people: People, ben: Client, claim: Claim) -> None:
    address, seen = reverse("workbench:claim-reword", args=[claim.pk]), claim.version
    reword_claim(claim, "Lea's words.", claim.version, people.lea, NOW)

    stale = ben.post(address, {"version": seen, "text": "Ben's words."})
    empty = ben.post(address, {"version": claim.version, "text": " "})
    fresh = ben.post(address, {"version": claim.version, "text": "Both words."})

    assert (stale.status_code, empty.status_code, fresh.status_code) == (409, 422, 302)
    assert "Lea&#x27;s words." in stale.content.decode()
    assert "Ben&#x27;s words." in stale.content.decode()
    assert Claim.objects.get().text == "Both words."


def test_the_second_person_reads_it_as_readers_will(people: People, lea: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    assert f'href="{verdict.get_absolute_url()}"' in page(lea, claim.get_absolute_url())

    words = page(lea, verdict.get_absolute_url())

    for part in ("As readers will see it", "Approve", "Send back", "<em>one</em>", "Inspection log", "Ilse Varga"):
        assert part in words
    for part in ("What stands against publishing it", "None of the articles", "ClaimReview, strict", "claimReviewed"):
        assert part in words
    assert "Tomas Reyle" not in words  # who denies it makes no appearance
    assert "Changed since" not in words


def test_the_author_is_told_why_they_may_not_approve(people: People, ben: Client, claim: Claim) -> None:
    words = page(ben, make_submitted(claim, people.ben).get_absolute_url())

    assert "Somebody else has to approve it" in words
    assert "verdict-approve" not in words
    assert ">Approve</button>" not in words


def test_what_changed_since_it_was_sent_back_is_shown(people: People, ben: Client, lea: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    lea.post(
        reverse("workbench:verdict-send-back", args=[verdict.pk]), {"version": verdict.version, "note": "Which log?"}
    )
    rating = claim.desk.rating_scales.get().ratings.last()
    assert rating is not None
    fields = {"summary": "The log of the bridge refutes it.", "rating": rating.pk, "evidence_title": "Second log"}
    write(ben, claim, **fields, reasoning=verdict.reasoning, then="submit")

    words = page(lea, verdict.get_absolute_url())

    for part in ("Changed since it was sent back", "Which log?", "<del>shows</del>", "<ins>refutes</ins>"):
        assert part in words
    assert "<del>True</del> <ins>False</ins>" in words
    assert "<ins>Second log</ins>" in words


def test_what_changed_since_the_verdict_before_is_shown(people: People, lea: Client, claim: Claim) -> None:
    first = make_submitted(claim, people.ben)
    approve_verdict(first, first.version, people.lea, NOW)
    claim.refresh_from_db()
    reopen_claim(claim, claim.version, people.lea, NOW)
    second = make_draft(claim, people.ben)
    text = VerdictText(second.rating, "The log of the bridge refutes it.", second.reasoning)
    write_verdict(second, text, second.version, people.ben, NOW)

    words = page(lea, second.get_absolute_url())

    assert "Changed since the verdict before" in words
    assert "<ins>refutes</ins>" in words


@pytest.mark.parametrize("note", [" ", "x" * 5_001])
def test_a_note_that_is_refused_is_kept(people: People, lea: Client, claim: Claim, note: str) -> None:
    verdict = make_submitted(claim, people.ben)

    answer = lea.post(
        reverse("workbench:verdict-send-back", args=[verdict.pk]), {"version": verdict.version, "note": note}
    )

    assert answer.status_code == 422
    assert note in answer.content.decode()


def test_saves_in_a_row_are_one_sentence_of_the_history(people: People, ben: Client, claim: Claim) -> None:
    for number in range(3):
        write(ben, claim, summary=f"Sentence {number}.")
    assign_claim(claim, people.ada, people.lea, NOW)

    lines = [f"{line.who} {line.what}" for line in ben.get(claim.get_absolute_url()).context["screen"].history]

    assert lines[:3] == ["Lea assigned this claim to Ada", "Ben saved the verdict 3 times", "Ben started a verdict"]


def test_what_was_sent_back_by_mistake_leaves_no_note_behind(people: People, lea: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    write_verdict(verdict, VerdictText(verdict.rating, verdict.summary, "Of May."), verdict.version, people.ben, NOW)
    submit_verdict(verdict, verdict.version, people.ben, NOW)

    send_back_verdict(verdict, "The wrong button.", verdict.version, people.lea, NOW)
    take_back_send_back(verdict, verdict.version, people.lea, NOW)

    words = page(lea, verdict.get_absolute_url())
    assert "The wrong button." not in words
    assert "Changed since it was sent back" in words, "by the note that stands"
    assert "Which log?" in words
    assert "<ins>Of May.</ins>" in words


def test_the_dossier_holds_everything(people: People, lea: Client, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    make_comment(claim, people.ada, "Ask the mayor.")

    words = page(lea, reverse("workbench:claim-dossier", args=[claim.pk]))

    for part in ("The bridge was inspected", "Tomas Reyle", "Inspection log", "Ask the mayor.", "Which log?", "denial"):
        assert part in words


def test_what_is_restricted_is_in_no_dossier(people: People, ben: Client, claim: Claim) -> None:
    verdict, article = make_submitted(claim, people.ben), claim.appearances.first()
    assert article is not None
    restricted = article.statement.article
    restrict_article(restricted, [], restricted.version, people.lea, NOW)

    assert ben.get(reverse("workbench:claim-dossier", args=[claim.pk])).status_code == 404
    assert ben.get(verdict.get_absolute_url()).status_code == 404


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["claim", "claim-dossier"])
def test_more_talk_evidence_and_history_ask_no_more_queries(
    people: People, ben: Client, claim: Claim, name: str
) -> None:
    address = reverse(f"workbench:{name}", args=[claim.pk])
    assert claim.checked is not None

    def more(part: int) -> None:
        make_comment(claim, people.lea, "@ben: why?")
        make_comment(claim.checked or claim, people.ada)
        write(ben, claim, summary=f"{part}.", evidence_title=f"Log {part}", reply_who=f"Mayor {part}")

    more(0)
    before = queries(ben, address)
    for part in (1, 2, 3):
        more(part)

    assert queries(ben, address) <= before
