"""Two texts that grew from one: nothing that either wrote is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.errors import UnfitLink
from factcheck.claims.models import Claim, Verdict
from factcheck.claims.services.links import require_web_links
from factcheck.claims.services.merging import Merged, merge_texts, merge_values
from factcheck.claims.services.verdicts import VerdictText, send_back_verdict, write_verdict
from factcheck.claims.services.versions import Written, written_at, written_when_sent_back
from factcheck.ledger.models import AuditPayload
from tests.factories import NOW, make_bridge_pair, make_claim, make_draft, make_submitted
from tests.people import People

TABLE = [
    ("a\nb\nc", "a\nb\nc", "a\nB\nc", "a\nB\nc", False),
    ("a\nb\nc", "A\nb\nc", "a\nb\nc", "A\nb\nc", False),
    ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", False),
    ("a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc", False),
    ("a\nb\nc", "a\nX\nc", "a\nY\nc", "a\nX\n\nY\nc", True),
    ("a\nb", "a\nb\nnew", "new\na\nb", "new\na\nb\nnew", False),
    ("", "theirs", "yours", "theirs\n\nyours", True),
    ("a\nb\nc", "a\nc", "a\nb\nC", "a\nc\n\nb\nC", True),
]


@pytest.mark.parametrize(("base", "theirs", "yours", "text", "clashes"), TABLE)
def test_texts_are_joined_line_by_line(base: str, theirs: str, yours: str, text: str, clashes: bool) -> None:
    assert merge_texts(base, theirs, yours) == Merged(text, clashes)


LINES = st.lists(st.sampled_from("abcde"), max_size=8).map("\n".join)


@given(LINES, LINES, LINES)
def test_whatever_either_added_is_in_the_proposal(base: str, theirs: str, yours: str) -> None:
    merged = merge_texts(base, theirs, yours).text.split("\n")

    for text in (theirs, yours):
        assert {line for line in text.split("\n") if line not in base.split("\n")} <= set(merged)


@given(LINES, LINES)
def test_where_one_changed_nothing_the_other_stands(base: str, other: str) -> None:
    assert merge_texts(base, base, other) == merge_texts(base, other, base) == Merged(other, clashes=False)


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "value", "clashes"),
    [("a", "a", "b", "b", False), ("a", "b", "a", "b", False), ("a", "b", "c", "c", True), ("a", "b", "b", "b", False)],
)
def test_of_single_values_the_changed_one_stands(base: str, theirs: str, yours: str, value: str, clashes: bool) -> None:
    assert merge_values(base, theirs, yours) == Merged(value, clashes)


@pytest.fixture
def claim(people: People) -> Claim:
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)


def save(verdict: Verdict, people: People, summary: str) -> int:
    write_verdict(verdict, VerdictText(verdict.rating, summary, "Because."), verdict.version, people.ben, NOW)
    return verdict.version


def test_what_a_verdict_said_is_known_for_each_version(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    first = save(verdict, people, "First.")
    second = save(verdict, people, "Second.")

    said = {version: written_at(verdict, version) for version in (0, 1, first, second)}

    assert said[0] == said[1] == Written()
    assert said[first] == Written("True", "First.", "Because.")
    assert said[second] == Written("True", "Second.", "Because.")


def test_what_was_erased_is_not_known(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    AuditPayload.objects.filter(entry__verb="write_verdict").delete()

    assert written_at(verdict, verdict.version) is None


def test_what_was_sent_back_is_known(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    assert written_when_sent_back(verdict) is None
    before = verdict.summary

    send_back_verdict(verdict, "Which log?", verdict.version, people.lea, NOW)
    save(verdict, people, "Better.")

    sent_back = written_when_sent_back(verdict)
    assert sent_back is not None
    assert sent_back.summary == before


LINKS = [
    ("See [x](https://example.org) and <http://example.org>.", True),
    ("`[x](javascript:alert(1))` is shown, not linked.", True),
    ("[x](javascript:alert(1))", False),
    ("[x](JaVaScRiPt:alert(1))", False),
    ("[x](java&#115;cript:alert(1))", False),
    ("[x](data:text/html,x)", False),
    ("[x](/admin/)", False),
    ("[x][1]\n\n[1]: vbscript:x", False),
    ("![x](javascript:alert(1))", False),
    ("- a\n- [x](ftp://example.org)", False),
    ("no link at all: javascript:alert(1)", True),
]


@pytest.mark.parametrize(("text", "fits"), LINKS)
def test_links_in_markdown_lead_to_web_addresses(text: str, fits: bool) -> None:
    if fits:
        require_web_links(text)
    else:
        with pytest.raises(UnfitLink, match="is no web address"):
            require_web_links(text)


def test_a_verdict_with_another_link_is_not_saved(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    text = VerdictText(verdict.rating, "x", "See [this](javascript:alert(1)).")

    with pytest.raises(UnfitLink):
        write_verdict(verdict, text, verdict.version, people.ben, NOW)
