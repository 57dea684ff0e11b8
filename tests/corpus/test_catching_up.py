"""What an older version left undone is made good: keys of copies, words of unread texts, learned languages."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from factcheck.corpus.models import Article, RevisionWords, TextKey
from factcheck.corpus.services.catching_up import articles_before_keys, queue_learned
from factcheck.corpus.services.indexing import INDEX
from factcheck.corpus.services.readers import EngineReader
from factcheck.corpus.services.unread import unread_with
from factcheck.ledger.changes import record_change
from factcheck.ledger.models import Job
from tests.corpus.wire import STORIES
from tests.factories import make_article, run_open_jobs
from tests.people import People

pytestmark = pytest.mark.django_db

FRENCH = """Le pont ouvrira en mai

Le ministre a déclaré mardi que le nouveau pont sur la rivière ouvrira en mai, avec deux ans de retard sur le plan.
L’opposition a réclamé une enquête sur les coûts du chantier, que la ville dit ne pas connaître encore.
"""
CHINESE = (
    "新桥将于五月开放\n\n"
    + "部长周二表示，横跨河流的新桥将于五月开放。\n比计划晚了两年，反对党要求调查建筑费用。\n" * 9
)


def keep_the_timetable() -> None:
    with record_change(actor=None, now=timezone.now()) as change:
        change.enqueue(INDEX, str(Job.objects.count()), None)
    run_open_jobs()


def test_articles_that_are_older_than_the_keys_get_theirs_and_find_their_copies(people: People) -> None:
    old = [make_article(people.desk, people.ada, text) for text in STORIES.values()]
    run_open_jobs()
    TextKey.objects.filter(article__in=[article.pk for article in old[:3]]).delete()
    assert articles_before_keys() == old[:3]

    keep_the_timetable()

    assert articles_before_keys() == []
    TextKey.objects.all().delete()
    call_command("reindex", "--copies")
    call_command("reindex", "--copies")
    assert set(TextKey.objects.values_list("article", flat=True)) == {article.pk for article in old}
    copy = make_article(people.desk, people.ada, "Elsewhere\n" + old[0].current.text.partition("\n")[2])
    run_open_jobs()
    copy.refresh_from_db()
    assert copy.copy_of == old[0]


def test_an_unread_text_is_found_by_its_words_until_it_is_read(people: People) -> None:
    french, chinese = (make_article(people.desk, people.ada, text) for text in (FRENCH, CHINESE))
    run_open_jobs()

    def found(query: str) -> list[Article]:
        return list(unread_with(Article.objects.all(), query))

    assert (found("enquête chantier"), found("enquête tram"), found("rivi")) == ([french], [], [french])
    assert (found("反对党"), found("党反对"), found("调查")) == ([chinese], [], [chinese])
    RevisionWords.objects.all().delete()
    keep_the_timetable()
    assert found("enquête") == [french]


def test_what_the_engine_learns_to_read_is_queued(people: People) -> None:
    french = make_article(people.desk, people.ada, FRENCH)
    make_article(people.desk, people.ada, CHINESE)
    run_open_jobs()
    newer = EngineReader("another")
    assert queue_learned(timezone.now(), reader=newer) == 0

    assert queue_learned(timezone.now(), {"en", "fr"}, newer) == 1
    assert queue_learned(timezone.now(), {"en", "fr"}, newer) == 0

    (job,) = Job.objects.filter(kind="extract", state="queued")
    assert job.subject_id == french.pk
