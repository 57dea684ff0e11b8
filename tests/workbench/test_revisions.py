"""What changed, who else carries a text, and what is not read, in words on the pages."""

from django.urls import reverse

from factcheck.corpus.models import Article, Statement, Watch, WatchResult
from factcheck.corpus.services.aligning import align
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.corpus.services.revisions import rows_of
from factcheck.corpus.services.watching import watch_article
from factcheck.newsroom.models import User
from tests.corpus.test_copying import COPIES, OTHERS, WIRE, add_at
from tests.factories import BRIDGE, NOW, make_article, make_bridge_pair, make_claim, make_said, run_open_jobs
from tests.people import People
from tests.workbench.conftest import SignedIn

GERMAN = """Brücke wieder offen

Der Bürgermeister sagte am Montag, die Brücke werde im Mai wieder geöffnet. Die Opposition bezweifelte das und \
verlangte von der Verwaltung einen Bericht über die Kosten.
"""


def seen(signed_in: SignedIn, person: User, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_both_texts_are_shown_with_what_came_and_went(people: People, signed_in: SignedIn) -> None:
    article = make_article(people.desk, people.ada)
    make_said(article, ("Tomas Reyle", "that the bridge was inspected in January"))
    revise_article(article, NewText(text=BRIDGE.replace("on Sunday", "on Monday").split("\n\nEngineer")[0]), NOW)

    for view in ("inline", "side"):
        page = seen(signed_in, people.ben, f"/articles/{article.pk}/revisions/?view={view}")
        assert '<del><span class="hidden">removed: </span> Sunday</del>' in page
        assert '<ins><span class="hidden">added: </span> Monday</ins>' in page
        assert "0 kept, 0 moved or reworded, 1 lost, 0 new" in page


def test_a_paragraph_that_went_leaves_no_gap_behind(people: People, signed_in: SignedIn) -> None:
    before = "Ferry\n\nIt sails.\n\nIt cost fifty.\n\nNobody was paid.\n\nIt is late."
    after = "Ferry\n\nIt sails.\n\nNobody was paid.\n\nIt cost sixty.\n\nIt is late."

    assert not any("\n\n" in piece.text for row in rows_of(align(before, after)) for piece in row.pieces)


def test_an_article_with_an_address_leads_to_where_it_is_watched_and_how_that_went(
    people: People, signed_in: SignedIn
) -> None:
    article = make_article(people.desk, people.ada)
    Article.objects.filter(pk=article.pk).update(url="https://orla.example/bridge")
    page = seen(signed_in, people.ben, article.get_absolute_url())
    watch_article(Article.objects.get(pk=article.pk), people.ben, NOW)
    Watch.objects.update(looked_at=NOW, result=WatchResult.AWAY, reason="There is no page at this address.")

    assert "/revisions/#watching" in page
    assert "There is no page at this address.</p>" in seen(
        signed_in, people.ben, f"/articles/{article.pk}/revisions/"
    ).replace(" </p>", "</p>")


def test_a_copy_says_whose_it_is_and_shows_its_statements(people: People, signed_in: SignedIn) -> None:
    first = add_at(people, "Agency", WIRE)
    copy = add_at(people, "Evening Star", COPIES["another headline"])
    updated = add_at(people, "Morning Star", OTHERS["figures"])
    run_open_jobs()
    statement = Statement.objects.filter(article=first, content__contains="40,000").get()

    assert f'id="s-{statement.pk}"' in seen(signed_in, people.ben, copy.get_absolute_url())
    assert "Also in 1 other article" in seen(signed_in, people.ben, first.get_absolute_url())
    assert "it says something otherwise" in seen(signed_in, people.ben, updated.get_absolute_url())
    assert "Stands in 2 articles" in seen(signed_in, people.ben, statement.get_absolute_url())
    assert "60,000" in seen(signed_in, people.ben, f"/articles/{updated.pk}/revisions/?beside=first")


def test_what_is_not_read_says_so_and_is_found_by_its_text(people: People, signed_in: SignedIn) -> None:
    article = make_article(people.desk, people.ada, GERMAN)
    run_open_jobs()

    page = seen(signed_in, people.ben, article.get_absolute_url())
    assert "Not read: this text is in German" in page
    assert "Add statement" in page
    assert Article.objects.get().current.language == "de"
    assert "Brücke wieder offen" in seen(signed_in, people.ben, reverse("workbench:search") + "?q=Verwaltung")


def test_a_claim_says_that_its_source_changed_until_somebody_has_looked(people: People, signed_in: SignedIn) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    claim = make_claim(pair, people.ben)
    revise_article(pair.a.article, NewText(text=BRIDGE.replace("January,”", "March,”")), NOW)
    run_open_jobs()

    assert "The source changed on" in seen(signed_in, people.ben, claim.get_absolute_url())
    signed_in(people.ben).post(reverse("workbench:claim-settle", args=[claim.pk]))
    assert "The source changed on" not in seen(signed_in, people.ben, claim.get_absolute_url())
