"""An address alone, or a file that is no text, is taken in by a job: with scripts and without."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.corpus.models import Article, Retrieval
from tests.factories import run_open_jobs
from tests.intake.parsing.made import PAGE, RSS
from tests.people import People
from tests.workbench.conftest import SignedIn

ADD = "/articles/add/"
HTMX = {"HX-Request": "true"}


def test_a_page_that_is_uploaded_becomes_an_article(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)
    file = SimpleUploadedFile("bridge.html", PAGE.encode())

    sent = ada.post(ADD, {"desk": str(people.desk.pk), "file": file})
    waiting = ada.get(sent.headers["Location"]).content.decode()
    run_open_jobs()
    taken_in = ada.get(sent.headers["Location"])
    in_the_box = ada.get(sent.headers["Location"], headers=HTMX)

    article = Article.objects.get()
    assert sent.status_code == 302
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "bridge.html" in waiting
    assert taken_in.headers["Location"] == in_the_box.headers["HX-Redirect"] == article.get_absolute_url()


def test_what_stood_around_a_text_is_shown_as_no_part_of_it(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)

    ada.post(ADD, {"desk": str(people.desk.pk), "file": SimpleUploadedFile("bridge.html", PAGE.encode())})
    run_open_jobs()

    article = Article.objects.get()
    shown = ada.get(article.get_absolute_url()).content.decode()
    assert "Read more" not in article.current.text
    assert "<li>Read more: all about the bridge</li>" in shown


def test_an_address_alone_is_fetched_and_a_refusal_says_why(people: People, signed_in: SignedIn) -> None:
    ada = signed_in(people.ada)

    sent = ada.post(ADD, {"desk": str(people.desk.pk), "url": "http://127.0.0.1/"})
    run_open_jobs()
    shown = ada.get(sent.headers["Location"]).content.decode()

    assert "private or special network" in shown
    assert "Try again" in shown


def test_an_address_with_a_text_only_says_where_it_stands(people: People, signed_in: SignedIn) -> None:
    given = {"desk": str(people.desk.pk), "url": "https://orla.example/a", "text": "Bridge\n\nIt will open."}
    signed_in(people.ada).post(ADD, given)

    assert Article.objects.get().url == "https://orla.example/a"
    assert Retrieval.objects.count() == 0


@pytest.mark.parametrize("given", [{"url": "http://a:b@orla.example/"}, {"file": SimpleUploadedFile("a.exe", b"MZ")}])
def test_what_cannot_be_taken_in_is_said_on_the_form(
    people: People, signed_in: SignedIn, given: dict[str, object]
) -> None:
    answer = signed_in(people.ada).post(ADD, {"desk": str(people.desk.pk), "outlet": "Orla Post", **given})

    assert answer.status_code == 422
    assert 'value="Orla Post"' in answer.content.decode()


def test_a_colleague_does_not_see_what_one_handed_in(people: People, signed_in: SignedIn) -> None:
    sent = signed_in(people.ada).post(ADD, {"desk": str(people.desk.pk), "url": "https://orla.example/a"})

    assert signed_in(people.ben).get(sent.headers["Location"]).status_code == 404


@pytest.mark.thorough
def test_more_articles_of_a_file_add_no_queries(people: People, signed_in: SignedIn) -> None:
    ada, counts = signed_in(people.ada), []
    for content in (RSS, RSS.replace(b"</channel>", b"<item><title>Third</title></item></channel>")):
        sent = ada.post(ADD, {"desk": str(people.desk.pk), "file": SimpleUploadedFile("a.rss", content)})
        run_open_jobs()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert ada.get(sent.headers["Location"]).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_text_in_another_charset_is_read_by_a_job(people: People, signed_in: SignedIn) -> None:
    file = SimpleUploadedFile("odd.txt", "Новый мост\n\nМинистр заявил, что мост откроется.".encode("cp1251"))

    assert signed_in(people.ada).post(ADD, {"desk": str(people.desk.pk), "file": file}).status_code == 302
    run_open_jobs()

    assert Article.objects.get().title == "Новый мост"


UNFIT = {"long.txt": (b"x\n" * 3_000_000, "6.0 MB"), "a.bin": (b"x", "(bin)")}


@pytest.mark.parametrize("name", UNFIT)
def test_a_file_that_is_not_read_is_refused_in_words(people: People, signed_in: SignedIn, name: str) -> None:
    raw, words = UNFIT[name]
    file = SimpleUploadedFile(name, raw)

    answer = signed_in(people.ada).post(ADD, {"desk": str(people.desk.pk), "file": file})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Article.objects.exists()
