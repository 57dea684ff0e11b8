"""What people correct by hand: it is checked, kept in the history, undone by one verb, and no reading touches it."""

from datetime import date, timedelta
from typing import Any

import pytest

from factcheck.corpus.errors import (
    ArticleInReview,
    CannotMerge,
    ClaimHangsOnIt,
    PlaceTaken,
    StatementRemoved,
    UnfitSpan,
    UnfitSpeaker,
    WordsNotFound,
    WrongDate,
)
from factcheck.corpus.models import Anchor, Article, ConflictPair, Decision, PairStatus, Statement
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.corpus.services.correcting import (
    Attribution,
    add_statement,
    mend_statement,
    merge_statements,
    remove_statement,
    split_statement,
)
from factcheck.corpus.services.places import Place
from factcheck.engine import Act
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import Job
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, make_article, make_claim, make_pair, make_said
from tests.people import People

TEXT = """Bridge 🔥 over the Orla closed

The council closed the 🔥 bridge on Sunday and said it would reopen in May.

“The bridge was inspected in January,” Mayor Ilse Varga said. Nobody was hurt.
"""
CLOSED, INSPECTED = "closed the 🔥 bridge on Sunday", "The bridge was inspected in January"
BOTH = "closed the 🔥 bridge on Sunday and said it would reopen in May"
COUNCIL = Attribution(speaker="The council")


@pytest.fixture
def article(people: People) -> Article:
    article = make_article(people.desk, people.ada, TEXT)
    Job.objects.all().delete()
    return article


@pytest.fixture
def said(article: Article) -> Statement:
    """What the engine found."""
    return make_said(article, ("Ilse Varga", INSPECTED))[0]


def place(article: Article, words: str, **more: Any) -> Place:
    start = article.current.text.index(words)
    return Place(1, start, start + len(words), **more)


def words_of(statement: Statement) -> str:
    """What stands where the statement says that it stands."""
    anchor = Anchor.objects.select_related("revision", "statement").get(statement=statement)
    there = anchor.revision.text[anchor.start : anchor.end]
    assert there == anchor.content == anchor.statement.content
    assert anchor.statement.content_key == Statement.key_of(there)
    return there


def fresh(statement: Statement) -> Statement:
    return Statement.objects.select_related("article", "speaker").get(pk=statement.pk)


# --- Adding ---


def test_marked_words_become_a_statement_where_they_stand(people: People, article: Article) -> None:
    statement = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)

    assert words_of(statement) == CLOSED
    assert (statement.speaker.name, statement.origin, statement.is_by_hand) == ("The council", "hand", True)
    anchor = statement.anchors.get()
    assert TEXT[anchor.passage_start : anchor.passage_end].startswith("The council closed")
    assert statement.seq is not None


def test_words_typed_without_a_mouse_are_found_in_the_text(people: People, article: Article) -> None:
    statement = add_statement(article, Place(1, words=f"  {CLOSED} "), COUNCIL, people.ben, NOW)

    assert words_of(statement) == CLOSED


def test_spaces_at_the_edges_are_no_part_of_a_statement(people: People, article: Article) -> None:
    statement = add_statement(article, place(article, f" {CLOSED} "), COUNCIL, people.ben, NOW)

    assert words_of(statement) == CLOSED


UNFIT = [
    (Place(1, 0, 99_999), UnfitSpan, "lies outside the text, which has"),
    (Place(1, 5, 5), UnfitSpan, "lies outside the text"),
    (Place(1, 9, 3), UnfitSpan, "lies outside the text"),
    (Place(1, 20, 60), UnfitSpan, "A statement stands in one paragraph"),
    (Place(1), UnfitSpan, "No words are marked"),
    (Place(1, words="the ferry"), WordsNotFound, "“the ferry” does not stand in the text"),
    (Place(1, words="bridge"), WordsNotFound, "stand 2 times"),
    (Place(1, 7, 8), UnfitSpan, "Nothing but spaces or marks"),
    (Place(2, 0, 6), StaleVersion, "The article changed since you loaded it"),
]


