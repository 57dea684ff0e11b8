"""The discussion on the pages: said, mended, taken back, resolved; with the words that it is about."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim, Comment, Mention
from tests.factories import make_bridge_pair, make_claim, make_comment
from tests.people import People
from tests.workbench.conftest import SignedIn


@pytest.fixture
def claim(people: People) -> Claim:
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben)


@pytest.fixture
def ada(people: People, signed_in: SignedIn) -> Client:
    return signed_in(people.ada)


def address(name: str, comment: Comment) -> str:
    return reverse(f"workbench:comment-{name}", args=[comment.pk])


def test_a_comment_is_said_with_a_mention_and_its_words(ada: Client, claim: Claim) -> None:
    said = {"body": "@ben, when?", "statement": claim.checked_id, "words": "in January"}

    answer = ada.post(reverse("workbench:claim-comment", args=[claim.pk]), said)

    comment = Comment.objects.get()
    page = ada.get(answer.headers["Location"]).content.decode()
    assert answer.headers["Location"].endswith(f"/claims/{claim.pk}/#comment-{comment.pk}")
    assert Mention.objects.get().person.username == "ben"
    assert f'?words=in+January#t-{claim.checked_id}"' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": " "}, "the comment is empty"),
        ({"body": "x" * 5_001}, "has 5,001 characters"),
        ({"body": "When?", "words": "in May"}, "which statement the words belong to"),
    ],
)
@pytest.mark.parametrize("place", ["claim", "conflict", "statement"])
def test_a_refused_comment_keeps_what_was_written(
    ada: Client, claim: Claim, place: str, fields: dict[str, str], words: str
) -> None:
    assert claim.pair is not None
    ids = {"claim": claim.pk, "conflict": claim.pair.pk, "statement": claim.pair.a_id}
    if place == "statement" and "words" in fields:
        words = "does not stand in this statement"

    answer = ada.post(reverse(f"workbench:{place}-comment", args=[ids[place]]), fields)

    page = answer.content.decode()
    assert (answer.status_code, words in page, fields["body"] in page) == (422, True, True)
    assert fields.get("words", "") in page
    assert not Comment.objects.exists()


def test_what_is_said_of_a_conflict_stands_on_its_page(ada: Client, claim: Claim) -> None:
    assert claim.pair is not None

    answer = ada.post(reverse("workbench:conflict-comment", args=[claim.pair.pk]), {"body": "Same mayor?"})

    assert answer.headers["Location"].startswith(claim.pair.get_absolute_url())
    assert "Same mayor?" in ada.get(claim.pair.get_absolute_url()).content.decode()


def test_what_is_said_at_a_statement_stands_wherever_it_appears(ada: Client, claim: Claim) -> None:
    assert claim.pair is not None
    ada.post(reverse("workbench:statement-comment", args=[claim.pair.a_id]), {"body": "The mayor’s own words?"})

    statement = claim.pair.a
    for page in (claim.get_absolute_url(), claim.pair.get_absolute_url(), statement.get_absolute_url()):
        assert "The mayor’s own words?" in ada.get(page).content.decode()
    assert "1 comment</a>" in ada.get(statement.article.get_absolute_url()).content.decode()


def test_from_the_reader_one_comments_on_a_statements_very_words(ada: Client, claim: Claim) -> None:
    statement = claim.checked
    assert statement is not None
    reader = ada.get(statement.article.get_absolute_url()).content.decode()
    assert f'href="{statement.get_absolute_url()}#talk"' in reader

    sent = {"body": "Which January?", "words": "in January"}
    answer = ada.post(reverse("workbench:statement-comment", args=[statement.pk]), sent, follow=True)

    assert answer.redirect_chain[0][0].startswith(f"{statement.get_absolute_url()}#comment-")
    assert f'?words=in+January#t-{statement.pk}"' in answer.content.decode()  # the jump to the words


def test_one_mends_and_takes_back_ones_own_comment(
    people: People, ada: Client, signed_in: SignedIn, claim: Claim
) -> None:
    comment = make_comment(claim, people.ada, now=timezone.now())
    assert address("edit", comment) in ada.get(claim.get_absolute_url()).content.decode()
    assert address("edit", comment) not in signed_in(people.ben).get(claim.get_absolute_url()).content.decode()

    assert "Which log?" in ada.get(address("edit", comment)).content.decode()
    empty = ada.post(address("edit", comment), {"version": comment.version, "body": " "})
    ada.post(address("edit", comment), {"version": comment.version, "body": "Which of the logs?"})
    assert empty.status_code == 422
    assert "Which of the logs?" in ada.get(claim.get_absolute_url()).content.decode()

    comment.refresh_from_db()
    ada.post(address("delete", comment), {"version": comment.version})
    page = ada.get(claim.get_absolute_url()).content.decode()
    assert "This comment was taken back" in page
    assert "Which of the logs?" not in page


def test_an_old_comment_is_not_mended(people: People, ada: Client, claim: Claim) -> None:
    comment = make_comment(claim, people.ada, now=timezone.now() - timedelta(minutes=16))

    assert address("edit", comment) not in ada.get(claim.get_absolute_url()).content.decode()
    for answer in (ada.get(address("edit", comment)), ada.post(address("delete", comment), {"version": 1})):
        assert (answer.status_code, "quarter of an hour" in answer.content.decode()) == (409, True)


def test_a_comment_is_resolved_and_reopened(people: People, ada: Client, claim: Claim) -> None:
    comment = make_comment(claim, people.ben)

    ada.post(address("resolve", comment), {"version": comment.version})
    assert "resolved by Ada" in ada.get(claim.get_absolute_url()).content.decode()
    comment.refresh_from_db()
    ada.post(address("reopen", comment), {"version": comment.version})

    assert "resolved by" not in ada.get(claim.get_absolute_url()).content.decode()


def test_hostile_comments_are_shown_as_words(ada: Client, claim: Claim) -> None:
    ada.post(reverse("workbench:claim-comment", args=[claim.pk]), {"body": "<script>alert(1)</script>"})

    page = ada.get(claim.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
