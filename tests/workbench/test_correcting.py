"""Correcting on the pages: what people mark, type and choose happens, or the page says why not and keeps it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.corpus.models import Anchor, Article, Outlet, Speaker, Statement
from factcheck.corpus.services.correcting import Attribution, mend_statement
from factcheck.engine import Act
from tests.factories import NOW, make_article, make_pair, make_said
from tests.people import People
from tests.workbench.conftest import SignedIn
from tests.workbench.teams import queries_of

TEXT = """Bridge 🔥 over the Orla closed

The council closed the 🔥 bridge on Sunday and said it would reopen in May.

“The bridge was inspected in January,” Mayor Ilse Varga said.
"""
CLOSED, INSPECTED = "closed the 🔥 bridge on Sunday", "The bridge was inspected in January"


@pytest.fixture
def article(people: People) -> Article:
    return make_article(people.desk, people.ada, TEXT)


@pytest.fixture
def said(article: Article) -> Statement:
    return make_said(article, ("Ilse Varga", INSPECTED))[0]


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


def address(name: str, thing: Any) -> str:
    return reverse(f"workbench:{name}", args=[thing.pk])


def filled(statement: Statement, **more: object) -> dict[str, object]:
    """What a browser sends of the form as it stands, and what the person changed."""
    anchor = statement.anchors.get()
    place = {"start": anchor.start, "end": anchor.end, "words": statement.content, "revision": 1}
    whose = {"speaker": statement.speaker.name, "kind": "person", "relay": "", "act": statement.act}
    whose |= {"cue": "", "said_on": ""}
    return {"version": statement.version, **place, **whose, **more}


def words_of(statement: Statement) -> str:
    anchor = Anchor.objects.get(statement=statement)
    assert TEXT[anchor.start : anchor.end] == anchor.content
    return anchor.content


# --- Reading ---


def test_the_reader_says_where_each_paragraph_starts_in_the_stored_text(article: Article, ben: Client) -> None:
    page = ben.get(article.get_absolute_url()).content.decode()

    for line in ("The council closed", "“The bridge"):
        assert f'data-start="{article.current.text.index(line)}"' in page


FILTERS = [
    ("", 3),
    ("speaker={varga}", 2),
    ("act=denial", 1),
    ("conflict=1", 2),
    ("worthy=1", 1),
    ("speaker={varga}&conflict=1", 1),
    ("act=nonsense&speaker=", 3),
    ("speaker=nobody", 0),
]


@pytest.mark.thorough
@pytest.mark.parametrize(("query", "shown"), FILTERS)
def test_the_address_filters_what_is_shown(people: People, ben: Client, query: str, shown: int) -> None:
    article = make_article(people.desk, people.ada, TEXT)
    said, closed, may = make_said(
        article, ("Ilse Varga", INSPECTED), ("Tomas Reyle", CLOSED), ("Ilse Varga", "reopen in May")
    )
    make_pair(article, closed, said)
    Statement.objects.filter(pk=closed.pk).update(act="denial")
    Statement.objects.filter(pk=may.pk).update(checkworthiness=0.9)

    reader = ben.get(f"{article.get_absolute_url()}?{query.format(varga=said.speaker_id)}").context["reader"]

    cards = [card for paragraph in reader.paragraphs for card in paragraph.cards]
    assert (len(cards), reader.shown, reader.statements) == (shown, shown, 3)
    assert "".join(piece.text for paragraph in reader.paragraphs for piece in paragraph.pieces) == "".join(
        article.current.text.split("\n")[1:]
    )


def test_overlapping_statements_show_both_lines(people: People, ben: Client) -> None:
    article = make_article(people.desk, people.ada, TEXT)
    make_said(article, ("Ilse Varga", CLOSED), ("Tomas Reyle", "the 🔥 bridge"))

    page = ben.get(article.get_absolute_url()).content.decode()

    assert 'class="st tint-2 act-assertion over-1 over-assertion"' in page


def test_threads_join_what_conflicts_in_the_text(people: People, article: Article, ben: Client) -> None:
    said, closed = make_said(article, ("Ilse Varga", INSPECTED), ("Tomas Reyle", CLOSED))
    pair = make_pair(article, closed, said)

    answer = ben.get(article.get_absolute_url())

    (thread,) = answer.context["reader"].threads.threads
    assert (thread.pair, thread.is_within) == (pair, True)
    assert f'data-threads="{closed.pk}"' in answer.content.decode()
    assert f'href="{pair.get_absolute_url()}"' in answer.content.decode()


# --- Adding and mending ---


def test_marked_words_are_added_and_taken_back_with_one_key(article: Article, ben: Client) -> None:
    start = article.current.text.index(CLOSED)
    place = {"revision": 1, "start": start, "end": start + len(CLOSED), "words": CLOSED}

    answer = ben.post(address("statement-add", article), {**place, "speaker": "The council", "act": "pledge"})

    statement = Statement.objects.get()
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#s-{statement.pk}"
    assert (words_of(statement), statement.act, statement.origin) == (CLOSED, "pledge", "hand")
    undo = ben.get(article.get_absolute_url()).context["acts"].done
    ben.post(undo.address, undo.fields)
    assert not Statement.objects.present().exists()
    assert ben.get(article.get_absolute_url()).context["acts"].done is None


def test_words_alone_do_without_scripts(article: Article, ben: Client) -> None:
    ben.post(address("statement-add", article), {"revision": 1, "words": CLOSED, "speaker": "The council"})

    assert words_of(Statement.objects.get()) == CLOSED


WRONG = [
    ({"words": "", "speaker": "X"}, "No words are marked"),
    ({"words": CLOSED, "speaker": ""}, "needs somebody who says it"),
    ({"words": "the ferry", "speaker": "X"}, "does not stand in the text"),
    ({"start": 20, "end": 60, "speaker": "X"}, "A statement stands in one paragraph"),
    ({"start": 0, "end": 3_000_000, "speaker": "X"}, "lies outside the text"),
    ({"start": -1, "end": 3, "speaker": "X"}, "greater than or equal to 0"),
    ({"start": 10**9, "end": 10**9 + 5, "speaker": "X"}, "less than or equal to"),
    ({"words": CLOSED, "speaker": "<script>" * 60}, "480 characters"),
    ({"words": CLOSED, "speaker": "X", "act": "lie"}, "Select a valid choice"),
    ({"words": CLOSED, "speaker": "X", "revision": 9}, "The article changed since you loaded it"),
]


@pytest.mark.parametrize(("fields", "words"), WRONG, ids=[words for _, words in WRONG])
def test_a_refused_mark_says_why_and_keeps_what_was_typed(
    article: Article, ben: Client, fields: dict[str, object], words: str
) -> None:
    answer = ben.post(address("statement-add", article), {"revision": 1, **fields})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["form"]["speaker"].value() == fields["speaker"]
    assert not Statement.objects.exists()


def test_the_form_comes_with_the_words_that_were_marked(article: Article, ben: Client) -> None:
    start = article.current.text.index(CLOSED)
    page = ben.get(address("statement-add", article), {"start": start, "end": start + len(CLOSED)})

    assert page.context["form"]["words"].value() == CLOSED
    assert ben.get(address("statement-add", article), {"start": "x", "end": "²"}).status_code == 200


MENDS = [
    ({"words": "inspected in January"}, "inspected in January"),
    ({"start": TEXT.index("bridge was"), "end": TEXT.index("bridge was") + 20}, "bridge was inspected"),
    ({"words": CLOSED}, CLOSED),
    ({"act": "pledge"}, INSPECTED),
]


@pytest.mark.parametrize(("changed", "words"), MENDS)
def test_words_or_characters_mend_a_span(said: Statement, ben: Client, changed: dict[str, object], words: str) -> None:
    answer = ben.post(address("statement-mend", said), filled(said, **changed))

    assert answer.status_code == 302
    assert words_of(said) == words
    assert Statement.objects.get(pk=said.pk).speaker_id == said.speaker_id


def test_beside_the_text_the_reader_loads_anew_where_it_stands(said: Statement, ben: Client) -> None:
    form = ben.get(said.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    done = ben.post(address("statement-mend", said), filled(said, act="pledge"), headers={"HX-Request": "true"})

    assert "<html" not in form
    assert 'hx-target="#mending"' in form
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")


def test_a_stale_mend_shows_what_stands_there_now_and_keeps_what_was_typed(
    people: People, said: Statement, ben: Client
) -> None:
    stale = filled(said, speaker="Tomas Reyle")
    mend_statement(said, said.version, Attribution(act=Act.DENIAL), people.lea, NOW)

    answer = ben.post(address("statement-mend", said), stale)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else saved this first" in page
    assert "What stands there now" in page
    assert answer.context["form"]["speaker"].value() == "Tomas Reyle"
    again = {**stale, "version": answer.context["form"]["version"].value()}
    assert ben.post(address("statement-mend", said), again).status_code == 302
    assert Statement.objects.get(pk=said.pk).speaker.name == "Tomas Reyle"


def test_one_is_split_where_chosen_and_made_one_again(said: Statement, ben: Client) -> None:
    splits = ben.get(said.get_absolute_url()).context["screen"].splits
    at = next(choice.value for choice in splits if choice.label.startswith("in January"))
    ben.post(address("statement-split", said), {"version": said.version, "at": at})
    assert {words_of(one) for one in Statement.objects.present()} == {"The bridge was inspected", "in January"}

    (partner,) = ben.get(said.get_absolute_url()).context["screen"].partners
    ben.post(address("statement-merge", said), {"version": said.version + 1, "other": partner.value})

    assert words_of(Statement.objects.present().get()) == INSPECTED


@pytest.mark.parametrize("other", ["", "x", "0" * 36 + ":1", "1:1"])
def test_a_damaged_choice_is_named(said: Statement, ben: Client, other: str) -> None:
    answer = ben.post(address("statement-merge", said), {"version": said.version, "other": other})

    assert answer.status_code in (404, 409)


def test_what_is_no_statement_is_taken_back_and_gone_from_the_page(said: Statement, ben: Client) -> None:
    ben.post(address("statement-remove", said), {"version": said.version})

    assert f"s-{said.pk}" not in ben.get(said.article.get_absolute_url()).content.decode()
    assert "Somebody has taken this statement back" in ben.get(said.get_absolute_url()).content.decode()


def test_a_page_is_shown_where_another_stands_in_the_place_of_what_was_taken_back(said: Statement, ben: Client) -> None:
    ben.post(address("statement-remove", said), {"version": said.version})
    ben.post(address("statement-add", said.article), {"revision": 1, "words": INSPECTED, "speaker": "The council"})

    page = ben.get(said.get_absolute_url())

    assert page.status_code == 200
    assert INSPECTED in page.content.decode()


def test_who_may_not_correct_sees_no_form(people: People, signed_in: SignedIn) -> None:
    (theirs,) = make_said(make_article(people.desk, people.ben, TEXT), ("Ilse Varga", INSPECTED))
    ada = signed_in(people.ada)

    assert "reporters those of their own articles" in ada.get(theirs.get_absolute_url()).content.decode()
    page = ada.get(theirs.article.get_absolute_url()).content.decode()
    assert "Add statement" not in page
    assert "Mend" not in page


# --- Speakers and outlets ---


def test_a_speakers_page_shows_time_turns_and_whom_they_contradict(people: People, ben: Client) -> None:
    article = make_article(people.desk, people.ada, TEXT)
    said, closed, may = make_said(
        article, ("Ilse Varga", INSPECTED), ("Tomas Reyle", CLOSED), ("Ilse Varga", "reopen in May")
    )
    make_pair(article, may, said)
    make_pair(article, closed, said)

    screen = ben.get(said.speaker.get_absolute_url()).context["screen"]

    assert {row.pk for row in screen.statements} == {said.pk, may.pk}
    assert len(screen.timeline.dots) == 2
    assert [turn.pair.kind for turn in screen.timeline.turns] == ["denial"]
    assert [(str(node.speaker), node.count) for node in screen.network.nodes] == [("Tomas Reyle", 1)]


def test_a_speaker_is_mended_merged_and_parted_on_their_page(people: People, said: Statement, ben: Client) -> None:
    speaker = said.speaker
    (other,) = make_said(make_article(people.desk, people.ada, "H\n\nIt rained."), ("Ilsa Varga", "It rained"))
    form = {"version": speaker.version, "name": "Ilse Vargha", "kind": "person", "role": "mayor"}
    assert ben.post(address("speaker-edit", speaker), form).status_code == 302
    undo = ben.get(speaker.get_absolute_url()).context["acts"].done
    ben.post(undo.address, undo.fields)
    assert Speaker.objects.get(pk=speaker.pk).name == "Ilse Varga"

    ben.post(address("speaker-merge", other.speaker), {"version": other.speaker.version, "into": speaker.pk})
    page = ben.get(speaker.get_absolute_url())
    assert page.context["screen"].count == 2
    assert "Ilsa Varga is merged into this one" in page.content.decode()
    assert "merged into Ilse Varga" in ben.get(other.speaker.get_absolute_url()).content.decode()
    undo = page.context["acts"].done
    ben.post(undo.address, undo.fields)

    assert Statement.objects.get(pk=other.pk).speaker.name == "Ilsa Varga"


def test_a_refused_name_is_kept_in_the_form(said: Statement, ben: Client) -> None:
    form = {"version": said.speaker.version, "name": "", "kind": "person", "role": "mayor of Orla"}

    answer = ben.post(address("speaker-edit", said.speaker), form)

    assert (answer.status_code, answer.context["form"]["role"].value()) == (422, "mayor of Orla")
    assert "The speaker has no name" in answer.content.decode()


def test_an_outlet_is_renamed_on_its_page(article: Article, ben: Client) -> None:
    outlet = Outlet.objects.get()

    ben.post(address("outlet-rename", outlet), {"version": outlet.version, "name": "The Orla Post"})
    page = ben.get(outlet.get_absolute_url())
    refused = ben.post(address("outlet-rename", outlet), {"version": outlet.version, "name": ""})

    assert [row.title for row in page.context["screen"].articles] == [article.title]
    assert Outlet.objects.get().name == "The Orla Post"
    assert refused.status_code == 422


def article_of(lines: int, people: People) -> tuple[Article, Speaker]:
    """An article in which nine people contradict each other line by line, and one of them."""
    words = [f"Line {number} of {lines} is here." for number in range(lines)]
    article = make_article(people.desk, people.ada, "H\n\n" + "\n\n".join(words))
    said = make_said(article, *((f"Ann Number{number % 9}x", line) for number, line in enumerate(words)))
    for one, two in zip(said, said[9:], strict=False):
        make_pair(article, one, two)
    return article, said[0].speaker


@pytest.mark.thorough
def test_more_statements_ask_no_more_queries(people: People, ben: Client) -> None:
    few, many = article_of(12, people), article_of(48, people)

    asked = [[queries_of(ben, thing.get_absolute_url()) for thing in things] for things in (few, many)]

    assert asked[1] == asked[0]


# --- How and when it was said; what is said of an article ---


def test_the_form_shows_and_mends_the_verb_of_saying_and_the_day(
    article: Article, said: Statement, ben: Client
) -> None:
    ben.post(address("statement-mend", said), filled(said, cue="said", said_on="2026-02-27"))

    page = ben.get(said.get_absolute_url())
    form = page.context["form"]
    assert (form["cue"].value(), str(form["said_on"].value())) == ("said", "2026-02-27")
    assert "said, 27 Feb 2026" in page.content.decode()
    assert "said 27 Feb 2026" in ben.get(article.get_absolute_url()).content.decode()
    assert "27 Feb 2026" in ben.get(said.speaker.get_absolute_url()).content.decode()

    said.refresh_from_db()
    refused = ben.post(address("statement-mend", said), filled(said, cue="denied"))
    assert refused.status_code == 422
    assert "“denied” does not stand beside the statement" in refused.content.decode()


def test_an_article_is_mended_on_its_page_and_one_key_takes_it_back(article: Article, ben: Client) -> None:
    appeared, page = article.published_at, ben.get(address("article-edit", article))
    assert page.context["form"]["title"].value() == article.title
    sent = {name: page.context["form"][name].value() or "" for name in ("version", "outlet", "byline", "language")}

    said = {**sent, "title": "Bridge shut", "published": "2026-02-27", "published_time": "06:30"}
    assert ben.post(address("article-edit", article), said)["Location"] == article.get_absolute_url()
    article.refresh_from_db()
    assert (article.title, f"{article.published_at:%d %H:%M}") == ("Bridge shut", "27 06:30")

    stale = ben.post(address("article-edit", article), {**said, "title": "Mine"})
    assert (stale.status_code, stale.context["form"].theirs.title) == (422, "Bridge shut")
    assert stale.context["form"]["title"].value() == "Mine"

    undo = ben.get(article.get_absolute_url()).context["acts"].done
    assert ben.post(undo.address, undo.fields).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.published_at) == (article.current.headline, appeared)