@pytest.mark.parametrize(("where", "refusal", "words"), UNFIT, ids=[words for _, _, words in UNFIT])
def test_what_cannot_be_a_statement_is_refused_in_words(
    people: People, article: Article, where: Place, refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        add_statement(article, where, COUNCIL, people.ben, NOW)

    assert not Statement.objects.exists()
    assert not Job.objects.exists()


def test_a_statement_needs_somebody_who_says_it(people: People, article: Article) -> None:
    with pytest.raises(UnfitSpan, match="needs somebody"):
        add_statement(article, place(article, CLOSED), Attribution(), people.ben, NOW)
    with pytest.raises(UnfitSpeaker, match="301 characters"):
        add_statement(article, place(article, CLOSED), Attribution("x" * 301), people.ben, NOW)


def test_two_statements_never_stand_at_the_same_words(people: People, article: Article, said: Statement) -> None:
    with pytest.raises(PlaceTaken, match="a statement of Ilse Varga already"):
        add_statement(article, place(article, INSPECTED), COUNCIL, people.ben, NOW)


def test_a_speaker_of_the_article_is_found_by_name(people: People, article: Article, said: Statement) -> None:
    statement = add_statement(article, place(article, CLOSED), Attribution("ilse  varga"), people.ben, NOW)

    assert statement.speaker_id == said.speaker_id


# --- Mending ---


def test_a_span_is_mended_and_the_rest_of_it_follows(people: People, article: Article, said: Statement) -> None:
    mend_statement(said, said.version, Attribution(), people.ben, NOW, place=place(article, "inspected in January"))

    assert words_of(said) == "inspected in January"
    assert fresh(said).version == 2
    assert fresh(said).act == said.act


def test_speaker_provenance_and_act_are_set(people: People, article: Article, said: Statement) -> None:
    new = Attribution(speaker="Tomas Reyle", relay="Orla Post", act=Act.DENIAL)
    mend_statement(said, said.version, new, people.ben, NOW)

    assert (str(fresh(said).speaker), fresh(said).act) == ("Tomas Reyle", "denial")
    assert fresh(said).said_by == "Tomas Reyle, via Orla Post"

    mend_statement(said, said.version, Attribution(relay=""), people.ben, NOW)
    assert fresh(said).said_by == "Tomas Reyle"
    assert words_of(said) == INSPECTED


def test_the_verb_of_saying_and_the_day_are_set_and_taken_out(
    people: People, article: Article, said: Statement
) -> None:
    how = Attribution(cue="said", said_on=date(2026, 2, 27))
    mend_statement(said, said.version, how, people.ben, NOW)

    anchor = said.anchors.get()
    assert (TEXT[anchor.cue_start : anchor.cue_end], TEXT.index("said.")) == ("said", anchor.cue_start)
    assert anchor.passage_end >= TEXT.index("said.") + len("said")
    assert (fresh(said).said_day, fresh(said).said_at.day) == (date(2026, 2, 27), 27)

    mend_statement(said, said.version, Attribution(act=Act.DENIAL), people.ben, NOW, place=place(article, INSPECTED))
    assert said.anchors.get().cue_start == anchor.cue_start
    assert fresh(said).said_on == date(2026, 2, 27)

    mend_statement(said, said.version, Attribution(cue="", said_on=""), people.ben, NOW)
    assert said.anchors.get().cue_start is None
    assert fresh(said).said_day == article.published_at


def test_the_verb_of_saying_stands_beside_the_statement_and_the_day_can_be(
    people: People, article: Article, said: Statement
) -> None:
    for words in ("denied", "sai", "insp"):
        with pytest.raises(WordsNotFound, match="does not stand beside the statement"):
            mend_statement(said, said.version, Attribution(cue=words), people.ben, NOW)
    for day in (NOW.date() + timedelta(days=3), date(3, 1, 1)):
        with pytest.raises(WrongDate, match="Nobody can have said it on"):
            mend_statement(said, said.version, Attribution(said_on=day), people.ben, NOW)

    assert fresh(said).version == 1


def test_a_stale_mend_is_refused(people: People, article: Article, said: Statement) -> None:
    mend_statement(said, 1, Attribution(act=Act.PLEDGE), people.ben, NOW)

    with pytest.raises(StaleVersion):
        mend_statement(fresh(said), 1, Attribution(act=Act.DENIAL), people.lea, NOW)

    assert fresh(said).act == "pledge"


def test_splitting_makes_two_of_the_same_speaker(people: People, article: Article) -> None:
    whole = add_statement(article, place(article, BOTH), COUNCIL, people.ben, NOW)
    half = split_statement(whole, TEXT.index("and said it would"), whole.version, people.ben, NOW)

    assert (words_of(whole), words_of(half)) == (CLOSED, "and said it would reopen in May")
    assert half.speaker_id == whole.speaker_id


def test_splitting_outside_the_words_is_refused(people: People, article: Article, said: Statement) -> None:
    for at in (0, said.anchors.get().start, said.anchors.get().end, 99_999):
        with pytest.raises(UnfitSpan, match="a place inside the words"):
            split_statement(said, at, said.version, people.ben, NOW)


def test_merging_keeps_one_and_leaves_out_the_words_between(people: People, article: Article) -> None:
    first = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    second = add_statement(article, place(article, "reopen in May"), COUNCIL, people.ben, NOW)
    merge_statements(first, second, (first.version, second.version), people.ben, NOW)

    anchor = first.anchors.get()
    assert [TEXT[start:end] for start, end in anchor.parts] == [CLOSED, "reopen in May"]
    assert (words_of(first), fresh(second).removed_at) == (BOTH, NOW)


def test_what_cannot_be_merged_says_why(people: People, article: Article, said: Statement) -> None:
    other = make_said(make_article(people.desk, people.ada), ("Ilse Varga", INSPECTED))[0]

    for one in (said, other):
        with pytest.raises(CannotMerge, match="Two statements of one article"):
            merge_statements(said, one, (1, 1), people.ben, NOW)


def test_a_removed_statement_is_gone_with_what_waits_on_it(people: People, article: Article, said: Statement) -> None:
    other = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    pair = make_pair(article, other, said)
    remove_statement(said, said.version, people.ben, NOW)

    assert not Statement.objects.present().filter(pk=said.pk).exists()
    assert ConflictPair.objects.get(pk=pair.pk).status == PairStatus.OBSOLETE
    with pytest.raises(StatementRemoved):
        mend_statement(fresh(said), 2, Attribution(act=Act.DENIAL), people.ben, NOW)


def test_a_statement_on_which_a_claim_hangs_stays(people: People, article: Article, said: Statement) -> None:
    other = add_statement(article, place(article, CLOSED), COUNCIL, people.ben, NOW)
    make_claim(make_pair(article, said, other), people.ben)

    with pytest.raises(ClaimHangsOnIt):
        remove_statement(said, said.version, people.ben, NOW)


# --- Who may ---


def test_a_reporter_corrects_their_own_article_until_reviewers_have_begun(
    people: People, article: Article, said: Statement
) -> None:
    other = add_statement(article, place(article, CLOSED), COUNCIL, people.ada, NOW)
    pair = make_pair(article, other, said)
    decide_conflict(pair, Decision.COMPATIBLE, pair.version, people.ben, now=NOW)

    with pytest.raises(ArticleInReview):
        remove_statement(other, other.version, people.ada, NOW)
    remove_statement(other, other.version, people.ben, NOW)


@pytest.mark.parametrize("who", ["amir", "cleo"])
def test_others_may_not(people: People, article: Article, said: Statement, who: str) -> None:
    with pytest.raises(NotAllowed):
        mend_statement(said, said.version, Attribution(act=Act.DENIAL), getattr(people, who), NOW)


def test_a_reporter_may_not_correct_a_colleagues_article(people: People) -> None:
    article = make_article(people.desk, people.ben, TEXT)

    with pytest.raises(NotAllowed):
        add_statement(article, place(article, CLOSED), COUNCIL, people.ada, NOW)
