"""How a pair is judged: by signs that can be read, with or without a model that says what texts mean."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from factcheck.engine import Act, Article, ConflictKind, ConflictPair, Models, Statement, pair, rescore, shipped_weights
from factcheck.engine.conflict import find_conflicts, nearness_by
from factcheck.engine.conflict.candidates import PER_STATEMENT, pick_candidates
from factcheck.engine.conflict.judging import Promise, choose_promising, open_judge
from factcheck.engine.conflict.sides import Pair, prepare_sides
from factcheck.engine.conflict.signs import find_by_rule, read_meaning, read_signs
from factcheck.engine.encoder import Model
from tests.engine.by_rule import analyze_by_rule

MONDAY = datetime(2026, 4, 6, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 17, 18, 0, tzinfo=UTC)


def statements(first: str, later: str = "") -> list[Statement]:
    articles = [Article("first", f"A headline\n\n{first}", None, MONDAY)]
    if later:
        articles.append(Article("later", f"Another headline\n\n{later}", None, FRIDAY))
    analysis = analyze_by_rule(articles)
    return [row for extraction in analysis.extractions for row in extraction.statements]


def signs(first: str, later: str = "") -> dict[str, float]:
    a, b = prepare_sides(statements(first, later))
    return read_signs(Pair(a, b), find_by_rule(Pair(a, b)))


SIGNS = [
    ("The agency counted 17 cracks. The firm counted 40 cracks.", "", "apart_counted"),
    ("The agency said the weir was open. The firm said the weir was closed.", "", "opposites"),
    ("The crew said nobody had lifted the hatch. The owner said a diver had lifted the hatch.", "", "one_negates"),
    ("The guild accused the firm of threats. The firm denied any threats.", "", "denial_accusation"),
    ("The guild demanded a vote. The firm refused to hold a vote.", "", "demand_refusal"),
    ("Ana Lima promised to mend the roof.", "Tom Rowe said the roof was not mended.", "pledge_then_report"),
    ("Ana Lima said the pier was sold.", "Ana Lima said the pier was not sold.", "one_voice_later"),
    ("The firm said the dam could fail. Tom Rowe said the dam was safe.", "", "leaves_room"),
    ("The police said two people had died.", "The ministry said five people had died.", "updated"),
    ("The club had sold 14,200 tickets, it said. The police said 11,850 fans had arrived.", "", "other_count"),
    ("The firm expected the dam to hold. Tom Rowe said the dam could fail if it rained.", "", "leaves_room"),
    ("The firm said no money was paid. Tom Rowe said nobody had paid any money.", "", "both_deny"),
    ("The guild said the firm had sold the pier. The firm denied that the pier was sold.", "", "one_says_no"),
    ("The firm denied that the pier was sold. Tom Rowe said the pier was not sold.", "", "both_say_no"),
    ("Ana Lima said the pier could not be reached.", "Tom Rowe said guests had reached the pier.", "one_negates"),
]
CLASHING = [
    ("The club said 14,200 fans had arrived. The police put the number at 9,000.", "", "other_count"),
    ("The club said 14,200 fans had arrived. The police said the true figure was nearer 9,000.", "", "other_count"),
    ("The club said 300 fans were hurt. The police said not one visitor had seen a doctor.", "", "other_count"),
    (
        "The firm expected the dam to last ten years. The guild expected it to fail in May if it rained.",
        "",
        "leaves_room",
    ),
    # what could not be done was not done; who tells of a condition sets none; a denied promise hangs on nothing
    ("The agency said the pier could not be reached. The firm said guests had reached the pier.", "", "leaves_room"),
    ("The guild said drivers were told to go if it rained. The firm said nobody was told to go.", "", "leaves_room"),
    (
        "Ana Lima said the bank had promised to pay if the pier was sold. The bank denied making any such promise.",
        "",
        "leaves_room",
    ),
    # nobody waits for the day of a promise that is denied, broken for good, or called off
    (
        "Ana Lima said the bank had promised to pay by Friday. The bank denied making any such promise.",
        "",
        "not_due",
    ),
    ("The firm promised that no tree would be cut before May. The firm had cut two trees on Sunday.", "", "not_due"),
    ("The firm promised to pay by Friday. Ana Lima said the firm had resolved not to pay.", "", "not_due"),
    # nothing grows between a promise and what came of it, nor what was asked for and was refused
    ("The firm promised 40 donated buses.", "Ana Lima said 11 donated buses had come.", "updated"),
    ("The union demanded that all 212 drivers be taken back. The firm refused to move 30 cases.", "", "other_count"),
    ("The fire service said 47 guests had been treated for smoke. The clinic said it had seen 61.", "", "other_count"),
    # expectations of two moments clash by the moment, whatever figures of other units they hold
    (
        "The agency expects 12 boats on Sunday. The firm expects the storm to come 30 km up the coast on Monday.",
        "",
        "other_hour",
    ),
    # a range holds what lies in it; who denies a promise answers none that is no promise
    ("The agency put the number of boats at 14. The firm put it at between 13 and 15 boats.", "", "found"),
    ("Tom Rowe said the saving was large. The bank denied having made any such promise.", "", "found"),
]


@pytest.mark.parametrize(("first", "later", "name"), SIGNS)
def test_a_sign_stands_where_it_should(first: str, later: str, name: str) -> None:
    assert signs(first, later)[name] > 0


@pytest.mark.parametrize(("first", "later", "name"), CLASHING)
def test_a_sign_does_not_stand_where_it_should_not(first: str, later: str, name: str) -> None:
    assert name not in signs(first, later)


def test_the_same_words_read_twice_do_not_clash_unless_one_denies_the_other() -> None:
    (told,) = statements("Ana Lima said the pier was not sold.")
    again = replace(told, id="again", speaker=replace(told.speaker, id="other", name="Tom Rowe"))

    assert Pair(*prepare_sides([told, again])).one_wording
    assert not Pair(*prepare_sides([replace(told, act=Act.DENIAL), replace(again, act=Act.DENIAL)])).one_wording


@pytest.mark.parametrize(("first", "later"), [row[:2] for row in SIGNS])
def test_signs_are_shares(first: str, later: str) -> None:
    assert all(0 <= value <= 1 for value in signs(first, later).values())


def test_a_pair_is_the_same_whatever_stands_around() -> None:
    alone = statements("The crew said nobody had lifted the hatch. The owner said a diver had lifted the hatch.")
    around = statements("", "Ana Lima said the soup was cold. Tom Rowe denied that the hatch was green.")

    (found,) = pair(alone)
    again = next(row for row in pair([*alone, *around]) if (row.a, row.b) == (found.a, found.b))

    assert again == found


@pytest.mark.parametrize("aided", [False, True])
def test_a_score_comes_from_the_stored_signals_alone(aided: bool) -> None:
    models = Models() if aided else Models(sentence=None)
    given = statements("The union demanded that the pier be sold. The minister ruled out selling it.")

    (found,) = pair(given, models=models)

    assert rescore(found.signals, found.kind, shipped_weights(aided=aided)) == found.score


def test_every_kind_can_be_told() -> None:
    for name in ("unaided", "aided"):
        assert set(open_judge(name).kinds) == set(ConflictKind)


def test_a_statement_gets_few_candidates() -> None:
    body = " ".join(f"Speaker {chr(65 + n % 26)}{n} said the ferry number {n} was late." for n in range(90))
    sides = prepare_sides(statements(body))

    picked = pick_candidates(sides)

    assert len(sides) > 2 * PER_STATEMENT
    assert max(sum(second == index for _, second in picked) for index in range(len(sides))) <= PER_STATEMENT + 4


def test_candidates_of_another_matter_are_left_out() -> None:
    sides = prepare_sides(
        statements(
            "The harbor board said the ferry pier was sold.",
            "The orchestra said its violins were tuned. Its conductor said the rehearsal went well.",
        )
    )
    first = next(index for index, side in enumerate(sides) if side.statement.article_id == "first")

    assert all(first not in pair for pair in pick_candidates(sides))


class Same:
    """Finds any two texts as near as it is told, and remembers them."""

    def __init__(self, nearness: float) -> None:
        self.nearness = nearness
        self.seen: list[tuple[str, str]] = []

    def __call__(self, first: str, second: str) -> float:
        self.seen.append((first, second))
        return self.nearness


OTHER_WORDS = "The guild accused the firm of threats. The firm said nobody had been harmed."
SHARED_WORDS = "The bank said the flooded vault was empty. Tom Rowe said the flooded vault was full of gold."


def found_with(near: Same, text: str) -> ConflictPair:
    (found,) = find_conflicts(statements(text), candidates=None, min_score=0.0, near=near)
    return found


def test_a_model_reads_promising_pairs_in_other_words() -> None:
    near = Same(0.5)

    found = found_with(near, OTHER_WORDS)

    assert near.seen == [("threats", "nobody had been harmed")]
    assert found.signals["meaning"] == 0.5
    assert found.score == rescore(found.signals, found.kind, shipped_weights(aided=True))


def test_nearness_in_meaning_raises_the_score_up_to_where_both_say_the_same() -> None:
    scores = [found_with(Same(nearness), OTHER_WORDS).score for nearness in (-0.1, 0.3, 0.6, 0.9)]

    assert scores[0] < scores[1] < scores[2] == scores[3]


def test_a_model_reads_nothing_where_the_words_tell() -> None:
    near = Same(0.5)

    assert "meaning" not in found_with(near, SHARED_WORDS).signals
    assert not near.seen


def test_a_model_reads_nothing_of_one_speaker() -> None:
    a, b = prepare_sides(statements("The firm said the pier was sold.", "The firm denied any threats."))

    assert read_meaning(Pair(a, b), Same(0.5)) == {}


def test_each_statement_is_read_once_by_the_shipped_model(monkeypatch: pytest.MonkeyPatch) -> None:
    given = statements(f"{OTHER_WORDS} Tom Rowe denied that the firm had made any threats.")
    read: list[str] = []
    summarize = Model.summarize

    def counted(self: Model, text: str) -> object:
        read.append(text)
        return summarize(self, text)

    monkeypatch.setattr(Model, "summarize", counted)
    pair(given, min_score=0.0)

    assert len(read) == len(set(read)) > 0


def test_rules_alone_read_no_meaning() -> None:
    near = nearness_by(Models(sentence=None))

    assert near is None


def promise(article: str, score: float, first: str = "one", second: str = "other") -> Promise:
    return Promise(article, score, (first, second))


def test_a_model_reads_at_most_a_hundred_texts_of_an_article() -> None:
    promises = [promise("one", 0.5 - number / 10_000, f"a{number}", f"b{number}") for number in range(500)]

    chosen = choose_promising([*promises, promise("other", 0.4)])

    assert chosen == {*range(50), 500}


def test_texts_that_are_read_anyway_cost_nothing() -> None:
    promises = [promise("one", 0.5 - number / 10_000, f"a{number % 50}", f"b{number % 50}") for number in range(500)]

    assert choose_promising(promises) == {*range(500)}


def test_pairs_that_promise_nothing_are_not_read() -> None:
    assert choose_promising([promise("one", 0.1), promise("one", 0.3)]) == {1}


def crowd(article: str, published: datetime) -> list[Statement]:
    """Many accusations, each of its own words, and many who deny them in words of their own."""
    deeds = [f"{article[0]}{chr(97 + n // 26)}{chr(97 + n % 26)}t" for n in range(140)]
    lines = (f"The guild accused the firm of {deed}ons. The firm said nobody had been {deed}ired." for deed in deeds)
    analysis = analyze_by_rule([Article(article, "A headline\n\n" + "\n\n".join(lines), None, published)])
    return [row for extraction in analysis.extractions for row in extraction.statements]


def test_comparing_an_article_with_itself_reads_at_most_a_hundred_texts() -> None:
    near = Same(0.5)

    find_conflicts(crowd("first", MONDAY), candidates=None, min_score=0.0, near=near)

    assert 50 < len({text for couple in near.seen for text in couple}) <= 100


def test_given_candidates_cost_no_more_whatever_articles_they_stand_in() -> None:
    near = Same(0.5)
    first, later = crowd("first", MONDAY), crowd("later", FRIDAY)
    pairs = [(one.id, other.id) for rows in (first, later) for one, other in pairwise(rows)]

    find_conflicts([*first, *later], candidates=pairs, min_score=0.0, near=near)

    assert 50 < len({text for couple in near.seen for text in couple}) <= 100


def said(day: date | None, *rows: Statement) -> list[Statement]:
    return [replace(row, said_on=day) for row in rows]


def test_a_day_on_which_it_was_said_goes_before_the_day_of_the_article() -> None:
    first, later = statements("The police said two people had died.", "The ministry said five people had died.")
    (moved,) = said(date(2026, 4, 1), later)

    sides = prepare_sides([first, moved])

    assert [side.statement.id for side in sides] == [moved.id, first.id]
    assert Pair(*sides).later


def test_what_was_said_on_one_day_is_no_update() -> None:
    first, later = statements("The police said two people had died.", "The ministry said five people had died.")
    (moved,) = said(MONDAY.date(), later)

    a, b = prepare_sides([first, moved])

    assert not Pair(a, b).later
    assert "updated" not in read_signs(Pair(a, b), [])


def test_two_days_in_one_article_tell_an_update_and_a_reversal() -> None:
    counts = statements("The police said two people had died. The ministry said five people had died.")
    a, b = prepare_sides([*said(date(2026, 4, 1), counts[0]), *said(date(2026, 4, 3), counts[1])])
    assert read_signs(Pair(a, b), [])["updated"] == 1

    turns = statements("Ana Lima said no letters were burned. Ana Lima admitted that letters had been burned.")
    assert find_by_rule(Pair(*prepare_sides(turns))) == []
    dated = [*said(date(2026, 4, 1), turns[0]), *said(date(2026, 4, 3), turns[1])]
    assert find_by_rule(Pair(*prepare_sides(dated)))[0].kind is ConflictKind.REVERSAL


def test_a_promise_is_due_by_the_day_of_the_report_not_of_its_article() -> None:
    first, later = statements(
        "The firm promised to mend the roof by April 10.", "The roof was not mended, Ana Lima said."
    )
    early = said(date(2026, 4, 8), later)

    assert "not_due" not in read_signs(Pair(*prepare_sides([first, later])), [])
    assert read_signs(Pair(*prepare_sides([first, *early])), [])["not_due"] == 1
    assert find_by_rule(Pair(*prepare_sides([first, *early]))) == []


def test_a_quotation_counts_its_days_from_when_it_was_said() -> None:
    direct, reported = statements("“It rained on Sunday,” Ana Lima said. Tom Rowe said it had rained on Sunday.")
    sides = prepare_sides(said(date(2026, 3, 25), direct, reported))

    days = [side.reading.times.values("day") for side in sides]
    assert days == [{"2026-03-22"}, {"2026-04-05"}]


def test_places_in_an_article_stay_whatever_the_days() -> None:
    first, second = statements(
        "The crew said nobody had lifted the hatch. The owner said a diver had lifted the hatch."
    )
    turned = [first, *said(date(2026, 4, 1), second)]

    a, b = prepare_sides(turned)

    assert a.statement.id == second.id
    assert Pair(a, b).distance == 1
    assert read_signs(Pair(a, b), [])["beside"] == 1
