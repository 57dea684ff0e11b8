import pytest

from factcheck.corpus.errors import ArticleAlreadyHere, UnfitRetrieval
from factcheck.corpus.models import Article, Retrieval
from factcheck.corpus.services.originals import read_original
from factcheck.corpus.services.retrieving import (
    Asked,
    add_article_from_file,
    add_article_from_url,
    read_moment,
)
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, run_open_jobs
from tests.intake.fetching.serving import page, serving
from tests.intake.parsing.made import LAUGHS, PAGE, packed
from tests.people import People

URL = "https://www.daily.example/bridge?utm_source=mail"


def take_in(people: People, name: str, content: bytes, asked: Asked | None = None) -> Retrieval:
    retrieval = add_article_from_file(name, content, asked or Asked(), people.desk, people.ada, now=NOW)
    run_open_jobs()
    return retrieval


def test_a_page_becomes_an_article_with_what_it_says_of_itself(people: People) -> None:
    retrieval = take_in(people, "bridge.html", PAGE.encode())
    article = retrieval.articles.get()
    retrieval.refresh_from_db()

    assert (article.title, str(article.outlet)) == ("Bridge opens in May", "The Daily")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-03-01T10:00:00+00:00"
    assert article.created_by == people.ada
    assert "Read more" not in article.current.text
    assert read_original(retrieval.original_sha256) == PAGE.encode()
    assert AuditEntry.objects.get(verb="ask_retrieval").actor == people.ada


def test_what_a_person_says_of_it_holds(people: People) -> None:
    article = take_in(people, "bridge.html", PAGE.encode(), Asked("Orla Post", NOW)).articles.get()

    assert (str(article.outlet), article.published_at) == ("Orla Post", NOW)


def test_an_address_is_fetched_by_a_job(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(page(PAGE.encode(), kind="text/html")) as served:
        monkeypatch.setattr("factcheck.corpus.services.retrieving.Client", served.client)
        retrieval = add_article_from_url(served.url("/bridge"), Asked(), people.desk, people.ada, NOW)
        assert not served.asked
        run_open_jobs()

    assert [asked.split(b" ")[1] for asked in served.asked] == [b"/robots.txt", b"/bridge"]
    assert retrieval.articles.get().url == served.url("/bridge")


def test_an_address_inside_a_network_is_refused_by_its_job(people: People) -> None:
    add_article_from_url("http://169.254.169.254/latest/meta-data/", Asked(), people.desk, people.ada, NOW)
    run_open_jobs()

    job = Job.objects.get(kind="fetch")
    assert job.state == JobState.FAILED
    assert "private or special network" in job.reason


def test_an_address_that_is_here_already_is_not_fetched(people: People) -> None:
    there = take_in(people, "a.jsonl", b'{"text": "Bridge", "url": "http://daily.example/bridge/"}').articles.get()

    with pytest.raises(ArticleAlreadyHere) as refusal:
        add_article_from_url(URL, Asked(), people.desk, people.ada, NOW)

    assert refusal.value.article_id == there.pk


def test_a_bundle_becomes_many_and_says_what_was_refused(people: People) -> None:
    content = b'{"text": "One"}\n{"text": "Two", "published_at": "2026-03-01"}\n{"text": " \\n"}\n{"text": "x"}\n'
    take_in(people, "many.jsonl", content)

    assert set(Article.objects.values_list("title", flat=True)) == {"One", "Two", "x"}


def test_a_file_of_many_is_added_a_few_at_a_time_and_what_is_refused_keeps_back_nothing_else(people: People) -> None:
    rows = [f'{{"text": "Head {at}\\n\\nBody {at} of them."}}' for at in range(20)]
    rows[3], rows[12], rows[15] = '{"text": " "}', rows[11], '{"text": "\u200b"}'
    retrieval = take_in(people, "many.jsonl", "\n".join(rows).encode())
    retrieval.refresh_from_db()

    assert Article.objects.count() == retrieval.articles.count() == 17
    assert [reason.split(".")[0] for reason in retrieval.refused] == [
        "Line 4 is no JSON object with a “text”",
        "There is no text here",
    ]


def test_a_file_of_which_nothing_can_be_read_keeps_every_reason(people: People) -> None:
    retrieval = take_in(people, "many.zip", packed(one_exe=b"MZ", two_txt=b"", three_exe=b"MZ"))
    retrieval.refresh_from_db()

    job = Job.objects.get(kind="fetch")
    assert (job.state, Article.objects.count()) == (JobState.FAILED, 0)
    assert "None of the 3 parts" in job.reason
    assert [reason.split(":")[0] for reason in retrieval.refused] == ["one.exe", "two.txt", "three.exe"]


def test_the_same_file_again_leads_to_the_same_article(people: People) -> None:
    first, again = (take_in(people, "a.zip", packed(one_txt="One\n\nText.")) for _ in range(2))

    assert first.articles.get() == again.articles.get()


def test_a_file_that_cannot_be_read_fails_with_its_reason(people: People) -> None:
    take_in(people, "a.rss", LAUGHS)

    job = Job.objects.get(kind="fetch")
    assert (job.state, Article.objects.count()) == (JobState.FAILED, 0)
    assert "grammar" in job.reason


def test_what_is_no_address_and_no_file_is_refused_at_once(people: People) -> None:
    with pytest.raises(UnfitRetrieval):
        add_article_from_url("ftp://daily.example/", Asked(), people.desk, people.ada, NOW)
    with pytest.raises(UnfitRetrieval):
        add_article_from_file("a.exe", b"MZ", Asked(), people.desk, people.ada, now=NOW)
    with pytest.raises(NotAllowed):
        add_article_from_url(URL, Asked(), people.desk, people.cleo, NOW)
    assert Retrieval.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-03-01", "2026-03-01"), ("2026-03-01T10:00:00+02:00", "2026-03-01"), ("soon", None), ("2026-99-01", None)],
)
def test_dates_of_pages_are_read_or_left(text: str, day: str | None) -> None:
    moment = read_moment(text)

    assert (moment.date().isoformat() if moment else None) == day
