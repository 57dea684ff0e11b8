"""What people correct about speakers and outlets: names, kinds, roles; two that are one, and back."""

import pytest
from django.utils import timezone

from factcheck import engine
from factcheck.corpus.errors import CannotMerge, UnfitOutlet, UnfitSpeaker
from factcheck.corpus.models import Article, Outlet, Speaker, Statement
from factcheck.corpus.services.extraction import store_extraction
from factcheck.corpus.services.outlets import rename_outlet
from factcheck.corpus.services.people import Profile, edit_speaker, merge_speakers, part_speakers, similar_speakers
from factcheck.engine import SpeakerKind
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry, Job
from factcheck.newsroom.errors import NotAllowed
from tests.factories import BRIDGE, NOW, make_article, make_engine_statement, make_said
from tests.people import People

INSPECTED, CLOSED = "inspected in January", "closed the Orla bridge"


@pytest.fixture
def article(people: People) -> Article:
    article = make_article(people.desk, people.ada)
    make_said(article, ("Ilse Varga", INSPECTED), ("I. Varga", CLOSED))
    Job.objects.all().delete()
    return article


def named(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def speaker_of(words: str) -> str:
    return Statement.objects.get(content=words).speaker.name


def read_as(article: Article, name: str, words: str) -> Statement:
    """Another reading that finds these words of somebody of this name."""
    speaker = engine.Speaker("p", name, SpeakerKind.PERSON)
    found = make_engine_statement(article, article.current.text, speaker, words)
    with record_change(actor=None, now=timezone.now()) as change:
        store_extraction(change, article.current, engine.Extraction(str(article.pk), (speaker,), (found,)))
    return Statement.objects.get(article=article, content=words)


def test_a_speaker_gets_another_name_kind_and_role(people: People, article: Article) -> None:
    speaker = named("Ilse Varga")

    edit_speaker(speaker, Profile("Ilse  Vargha", SpeakerKind.PERSON, "mayor of Orla"), 1, people.ben, NOW)

    changed = Speaker.objects.get(pk=speaker.pk)
    assert (changed.name, changed.role, changed.version) == ("Ilse Vargha", "mayor of Orla", 2)
    body = AuditEntry.objects.get(verb="edit_speaker").payload.body
    assert (body["before"]["name"], body["after"]["name"]) == ("Ilse Varga", "Ilse Vargha")
    with pytest.raises(StaleVersion):
        edit_speaker(speaker, Profile("Other", SpeakerKind.PERSON), 1, people.ben, NOW)


def test_readings_know_a_renamed_speaker_by_the_name_in_the_text(people: People, article: Article) -> None:
    speaker = named("Ilse Varga")
    edit_speaker(speaker, Profile("Ilse Vargha", SpeakerKind.ORGANISATION), 1, people.ben, NOW)
    other = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))

    assert read_as(other, "Ilse Varga", INSPECTED).speaker_id == speaker.pk
    assert not Speaker.objects.filter(name="Ilse Varga").exists()


@pytest.mark.parametrize(
    ("name", "role", "words"),
    [(" ", "", "has no name"), ("x" * 301, "", "301 characters"), ("Ann", "x" * 201, "201 characters")],
)
def test_a_name_that_does_not_do_is_refused(people: People, article: Article, name: str, role: str, words: str) -> None:
    with pytest.raises(UnfitSpeaker, match=words):
        edit_speaker(named("Ilse Varga"), Profile(name, SpeakerKind.PERSON, role), 1, people.ben, NOW)


def test_another_speakers_name_is_refused_with_the_remedy(people: People, article: Article) -> None:
    make_said(make_article(people.desk, people.ada, "H\n\nIt rained."), ("Tomas Reyle", "It rained"))

    with pytest.raises(UnfitSpeaker, match="Merge the two instead"):
        edit_speaker(named("Tomas Reyle"), Profile("Ilse Varga", SpeakerKind.PERSON), 1, people.ben, NOW)


def test_merged_speakers_are_one_and_are_taken_apart_again(people: People, article: Article) -> None:
    short, full = named("I. Varga"), named("Ilse Varga")

    merge_speakers(short, full, short.version, people.ben, NOW)
    assert speaker_of(CLOSED) == "Ilse Varga"
    assert Job.objects.filter(kind="rematch", subject_id=article.pk).exists()

    part_speakers(short, short.version, people.ben, NOW)
    assert (speaker_of(CLOSED), speaker_of(INSPECTED)) == ("I. Varga", "Ilse Varga")
    assert not Statement.objects.exclude(speaker_before=None).exists()


