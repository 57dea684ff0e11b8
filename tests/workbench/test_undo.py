"""One key takes the last act back, another does it again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import ClaimState, Comment, Verdict
from factcheck.claims.services.claims import reword_claim
from factcheck.claims.services.comments import MENDABLE_FOR
from factcheck.claims.services.tags import tag_piece
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.corpus.services.conflicts import reopen_conflict
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.newsroom.models import PastAct, SavedView
from factcheck.newsroom.models.act import KEPT_FOR
from factcheck.newsroom.services import end_sessions
from tests.factories import (
    BRIDGE,
    NOW,
    make_article,
    make_bridge_pair,
    make_claim,
    make_comment,
    make_draft,
    make_pair,
    make_said,
    run_open_jobs,
)
from tests.people import People
from tests.publishing.receiving import make_webhook
from tests.workbench.conftest import SignedIn


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


@pytest.fixture
def pair(people: People) -> ConflictPair:
    return make_bridge_pair(people.desk, people.ada)


def decision(pair: ConflictPair, said: str) -> dict[str, object]:
    return {"decision": said, "version": pair.version}


def test_what_was_taken_back_is_done_again_with_another_key_until_something_new_is_done(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    other = make_bridge_pair(people.desk, people.ada, "Monday", "May")
    ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "superseded"))
    undo = ben.get("/").context["acts"].done
    ben.post(undo.address, undo.fields)

    page = ben.get(pair.get_absolute_url())
    redo = page.context["acts"].taken_back
    assert 'data-key="y"' in page.content.decode()
    assert redo.did == "Decided: Superseded"
    ben.post(redo.address, redo.fields)
    pair.refresh_from_db()
    assert pair.decision == Decision.SUPERSEDED
    shown = ben.get("/").context
    assert shown["acts"].taken_back is None
    assert shown["acts"].done.did == "Decided: Superseded"

    ben.post(shown["acts"].done.address, shown["acts"].done.fields)
    ben.post(reverse("workbench:conflict-decide", args=[other.pk]), decision(other, "compatible"))
    assert ben.get("/").context["acts"].taken_back is None


def test_no_key_asks_again_for_what_somebody_else_changed(people: People, ben: Client, pair: ConflictPair) -> None:
    ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "superseded"))
    pair.refresh_from_db()
    reopen_conflict(pair, pair.version, people.lea, NOW)

    undo = ben.get("/").context["acts"].done
    assert ben.post(undo.address, undo.fields).status_code == 409
    assert ben.get("/").context["acts"].done is None


def test_no_key_asks_again_for_what_is_no_longer_there(ben: Client) -> None:
    view = {"page": "corpus_conflictpair", "query": "q=bridge", "name": "Bridges"}
    ben.post(reverse("workbench:view-save"), view)
    SavedView.objects.all().delete()

    undo = ben.get("/").context["acts"].done
    assert undo.did == "View saved"
    assert ben.post(undo.address, undo.fields).status_code == 404
    assert ben.get("/").context["acts"].done is None


def test_a_claim_that_was_closed_by_mistake_is_open_as_before_and_closed_again(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    claim = make_claim(pair, people.ben)
    ben.post(reverse("workbench:claim-close", args=[claim.pk]), {"version": claim.version})

    for key, state in (("done", ClaimState.OPEN), ("taken_back", ClaimState.CLOSED)):
        act = getattr(ben.get(claim.get_absolute_url()).context["acts"], key)
        ben.post(act.address, act.fields)
        claim.refresh_from_db()
        assert claim.state == state


def test_a_tag_is_put_on_taken_off_and_refused_twice(people: People, ben: Client, pair: ConflictPair) -> None:
    tag_piece(pair, "Bridge", people.lea, NOW)
    path = reverse("workbench:pair-tag", args=[pair.pk])

    assert ben.post(path, {"name": "bridge", "act": "put_on"}).status_code == 409
    ben.post(path, {"name": "Bridge", "act": "take_off"})
    assert not pair.taggings.exists()
    undo = ben.get(pair.get_absolute_url()).context["acts"].done
    ben.post(undo.address, undo.fields)
    assert [str(tagging.tag) for tagging in pair.taggings.all()] == ["Bridge"]


def test_submitting_approving_and_sending_back_are_taken_back_and_done_again(
    people: People, signed_in: SignedIn, pair: ConflictPair
) -> None:
    ben, lea = signed_in(people.ben), signed_in(people.lea)
    claim = make_claim(pair, people.ben, people.ben, people.lea)
    verdict = make_draft(claim, people.ben)
    ben.post(reverse("workbench:verdict-write", args=[claim.pk]), verdict_form(verdict, "submit"))
    there_and_back(ben, verdict, "draft", "submitted")

    note = {"version": newest(verdict).version, "note": "Which log?\r\nAnd why?"}
    lea.post(reverse("workbench:verdict-send-back", args=[verdict.pk]), note)
    there_and_back(lea, verdict, "submitted", "sent_back")
    assert newest(verdict).note == "Which log?\nAnd why?"

    ben.post(reverse("workbench:verdict-submit", args=[verdict.pk]), {"version": newest(verdict).version})
    lea.post(reverse("workbench:verdict-approve", args=[verdict.pk]), {"version": newest(verdict).version})
    there_and_back(lea, verdict, "submitted", "approved")
    claim.refresh_from_db()
    assert claim.state == ClaimState.DECIDED


def test_evidence_and_replies_that_were_taken_out_are_put_back_as_they_were(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    claim = make_claim(pair, people.ben, people.ben, people.lea)
    verdict = make_draft(claim, people.ben)
    replied = {
        "reply_who": "Ilse Varga",
        "reply_outcome": "answered",
        "reply_answer": "It was.",
        "reply_asked_on": "2026-03-01",
    }
    ben.post(reverse("workbench:verdict-write", args=[claim.pk]), verdict_form(verdict, "reply") | replied)
    source, reply = verdict.evidence.get(), verdict.replies.get()

    for gone in (f"remove:{source.pk}", f"remove-reply:{reply.pk}"):
        ben.post(reverse("workbench:verdict-write", args=[claim.pk]), verdict_form(newest(verdict), gone))
        undo = ben.get(claim.get_absolute_url()).context["acts"].done
        assert (undo.did, undo.about) == ("Taken out", source.title if "reply" not in gone else reply.who)
        assert ben.post(undo.address, undo.fields).status_code == 302

    again, answered = verdict.evidence.get(), verdict.replies.get()
    assert (again.url, again.excerpt, again.bearing) == (source.url, source.excerpt, source.bearing)
    assert (answered.answer, answered.asked_on) == (reply.answer, reply.asked_on)
    assert newest(verdict).reasoning == verdict.reasoning


def test_the_last_act_waits_wherever_one_signs_in_next_and_for_nobody_else(
    people: People, ben: Client, signed_in: SignedIn, pair: ConflictPair
) -> None:
    ben.post(reverse("workbench:conflict-decide", args=[pair.pk]), decision(pair, "superseded"))
    ben.post(reverse("workbench:sign-out"))
    again = signed_in(people.ben)

    undo = again.get("/").context["acts"].done
    assert undo.did == "Decided: Superseded"
    assert signed_in(people.lea).get("/").context["acts"].done is None
    again.post(undo.address, undo.fields)
    pair.refresh_from_db()
    assert pair.decision == ""


def test_a_key_takes_nothing_back_of_last_week_nor_after_all_sessions_were_ended(
    people: People, ben: Client, signed_in: SignedIn, pair: ConflictPair
) -> None:
    path = reverse("workbench:conflict-decide", args=[pair.pk])
    ben.post(path, decision(pair, "superseded"))
    PastAct.objects.update(at=timezone.now() - KEPT_FOR)
    assert ben.get("/").context["acts"].done is None

    PastAct.objects.update(at=timezone.now())
    end_sessions(people.ben, people.amir, timezone.now())  # as when a role was taken away
    assert signed_in(people.ben).get("/").context["acts"].done is None


def press(browser: Client, key: str) -> str:
    """One key, and what the page says that it did."""
    act = getattr(browser.get("/").context["acts"], key)
    assert browser.post(act.address, act.fields).status_code == 302
    return str(act.did)


def test_several_acts_on_one_thing_are_taken_back_one_after_another_and_done_again(
    ben: Client, pair: ConflictPair
) -> None:
    said, address = pair.a, reverse("workbench:statement-mend", args=[pair.a_id])
    for act in ("denial", "pledge", "question"):
        form = ben.get(said.get_absolute_url()).context["form"]
        filled = {name: form[name].value() or "" for name in form.fields} | {"act": act}
        assert ben.post(address, filled)["Location"].endswith(f"#s-{said.pk}")

    found = []
    for key in ("done", "done", "done", "taken_back", "taken_back", "taken_back", "done"):
        press(ben, key)
        said.refresh_from_db()
        found.append(said.act)

    assert found == ["pledge", "denial", "assertion", "denial", "pledge", "question", "pledge"]


def test_an_earlier_act_is_not_taken_back_over_what_somebody_else_did_between(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    claim = make_claim(pair, people.ben)
    path = reverse("workbench:claim-reword", args=[claim.pk])
    ben.post(path, {"version": claim.version, "text": "First."})
    claim.refresh_from_db()
    reword_claim(claim, "Lea's.", claim.version, people.lea, NOW)
    ben.post(path, {"version": claim.version, "text": "Second."})

    press(ben, "done")
    undo = ben.get("/").context["acts"].done
    assert ben.post(undo.address, undo.fields).status_code == 409
    claim.refresh_from_db()
    assert claim.text == "Lea's."


def test_a_comment_that_was_taken_back_is_said_after_all(people: People, ben: Client, pair: ConflictPair) -> None:
    comment = make_comment(make_claim(pair, people.ben), people.ben, "Ask @lea.", now=timezone.now())
    ben.post(reverse("workbench:comment-delete", args=[comment.pk]), {"version": comment.version})

    for key, body in (("done", "Ask @lea."), ("taken_back", ""), ("done", "Ask @lea.")):
        press(ben, key)
        comment.refresh_from_db()
        assert (comment.body, comment.deleted_at is None) == (body, bool(body))
    assert [str(one.person) for one in comment.mentions.all()] == ["Lea"]


def test_a_comment_that_colleagues_may_have_answered_stays_and_the_key_says_why(
    people: People, ben: Client, pair: ConflictPair
) -> None:
    comment = make_comment(make_claim(pair, people.ben), people.ben, now=timezone.now())
    ben.post(reverse("workbench:comment-delete", args=[comment.pk]), {"version": comment.version})
    press(ben, "done")
    Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now() - MENDABLE_FOR)

    redo = ben.get("/").context["acts"].taken_back
    answer = ben.post(redo.address, redo.fields)
    assert answer.status_code == 409
    assert "stays, as others may have read it" in answer.content.decode()
    assert ben.get("/").context["acts"].taken_back is None
    comment.refresh_from_db()
    assert comment.body == "Which log?"


def test_a_comment_that_was_changed_says_again_what_it_said(people: People, ben: Client, pair: ConflictPair) -> None:
    comment = make_comment(make_claim(pair, people.ben), people.ben, "Which log?", now=timezone.now())
    for body in ("Which logs?", "Whose logs?"):
        comment.refresh_from_db()
        ben.post(reverse("workbench:comment-edit", args=[comment.pk]), {"version": comment.version, "body": body})

    for key, body in (("done", "Which logs?"), ("done", "Which log?"), ("taken_back", "Which logs?")):
        press(ben, key)
        comment.refresh_from_db()
        assert comment.body == body


def test_what_one_has_looked_at_waits_again(people: People, ben: Client) -> None:
    article = make_article(people.desk, people.ada)
    a, b = make_said(article, ("Ilse Varga", "The bridge was inspected in January"), ("Tomas Reyle", "in January"))
    claim = make_claim(make_pair(article, a, b), people.ben)
    revise_article(article, NewText(text=BRIDGE.replace("inspected in January,” M", "seen,” M")), NOW)
    run_open_jobs()
    waiting = claim.source_changes.filter(settled_at__isnull=True)
    assert waiting.exists()

    ben.post(reverse("workbench:claim-settle", args=[claim.pk]))
    for key, waits in (("done", True), ("taken_back", False), ("done", True)):
        press(ben, key)
        assert waiting.exists() == waits


def test_feeds_and_webhooks_are_switched_back(people: People, signed_in: SignedIn) -> None:
    lea = signed_in(people.lea)
    feed = add_feed("https://orla.example/feed", Wanted(), people.desk, people.lea, NOW)
    webhook, _ = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    lea.post(reverse("workbench:feed-pause", args=[feed.pk]), {"version": feed.version})
    lea.post(reverse("workbench:webhook-off", args=[webhook.pk]), {"version": webhook.version})

    for key, state in (("done", ("active", True)), ("taken_back", ("paused", False))):
        press(lea, key)
        press(lea, key)
        feed.refresh_from_db()
        webhook.refresh_from_db()
        assert (feed.state, webhook.is_enabled) == state


def newest(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)


def verdict_form(verdict: Verdict, then: str) -> dict[str, object]:
    said = {"version": verdict.version, "rating": verdict.rating_id, "summary": verdict.summary}
    return {**said, "reasoning": verdict.reasoning, "bearing": "context", "reply_outcome": "asked", "then": then}


def there_and_back(browser: Client, verdict: Verdict, before: str, after: str) -> None:
    """One key takes the last act back, another does it again."""
    assert newest(verdict).state == after
    for key, state in (("done", before), ("taken_back", after)):
        act = getattr(browser.get(verdict.get_absolute_url()).context["acts"], key)
        as_sent = {name: value.replace("\n", "\r\n") for name, value in act.fields.items()}
        assert browser.post(act.address, as_sent).status_code == 302
        assert newest(verdict).state == state
