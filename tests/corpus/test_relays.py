"""Through whom we know: the whole chain where one who passes words on is quoted by another."""

import pytest

from factcheck.corpus.errors import UnfitSpeaker
from factcheck.corpus.models import Anchor, Speaker, Statement
from factcheck.corpus.services.correcting import Attribution, mend_statement, undo_correction
from factcheck.corpus.services.people import merge_speakers
from factcheck.corpus.services.relays import chains_in, note_chains
from factcheck.engine import Act
from tests.factories import NOW, make_article, make_said
from tests.people import People

MACRON, AIDE, GUARDIAN, AGENCY = (Speaker(name=name) for name in ("Macron", "aide", "Guardian", "Agency"))


def said(speaker: Speaker, relay: Speaker | None, start: int, end: int) -> Anchor:
    return Anchor(statement=Statement(speaker=speaker, reported_by=relay), start=start, end=end)


def test_a_statement_said_through_several_knows_them_all_the_nearest_first() -> None:
    innermost, outer = said(MACRON, AIDE, 40, 60), said(AIDE, GUARDIAN, 10, 60)
    outermost, elsewhere = said(GUARDIAN, AGENCY, 0, 70), said(AIDE, AGENCY, 80, 99)

    chains = chains_in([innermost, outer, outermost, elsewhere])

    assert chains[innermost.statement_id] == (GUARDIAN, AGENCY)
    assert chains[outermost.statement_id] == ()


def test_two_who_quote_each_other_make_no_endless_chain() -> None:
    one, other = said(AIDE, GUARDIAN, 10, 20), said(GUARDIAN, AIDE, 5, 30)

    assert chains_in([one, other])[one.statement_id] == ()


def names(statement: Statement) -> list[str]:
    stored = Statement.objects.select_related("speaker", "reported_by").get(pk=statement.pk)
    note_chains([stored])
    return [relay.name for relay in stored.relays]


def test_people_say_the_whole_chain_and_undo_it_and_a_merge_is_followed(people: People) -> None:
    article = make_article(people.desk, people.ada)
    (statement,) = make_said(article, ("Ilse Varga", "The bridge was inspected in January"))
    chain = Attribution(relay="The council", further=("Tass", "Orla Post"))

    mend_statement(statement, statement.version, chain, people.ben, NOW)
    mend_statement(statement, statement.version, Attribution(act=Act.PLEDGE), people.ben, NOW)
    assert names(statement) == ["The council", "Tass", "Orla Post"]

    agency = Speaker.objects.create(desk=people.desk, name="News agency", name_key="news agency", kind="organisation")
    tass = Speaker.objects.get(name="Tass")
    merge_speakers(tass, agency, tass.version, people.ben, NOW)
    assert names(statement) == ["The council", "News agency", "Orla Post"]

    mend_statement(statement, statement.version, Attribution(relay="", further=()), people.ben, NOW)
    assert names(statement) == []
    undo_correction(statement, statement.version, people.ben, NOW)
    assert names(statement) == ["The council", "News agency", "Orla Post"]


@pytest.mark.parametrize("further", [("The council",), ("Tass", "tass"), ("Ilse Varga",), tuple("ABCDE")])
def test_a_chain_names_each_once_and_not_too_many(people: People, further: tuple[str, ...]) -> None:
    article = make_article(people.desk, people.ada)
    (statement,) = make_said(article, ("Ilse Varga", "The bridge was inspected in January"))

    with pytest.raises(UnfitSpeaker, match="each once"):
        mend_statement(statement, statement.version, Attribution(relay="The council", further=further), people.ben, NOW)