def test_readings_follow_a_merge_and_its_end(people: People, article: Article) -> None:
    reyle = make_said(
        make_article(people.desk, people.ada, "H\n\nThe crack is old."), ("Ilsa Varga", "The crack is old")
    )[0].speaker
    merge_speakers(reyle, named("Ilse Varga"), reyle.version, people.ben, NOW)
    other = make_article(people.desk, people.ada, BRIDGE.replace("Sunday", "Monday"))

    found = read_as(other, "Ilsa Varga", INSPECTED)
    assert str(found.speaker) == "Ilse Varga"

    part_speakers(reyle, reyle.version, people.ben, NOW)
    assert Statement.objects.get(pk=found.pk).speaker_id == reyle.pk


def test_a_chain_of_merges_is_taken_apart_where_it_was_joined(people: People, article: Article) -> None:
    first, second, third = (
        make_said(make_article(people.desk, people.ada, f"H\n\nIt rained {day}."), (name, f"It rained {day}"))[
            0
        ].speaker
        for name, day in (("Ana Lima", "today"), ("Anna Lima", "again"), ("A Lima", "twice"))
    )
    merge_speakers(first, second, first.version, people.ben, NOW)
    merge_speakers(second, third, Speaker.objects.get(pk=second.pk).version, people.ben, NOW)
    assert speaker_of("It rained today") == "A Lima"

    part_speakers(Speaker.objects.get(pk=second.pk), 2, people.ben, NOW)

    assert (speaker_of("It rained today"), speaker_of("It rained again")) == ("Anna Lima", "Anna Lima")
    part_speakers(Speaker.objects.get(pk=first.pk), 2, people.ben, NOW)
    assert speaker_of("It rained today") == "Ana Lima"


def test_what_cannot_be_merged_says_why(people: People, article: Article) -> None:
    short, full = named("I. Varga"), named("Ilse Varga")
    stranger = make_said(make_article(people.other_desk, people.cleo), ("Ilse Varga", INSPECTED))[0].speaker

    with pytest.raises(CannotMerge, match="with themselves"):
        merge_speakers(full, full, full.version, people.ben, NOW)
    with pytest.raises(NotAllowed):
        merge_speakers(full, stranger, full.version, people.ben, NOW)
    with pytest.raises(CannotMerge, match="nothing to take apart"):
        part_speakers(full, full.version, people.ben, NOW)
    with pytest.raises(CannotMerge, match="Only one article knows"):
        merge_speakers(
            full,
            Speaker.objects.create(desk=people.desk, article=_other(people), name="he", name_key="he", kind="unknown"),
            full.version,
            people.ben,
            NOW,
        )
    merge_speakers(short, full, short.version, people.ben, NOW)
    with pytest.raises(CannotMerge, match="is merged into Ilse Varga already"):
        merge_speakers(short, full, short.version, people.ben, NOW)


def _other(people: People) -> Article:
    return make_article(people.desk, people.ada, "H\n\nSnow fell.")


@pytest.mark.parametrize("who", ["ada", "amir", "cleo"])
def test_speakers_of_the_desk_are_mended_by_reviewers_and_leads(people: People, article: Article, who: str) -> None:
    with pytest.raises(NotAllowed):
        edit_speaker(named("Ilse Varga"), Profile("X", SpeakerKind.PERSON), 1, getattr(people, who), NOW)


def test_those_who_may_be_the_same_are_offered(people: People, article: Article) -> None:
    make_said(_other(people), ("Tomas Reyle", "Snow fell"))

    assert [str(one) for one in similar_speakers(named("I. Varga"))] == ["Ilse Varga"]


def test_an_outlet_gets_another_name(people: People, article: Article) -> None:
    outlet = Outlet.objects.get(name="Orla Post")
    make_article(people.desk, people.ada, "H\n\nSnow fell.", outlet="Tolva Times")

    rename_outlet(outlet, " The  Orla Post", outlet.version, people.ben, NOW)

    assert Outlet.objects.get(pk=outlet.pk).name == "The Orla Post"
    for name, words in (("", "0 characters"), ("tolva times", "already")):
        with pytest.raises(UnfitOutlet, match=words):
            rename_outlet(outlet, name, outlet.version, people.ben, NOW)
    with pytest.raises(NotAllowed):
        rename_outlet(outlet, "Mine", outlet.version, people.ada, NOW)
