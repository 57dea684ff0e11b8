"""What a person sets for themselves: theme, time zone and keys, on every page of ours and of the admin."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.errors import KeyTaken
from factcheck.newsroom.looks import choose_keys, choose_look
from factcheck.newsroom.models import Language, Theme
from factcheck.workbench.forms_own import KeysForm
from factcheck.workbench.keys import FIXED, find_clash, shortcuts
from tests.factories import NOW, make_bridge_pair
from tests.people import People
from tests.workbench.conftest import SignedIn

KEYS_OF_WORKBENCH = {"?", "j", "k", "Enter", "u", "e", "a", "g i", "g c", "/", "n", "c", "f", "z", *"123456"}


@pytest.fixture
def ben(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ben)


def key_field(key: str) -> str:
    return next(one.field for one in shortcuts() if one.key == key)


def test_a_chosen_theme_is_on_our_pages_and_on_the_lists(people: People, ben: Client) -> None:
    before = ben.get("/").content.decode()
    answer = ben.post("/account/look/", {"theme": "dark", "time_zone": "Europe/Kyiv"})

    assert answer.status_code == 302
    assert "data-theme" not in before
    for path in ("/", "/account/", reverse("admin:corpus_article_changelist")):
        assert 'data-theme="dark"' in ben.get(path).content.decode()
    assert AuditEntry.objects.filter(verb="choose_look", actor=people.ben).exists()


def test_times_are_told_in_the_readers_own_zone(people: People, ben: Client, signed_in: SignedIn) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    choose_look(people.ben, Theme.SYSTEM, "Asia/Tokyo", NOW)
    path = pair.a.article.get_absolute_url()

    assert "18:00 JST" in ben.get(path).content.decode()
    assert "9:00 UTC" in signed_in(people.ada).get(path).content.decode()


def test_pages_speak_a_persons_own_language_else_their_browsers(people: People, ben: Client, settings: Any) -> None:
    french = {"accept-language": "de, fr-CA;q=0.8, en;q=0.5"}

    assert '<html lang="fr">' in ben.get("/", headers=french).content.decode()
    answer = ben.post("/account/look/", {"theme": "system", "time_zone": "UTC", "language": "fr"}, follow=True)
    assert "Enregistré." in answer.content.decode()
    choose_look(people.ben, Theme.SYSTEM, "UTC", NOW, language=Language.ENGLISH)
    assert '<html lang="en">' in ben.get("/", headers=french).content.decode()
    settings.NEWSROOM_LANGUAGE = "fr"
    assert '<html lang="fr">' in Client().get("/sign-in/").content.decode()  # nobody asked for anything


def test_programs_are_answered_in_english_whoever_asks(people: People, ben: Client) -> None:
    choose_look(people.ben, Theme.SYSTEM, "UTC", NOW, language=Language.FRENCH)

    refused = ben.get("/api/v1/articles/nothing/", headers={"accept-language": "fr"})

    assert "There is nothing at this address" in refused.content.decode()
    assert "Rien ici" in ben.get("/nothing/").content.decode()


def test_pictures_and_texts_are_the_same_in_french(people: People, ben: Client) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    choose_look(people.ben, Theme.SYSTEM, "UTC", NOW, language=Language.FRENCH)

    for path in ("/", pair.get_absolute_url(), pair.a.article.get_absolute_url(), pair.a.speaker.get_absolute_url()):
        page = ben.get(path).content.decode()
        assert "Se déconnecter" in page
        assert re.findall(r' (?:x|y|x1|x2|cx|cy|width|height|d|viewBox)="[^"]*\d,\d', page) == []  # a comma is no point
        assert "speaker" in path or path == "/" or 'lang="en"' in page  # the article's words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"theme": "dark", "time_zone": "Mars/Olympus"}, "There is no time zone “Mars/Olympus”"),
        ({"theme": "pink", "time_zone": "UTC"}, "pink is not one of the available choices"),
    ],
)
def test_a_look_that_there_is_not_is_refused_in_words(ben: Client, fields: dict[str, str], words: str) -> None:
    answer = ben.post("/account/look/", fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert fields["time_zone"] in answer.content.decode()


def test_the_sheet_holds_the_whole_map(ben: Client) -> None:
    page = ben.get("/").content.decode()

    assert {one.key for one in shortcuts()} >= KEYS_OF_WORKBENCH
    for shortcut in shortcuts():
        assert f'data-stands-for="{shortcut.key}"' in page


def test_no_two_of_our_own_keys_clash() -> None:
    keys = [one.key for one in shortcuts() if one.key not in FIXED]

    assert len(keys) == len(set(keys))
    assert find_clash({key: key for key in keys}) is None


def test_a_persons_own_key_stands_on_the_sheet_and_no_field_is_lost(people: People, ben: Client) -> None:
    answer = ben.post("/account/keys/", {key_field("n"): "w", key_field("g i"): "g  h"})

    people.ben.refresh_from_db()
    page = ben.get("/").content.decode()
    assert answer.status_code == 302
    assert people.ben.keys == {"n": "w", "g i": "g h"}
    assert 'data-stands-for="n"><dt><kbd>w</kbd>' in page
    assert 'data-stands-for="g i"><dt><kbd>g h</kbd>' in page


@pytest.mark.parametrize(
    ("key", "own", "words"),
    [
        ("n", "j", "This key already stands for “Next”."),
        ("n", "?", "This key already stands for “This sheet”."),
        ("n", "g", "This key already stands for “Inbox”."),
        ("n", "no", "Give one key, or g and another."),
    ],
)
def test_a_key_that_clashes_is_refused_by_name(people: People, ben: Client, key: str, own: str, words: str) -> None:
    answer = ben.post("/account/keys/", {key_field(key): own, key_field("c"): "v"})

    people.ben.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="v"' in page
    assert people.ben.keys == {}


def test_two_keys_can_change_places(people: People, ben: Client) -> None:
    assert ben.post("/account/keys/", {key_field("j"): "k", key_field("k"): "j"}).status_code == 302

    people.ben.refresh_from_db()
    assert people.ben.keys == {"j": "k", "k": "j"}


def test_an_empty_field_gives_our_key_back(people: People, ben: Client) -> None:
    choose_keys(people.ben, {"n": "w"}, NOW)

    ben.post("/account/keys/", dict.fromkeys(KeysForm.field_names(), ""))

    people.ben.refresh_from_db()
    assert people.ben.keys == {}


def test_the_service_refuses_a_key_for_two_acts_too(people: People) -> None:
    with pytest.raises(KeyTaken):
        choose_keys(people.ben, {"n": "w", "c": "w"}, NOW)


def test_a_page_knows_the_way_up(people: People, ben: Client) -> None:
    pair = make_bridge_pair(people.desk, people.ada)

    page = ben.get(pair.get_absolute_url()).content.decode()

    assert 'href="/admin/corpus/conflictpair/" data-key="u"' in page
    assert 'data-key="u"' not in ben.get("/").content.decode()
