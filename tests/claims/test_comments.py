"""Talk beside the work: who may say what, about which words, for how long it can be mended, and whom it mentions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from factcheck.claims.errors import CommentTooOld, UnfitComment, WrongCommentState
from factcheck.claims.models import Claim, Comment, Mention
from factcheck.claims.services.comments import (
    NewComment,
    add_comment,
    delete_comment,
    edit_comment,
    is_mendable,
    reopen_comment,
    resolve_comment,
)
from factcheck.corpus.models import ConflictPair
from factcheck.corpus.services.articles import restrict_article
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Notice, NoticeKind
from tests.factories import NOW, make_bridge_pair, make_claim, make_comment
from tests.people import People


@pytest.fixture
def pair(people: People) -> ConflictPair:
    return make_bridge_pair(people.desk, people.ada)


@pytest.fixture
def claim(people: People, pair: ConflictPair) -> Claim:
    return make_claim(pair, people.ben)


def mentioned(comment: Comment) -> list[str]:
    return sorted(Mention.objects.filter(comment=comment).values_list("person__username", flat=True))


def test_whoever_works_on_the_desk_comments_and_nobody_else(people: People, claim: Claim) -> None:
    for person in (people.ada, people.ben, people.lea):
        make_comment(claim, person)
    for person in (people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            make_comment(claim, person)

    assert AuditEntry.objects.filter(verb="add_comment").count() == 3


def test_a_comment_stands_at_a_claim_a_pair_or_a_statement(people: People, claim: Claim, pair: ConflictPair) -> None:
    for subject in (claim, pair, pair.a):
        assert make_comment(subject, people.ada).desk_id == people.desk.pk

    with pytest.raises(IntegrityError, match="comment_stands_somewhere"), transaction.atomic():
        Comment.objects.filter(claim=claim).update(claim=None)


NAMES = [
    ("@lea and @ada, see this", ["ada", "lea"]),
    ("ask @Lea.", ["lea"]),
    ("@lea @lea @lea", ["lea"]),
    ("a@lea.example is an address, @nobody is nobody", []),
    ("@ben wrote this himself", []),
    ("@cleo is of another desk", []),
]


@pytest.mark.parametrize(("body", "names"), NAMES)
def test_a_comment_mentions_colleagues_of_the_desk_once_each(
    people: People, claim: Claim, body: str, names: list[str]
) -> None:
    assert mentioned(make_comment(claim, people.ben, body)) == names


def test_whoever_is_mentioned_is_told_once_and_no_more_when_it_is_taken_back(people: People, claim: Claim) -> None:
    comment = make_comment(claim, people.ben, "@lea, see this.")

    edit_comment(comment, "@lea and @ada, see this.", comment.version, people.ben, NOW)
    told = Notice.objects.filter(kind=NoticeKind.MENTION).order_by("person__username")
    assert [(notice.person, notice.by, notice.subject_id) for notice in told] == [
        (people.ada, people.ben, claim.pk),
        (people.lea, people.ben, claim.pk),
    ]
    assert {notice.place for notice in told} == {f"#comment-{comment.pk}"}

    delete_comment(comment, comment.version, people.ben, NOW)
    assert not Notice.objects.filter(kind=NoticeKind.MENTION).exists()


def test_whoever_left_is_not_mentioned(people: People, claim: Claim) -> None:
    people.lea.is_active = False
    people.lea.save()

    assert mentioned(make_comment(claim, people.ben, "@lea @ada")) == ["ada"]


def test_a_comment_points_at_the_very_words(people: People, claim: Claim, pair: ConflictPair) -> None:
    comment = add_comment(claim, NewComment("When?", pair.a, "“inspected  in\njanuary”"), people.ben, NOW)

    assert comment.words == "inspected in January"
    assert comment.revision is not None
    assert comment.revision.text[comment.start : comment.end] == comment.words


@pytest.mark.parametrize(
    ("words", "says"),
    [("inspected in May", "does not stand in this statement"), ("The council closed", "does not stand")],
)
def test_words_that_stand_elsewhere_are_refused(
    people: People, claim: Claim, pair: ConflictPair, words: str, says: str
) -> None:
    with pytest.raises(UnfitComment, match=says):
        add_comment(claim, NewComment("When?", pair.a, words), people.ben, NOW)


def test_words_need_a_statement_and_a_statement_of_this_page(people: People, claim: Claim) -> None:
    other = make_bridge_pair(people.desk, people.ada, "Monday", "May")

    with pytest.raises(UnfitComment, match="which statement"):
        add_comment(claim, NewComment("When?", None, "January"), people.ben, NOW)
    for subject in (claim, claim.pair):
        assert subject is not None
        with pytest.raises(UnfitComment, match="one of the statements on this page"):
            add_comment(subject, NewComment("When?", other.a), people.ben, NOW)


@pytest.mark.parametrize(("body", "says"), [(" \x00\n", "is empty"), ("x" * 5_001, "has 5,001 characters")])
def test_a_comment_says_something_that_fits(people: People, claim: Claim, body: str, says: str) -> None:
    with pytest.raises(UnfitComment, match=says):
        make_comment(claim, people.ben, body)


def test_for_a_quarter_of_an_hour_its_author_mends_it(people: People, claim: Claim) -> None:
    comment, later = make_comment(claim, people.ben), NOW + timedelta(minutes=15)

    assert is_mendable(comment, later, people.ben)
    assert not is_mendable(comment, later, people.lea)
    edit_comment(comment, "Which log, @lea?", comment.version, people.ben, later)

    assert (comment.body, comment.edited_at, mentioned(comment)) == ("Which log, @lea?", later, ["lea"])
    with pytest.raises(NotAllowed):
        edit_comment(comment, "No.", comment.version, people.lea, later)
    with pytest.raises(StaleVersion):
        edit_comment(comment, "Late.", comment.version - 1, people.ben, later)


def test_after_a_quarter_of_an_hour_it_stands(people: People, claim: Claim) -> None:
    comment, later = make_comment(claim, people.ben), NOW + timedelta(minutes=15, seconds=1)

    with pytest.raises(CommentTooOld):
        edit_comment(comment, "No.", comment.version, people.ben, later)
    with pytest.raises(CommentTooOld):
        delete_comment(comment, comment.version, people.ben, later)

    assert not is_mendable(comment, later, people.ben)


def test_a_comment_taken_back_mentions_nobody_and_says_nothing(people: People, claim: Claim) -> None:
    comment = make_comment(claim, people.ben, "@lea!")

    delete_comment(comment, comment.version, people.ben, NOW)

    comment.refresh_from_db()
    assert (comment.body, mentioned(comment)) == ("", [])
    with pytest.raises(WrongCommentState):
        edit_comment(comment, "Again.", comment.version, people.ben, NOW)
    with pytest.raises(WrongCommentState):
        resolve_comment(comment, comment.version, people.lea, NOW)


def test_a_comment_is_resolved_and_reopened_by_anybody_of_the_desk(people: People, claim: Claim) -> None:
    comment = make_comment(claim, people.ben)

    resolve_comment(comment, comment.version, people.ada, NOW)
    assert comment.resolved_by == people.ada
    with pytest.raises(WrongCommentState):
        resolve_comment(comment, comment.version, people.lea, NOW)
    reopen_comment(comment, comment.version, people.lea, NOW)

    assert comment.resolved_at is None
    with pytest.raises(WrongCommentState):
        reopen_comment(comment, comment.version, people.lea, NOW)


def test_comments_are_read_by_whoever_reads_what_they_are_about(
    people: People, claim: Claim, pair: ConflictPair
) -> None:
    for subject in (claim, pair, pair.a):
        make_comment(subject, people.lea)
    assert Comment.objects.readable_by(people.ben).count() == 3
    assert not Comment.objects.readable_by(people.cleo).exists()

    restrict_article(pair.a.article, [], pair.a.article.version, people.lea, NOW)

    assert not Comment.objects.readable_by(people.ben).exists()
    assert Comment.objects.readable_by(people.lea).count() == 3
