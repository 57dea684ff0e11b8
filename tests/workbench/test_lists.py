"""The lists: views saved and shared, and one act on many rows, counted first and taken back as one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Assignment, Tag, Tagging
from factcheck.claims.services.assignments import assign_work, reassign_work
from factcheck.claims.services.tags import tag_piece, untag_piece
from factcheck.corpus.models import Article, ConflictPair, Decision, PairStatus
from factcheck.corpus.services.bulk import bulk_runs_open_to, cancel_bulk, outcome_of, plan_bulk, start_bulk, undo_bulk
from factcheck.corpus.services.conflicts import decide_conflict, reopen_conflict
from factcheck.jobs.runner import run_job
from factcheck.jobs.schedule import queue_routine
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.errors import NotAllowed, UnfitView
from factcheck.newsroom.models import Notice, SavedView, ViewAlert
from factcheck.newsroom.views import NewView, save_view
from tests.factories import BRIDGE, NOW, make_article, make_bridge_pair
from tests.people import People
from tests.workbench.conftest import SignedIn

MONTHS = ("January", "March", "May", "June")
PAIRS = "corpus_conflictpair"


@pytest.fixture
def lea(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.lea)


@pytest.fixture
def pairs(people: People) -> list[ConflictPair]:
    made = [make_bridge_pair(people.desk, people.ada, month, month) for month in MONTHS]
    return list(ConflictPair.objects.filter(pk__in=[pair.pk for pair in made]).order_by("created_seq"))


def bulk_fields(verb: str, **more: Any) -> dict[str, Any]:
    return {"page": PAIRS, "query": "", "verb": verb, **more}


def run_bulk_jobs() -> None:
    """Do what is queued of bulk acts, as a worker would."""
    for job in Job.objects.filter(kind="bulk", state=JobState.QUEUED):
        run_job(job.pk)


def statuses(pairs: list[ConflictPair]) -> list[str]:
    found = {pair.pk: pair.status for pair in ConflictPair.objects.filter(pk__in=[pair.pk for pair in pairs])}
    return [found[pair.pk] for pair in pairs]


def test_articles_without_an_outlet_are_a_choice_of_the_filter_and_say_so(people: People, signed_in: SignedIn) -> None:
    bare = make_article(people.desk, people.ada, BRIDGE + "By itself.", outlet="")
    make_article(people.desk, people.ada)
    ada, path = signed_in(people.ada), reverse("admin:corpus_article_changelist")

    (chosen,) = re.findall(r'<a href="([^"]*)"[^>]*>\s*no outlet', ada.get(path).content.decode())
    assert list(ada.get(f"{path}{chosen}").context["cl"].result_list) == [bare]
    assert ">no outlet</td>" in ada.get(f"{path}{chosen}").content.decode()


# --- Saved views ---


def look_at_views(minutes: int) -> None:
    """The routine, this many minutes on."""
    queue_routine("look at saved views", NOW + timedelta(minutes=minutes))
    for job in Job.objects.filter(kind="view_alerts", state=JobState.QUEUED):
        run_job(job.pk)


def test_a_person_is_told_once_of_what_newly_matches_a_view(
    people: People, lea: Client, pairs: list[ConflictPair]
) -> None:
    decide_conflict(pairs[0], Decision.CONFLICT, pairs[0].version, people.ben, now=NOW)
    fields = {"page": PAIRS, "query": "status__exact=suggested", "name": "Open", "alerts": "on"}
    lea.post(reverse("workbench:view-save"), fields)
    assert "Tell me no more" in lea.get(SavedView.objects.get().get_absolute_url()).content.decode()
    look_at_views(0)
    assert not Notice.objects.exists()

    reopen_conflict(pairs[0], pairs[0].version, people.ben, NOW)  # one that did not match before
    make_bridge_pair(people.desk, people.ada, "July", "July")
    look_at_views(10)
    look_at_views(20)

    (told,) = lea.get(reverse("workbench:notices")).context["screen"].told
    assert (told.kind, told.title) == ("2 new in a saved view", "Open")
    assert told.address == SavedView.objects.get().get_absolute_url()
    lea.post(reverse("workbench:view-alert"), {"view": SavedView.objects.get().pk, "act": "end"})
    assert not ViewAlert.objects.exists()


def test_a_view_is_saved_with_its_live_count(people: People, lea: Client, pairs: list[ConflictPair]) -> None:
    path = reverse(f"admin:{PAIRS}_changelist")
    query = "status__exact=suggested&p=2&nonsense=1"

    lea.post(reverse("workbench:view-save"), {"page": PAIRS, "query": query, "name": " Waiting  ones "})
    decide_conflict(pairs[0], Decision.CONFLICT, pairs[0].version, people.ben, now=NOW)
    (tab,) = lea.get(path).context["desk"].views

    assert SavedView.objects.get().query == "status__exact=suggested"
    assert (tab.view.name, tab.is_current) == ("Waiting ones", False)
    assert tab.count == ConflictPair.objects.awaiting_editor().count()
    assert lea.get(tab.address).context["desk"].is_saved


def test_saved_views_stand_in_the_rail_of_every_page_and_are_counted_behind_it(
    people: People, signed_in: SignedIn, pairs: list[ConflictPair]
) -> None:
    save_view(NewView(PAIRS, "Waiting", "status__exact=suggested", people.desk), people.lea, NOW)
    save_view(NewView(PAIRS, "Lost a filter", "nothing__exact=1"), people.ben, NOW)
    ben = signed_in(people.ben)

    page = ben.get(reverse("workbench:work")).content.decode()
    counted = ben.get(reverse("workbench:view-counts"), headers={"x-poll": "1"}).content.decode()

    assert 'hx-trigger="load, every 60s"' in page
    for words in (page, counted):
        assert f'href="{reverse(f"admin:{PAIRS}_changelist")}?status__exact=suggested"' in words
    assert f"Waiting</span> <b>{len(pairs)}</b>" in counted
    assert "Lost a filter</span> <b></b>" in counted
    assert "rail-views" not in signed_in(people.cleo).get("/").content.decode()


def test_a_view_is_ones_own_unless_a_lead_shares_it(people: People, signed_in: SignedIn) -> None:
    save_view(NewView(PAIRS, "Mine", "q=bridge"), people.lea, NOW)
    save_view(NewView(PAIRS, "Ours", "q=bridge", people.desk), people.lea, NOW)

    def names(person: Any) -> list[str]:
        return [
            tab.view.name for tab in signed_in(person).get(reverse(f"admin:{PAIRS}_changelist")).context["desk"].views
        ]

    assert (names(people.lea), names(people.ben), names(people.cleo)) == (["Ours", "Mine"], ["Ours"], [])
    with pytest.raises(NotAllowed):
        save_view(NewView(PAIRS, "Bens", "", people.desk), people.ben, NOW)


def test_two_views_of_one_name_and_odd_queries_are_refused(people: People, lea: Client) -> None:
    save_view(NewView(PAIRS, "Mine", ""), people.lea, NOW)

    with pytest.raises(UnfitView):
        save_view(NewView(PAIRS, "Mine", ""), people.lea, NOW)
    for fields in ({"page": "auth_user", "name": "x", "query": ""}, {"page": PAIRS, "name": "", "query": ""}):
        assert lea.post(reverse("workbench:view-save"), fields).status_code == 409


def test_a_view_is_removed_by_whoever_made_it(people: People, signed_in: SignedIn) -> None:
    mine = save_view(NewView(PAIRS, "Mine", ""), people.ben, NOW)
    path = reverse("workbench:view-remove", args=[mine.pk])

    assert signed_in(people.lea).post(path).status_code == 404
    assert signed_in(people.ben).post(path).status_code == 302
    assert not SavedView.objects.exists()


# --- Many at once ---


def test_first_comes_the_count_and_nothing_is_changed(people: People, lea: Client, pairs: list[ConflictPair]) -> None:
    decide_conflict(pairs[0], Decision.CONFLICT, pairs[0].version, people.ben, now=NOW)
    chosen = [str(pair.pk) for pair in pairs[:3]]

    answer = lea.post(reverse("workbench:bulk-plan"), bulk_fields("superseded", chosen=chosen))

    screen = answer.context["screen"]
    assert (screen.count, screen.plan.left) == (2, 1)
    assert "1 of those chosen stay" in answer.content.decode()
    assert statuses(pairs) == ["confirmed", "suggested", "suggested", "suggested"]


def test_many_are_dismissed_in_the_background_and_taken_back_as_one(
    people: People, lea: Client, pairs: list[ConflictPair]
) -> None:
    before = AuditEntry.objects.filter(verb="decide_conflict").count()
    chosen = [str(pair.pk) for pair in pairs[:3]]

    answer = lea.post(reverse("workbench:bulk-start"), bulk_fields("superseded", chosen=chosen, expected=3))
    waiting = lea.get(answer.headers["Location"]).content.decode()
    assert statuses(pairs) == ["suggested"] * 4
    run_bulk_jobs()
    done = lea.get(answer.headers["Location"]).content.decode()
    after = statuses(pairs)
    undo = lea.get("/").context["acts"].done
    back = lea.post(undo.address)
    run_bulk_jobs()

    assert "Waiting for a worker" in waiting
    assert "3 / 3" in done
    assert after == ["dismissed"] * 3 + ["suggested"]
    assert statuses(pairs) == ["suggested"] * 4
    assert "3 / 3" in lea.get(back.headers["Location"]).content.decode()
    assert AuditEntry.objects.filter(verb="decide_conflict").count() == before + 3
    assert AuditEntry.objects.filter(verb="reopen_conflict", actor=people.lea).count() == 3
    assert lea.get("/").context["acts"].done is None

    lea.post(lea.get("/").context["acts"].taken_back.address)
    run_bulk_jobs()
    assert statuses(pairs) == ["dismissed"] * 3 + ["suggested"]


def test_everything_that_matches_is_meant_by_its_box(lea: Client, pairs: list[ConflictPair]) -> None:
    fields = bulk_fields("superseded", everything="on") | {"query": "status__exact=suggested"}
    count = lea.post(reverse("workbench:bulk-plan"), fields).context["screen"].count

    lea.post(reverse("workbench:bulk-start"), {**fields, "expected": count})
    run_bulk_jobs()

    assert count == 4
    assert statuses(pairs) == ["dismissed"] * 4


def test_another_number_than_was_said_is_said_again_first(
    people: People, lea: Client, pairs: list[ConflictPair]
) -> None:
    chosen = [str(pair.pk) for pair in pairs]
    decide_conflict(pairs[0], Decision.CONFLICT, pairs[0].version, people.ben, now=NOW)

    answer = lea.post(reverse("workbench:bulk-start"), bulk_fields("superseded", chosen=chosen, expected=4))

    assert answer.status_code == 409
    assert "It was 4 when you looked; now it is 3" in answer.content.decode()
    assert not bulk_runs_open_to(people.lea).exists()


def test_what_somebody_changed_meanwhile_stays_theirs(people: People, pairs: list[ConflictPair]) -> None:
    run = start_bulk(plan_bulk("superseded", ConflictPair.objects.all(), people.lea), people.lea, NOW)
    decide_conflict(pairs[0], Decision.CONFLICT, pairs[0].version, people.ben, now=NOW)
    run_bulk_jobs()
    run.refresh_from_db()
    done = outcome_of(run)
    pairs[1].refresh_from_db()
    reopen_conflict(pairs[1], pairs[1].version, people.ben, NOW)
    decide_conflict(pairs[1], Decision.CONFLICT, pairs[1].version, people.ben, now=NOW)

    undo_bulk(run, people.lea, timezone.now())
    run_bulk_jobs()

    assert (done.done, done.of) == (3, 4)
    assert statuses(pairs) == ["confirmed", "confirmed", "suggested", "suggested"]


def test_a_run_that_was_cancelled_half_way_is_taken_back_too(people: People, pairs: list[ConflictPair]) -> None:
    run = start_bulk(plan_bulk("superseded", ConflictPair.objects.all(), people.lea), people.lea, NOW)
    decide_conflict(pairs[0], Decision.SUPERSEDED, pairs[0].version, people.lea, now=NOW)  # as its first step does
    cancel_bulk(run, people.lea, timezone.now())
    run.refresh_from_db()

    undo_bulk(run, people.lea, timezone.now())
    run_bulk_jobs()

    assert run.state == JobState.CANCELLED
    assert statuses(pairs) == ["suggested"] * 4


def test_parked_pairs_are_parked_again_and_reopened_ones_decided_as_they_were(
    people: People, pairs: list[ConflictPair]
) -> None:
    decide_conflict(pairs[0], Decision.UNCLEAR, pairs[0].version, people.ben, now=NOW)
    decide_conflict(pairs[1], Decision.CONFLICT, pairs[1].version, people.ben, now=NOW)
    for verb, chosen in (("compatible", pairs[:1]), ("reopen", pairs[1:2])):
        rows = ConflictPair.objects.filter(pk__in=[pair.pk for pair in chosen])
        run = start_bulk(plan_bulk(verb, rows, people.lea), people.lea, timezone.now())
        run_bulk_jobs()
        run.refresh_from_db()
        undo_bulk(run, people.lea, timezone.now())
        run_bulk_jobs()

    assert statuses(pairs) == [PairStatus.PARKED, PairStatus.CONFIRMED, "suggested", "suggested"]


def test_articles_are_archived_and_put_back(people: People, lea: Client, pairs: list[ConflictPair]) -> None:
    fields = {"page": "corpus_article", "query": "", "verb": "archive", "everything": "on", "expected": 4}

    lea.post(reverse("workbench:bulk-start"), fields)
    run_bulk_jobs()
    archived = Article.objects.current().count()
    lea.post(lea.get("/").context["acts"].done.address)
    run_bulk_jobs()

    assert (archived, Article.objects.current().count()) == (0, 4)


def test_many_are_given_to_a_colleague_and_taken_back_as_one_but_for_what_others_hold(
    people: People, lea: Client, pairs: list[ConflictPair]
) -> None:
    assign_work(pairs[0], people.lea, people.lea, NOW)
    fields = {"page": "corpus_conflictpair", "query": "", "verb": "assign_pair", "everything": "on", "expected": 3}
    plan = lea.post(reverse("workbench:bulk-plan"), fields).context["screen"]

    assert (plan.count, plan.plan.left, people.ada in plan.people) == (3, 1, False)
    assert lea.post(reverse("workbench:bulk-start"), {**fields, "choice": people.ada.pk}).status_code == 409
    answer = lea.post(reverse("workbench:bulk-start"), {**fields, "choice": people.ben.pk})
    run_bulk_jobs()
    assert "3 / 3" in lea.get(answer.headers["Location"]).content.decode()
    assert Assignment.objects.of(people.ben).count() == 3
    reassign_work(Assignment.objects.on(pairs[1]).with_pieces().get(), people.lea, people.lea, timezone.now())

    lea.post(lea.get("/").context["acts"].done.address)
    run_bulk_jobs()
    assert set(Assignment.objects.values_list("person", "pair")) == {
        (people.lea.pk, pairs[0].pk),
        (people.lea.pk, pairs[1].pk),
    }


def test_many_are_tagged_found_by_their_tag_and_untagged_as_one(
    people: People, lea: Client, pairs: list[ConflictPair]
) -> None:
    lea.post(reverse("workbench:pair-tag", args=[pairs[0].pk]), {"name": " For  Friday", "act": "put_on"})
    fields = {"page": "corpus_conflictpair", "query": "", "verb": "tag_pair", "everything": "on", "expected": 4}

    lea.post(reverse("workbench:bulk-start"), {**fields, "choice": "for friday"})
    run_bulk_jobs()
    tag = Tag.objects.get()
    found = lea.get(reverse("admin:corpus_conflictpair_changelist"), {"taggings__tag__id__exact": str(tag.pk)})
    assert (tag.name, found.context["cl"].result_count) == ("For Friday", 4)

    lea.post(lea.get("/").context["acts"].done.address)
    run_bulk_jobs()
    assert [tagging.pair for tagging in Tagging.objects.all()] == pairs[:1]


def test_a_tag_is_taken_off_many_and_put_back_on_those_alone(
    people: People, lea: Client, pairs: list[ConflictPair]
) -> None:
    for pair in pairs[:3]:
        tag_piece(pair, "Friday", people.ben, NOW)
    fields = {"page": "corpus_conflictpair", "query": "", "verb": "untag_pair", "everything": "on", "expected": 3}
    assert lea.post(reverse("workbench:bulk-start"), {**fields, "choice": "Monday"}).status_code == 409

    lea.post(reverse("workbench:bulk-start"), {**fields, "choice": "friday"})
    untag_piece(pairs[0], "Friday", people.ben, timezone.now())
    run_bulk_jobs()
    assert not Tagging.objects.exists()

    lea.post(lea.get("/").context["acts"].done.address)
    run_bulk_jobs()
    assert {tagging.pair for tagging in Tagging.objects.all()} == set(pairs[1:3])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"chosen": []}, "Nothing is chosen"),
        ({"chosen": ["no-id"]}, "Nothing is chosen"),
        ({"verb": "archive"}, "cannot be done to the rows of this list"),
        ({"verb": "conflict"}, "conflict"),
        ({"everything": "on", "query": "a__article__desk=1"}, "cannot be filtered so"),
    ],
)
def test_what_cannot_be_done_to_many_is_refused_in_words(
    lea: Client, pairs: list[ConflictPair], fields: dict[str, Any], words: str
) -> None:
    answer = lea.post(reverse("workbench:bulk-plan"), bulk_fields("superseded") | fields)

    assert answer.status_code == 409
    assert words in answer.content.decode()


def test_only_leads_mark_rows_and_only_of_their_own_desk(
    people: People, signed_in: SignedIn, lea: Client, pairs: list[ConflictPair]
) -> None:
    path = reverse(f"admin:{PAIRS}_changelist")
    fields = bulk_fields("superseded", chosen=[str(pairs[0].pk)])

    page = lea.get(path).content.decode()
    assert page.count('name="chosen"') == len(pairs)
    assert "checked" not in page
    assert 'name="chosen"' not in signed_in(people.ben).get(path).content.decode()
    assert signed_in(people.ben).post(reverse("workbench:bulk-plan"), fields).status_code == 403
    assert "Nothing is chosen" in signed_in(people.cleo).post(reverse("workbench:bulk-plan"), fields).content.decode()


def test_an_empty_list_tells_whoever_reads_nothing_that_it_is_their_role(people: People, signed_in: SignedIn) -> None:
    make_article(people.desk, people.ada)
    path = reverse("admin:corpus_article_changelist")

    amir, ada = (signed_in(person).get(path).content.decode() for person in (people.amir, people.ada))

    assert "Your role does not read what the desks work on" in amir
    assert "No article is here yet" not in amir
    assert "Your role does not read" not in ada
