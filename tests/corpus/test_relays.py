"""Through whom we know: the whole chain where one who passes words on is quoted by another."""

from factcheck.corpus.models import Anchor, Speaker, Statement
from factcheck.corpus.services.relays import chains_in

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
