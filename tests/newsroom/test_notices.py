from datetime import timedelta

import pytest

from factcheck.claims.services.claims import assign_claim
from factcheck.claims.services.notices import describe_notices
from factcheck.claims.services.verdicts import approve_verdict, send_back_verdict
from factcheck.corpus.models import Article
from factcheck.corpus.services.articles import restrict_article
from factcheck.ledger.changes import record_change
from factcheck.ledger.errors import StaleVersion
from factcheck.newsroom.errors import NotAllowed, UnfitRules
from factcheck.newsroom.models import Desk, Notice, NoticeKind, User
from factcheck.newsroom.notices import notify, read_all_notices, read_notice
from factcheck.newsroom.rules import Rules, change_rules
from tests.factories import NOW, make_article, make_bridge_pair, make_claim, make_submitted
from tests.people import People

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def article(people: People) -> Article:
    return make_article(people.desk, people.ada)


def mention(article: Article, person: User, by: User, place: str = "") -> None:
    with record_change(actor=by, now=NOW) as change:
        notify(change, person, NoticeKind.MENTION, article, desk_id=article.desk_id, place=place)


def test_a_notice_stands_or_falls_with_the_change_that_tells(people: People, article: Article) -> None:
    def fail() -> None:
        with record_change(actor=people.ada, now=NOW) as change:
            notify(change, people.ben, NoticeKind.MENTION, article, desk_id=article.desk_id)
            raise StaleVersion

    with pytest.raises(StaleVersion):
        fail()
    mention(article, people.ben, people.ada)

    assert [notice.by for notice in Notice.objects.to(people.ben)] == [people.ada]


def test_nobody_is_told_of_what_they_did_themselves(people: People, article: Article) -> None:
    mention(article, people.ada, people.ada)

    assert not Notice.objects.exists()


def test_a_notice_leads_to_the_place_on_the_page(people: People, article: Article) -> None:
    mention(article, people.ben, people.ada, "#comment-1")

    (told,) = describe_notices(list(Notice.objects.to(people.ben)), people.ben)

    assert (told.title, told.address) == (article.title, f"{article.get_absolute_url()}#comment-1")


def test_what_one_may_no_longer_read_is_not_named(people: People, article: Article) -> None:
    mention(article, people.ben, people.ada)
    restrict_article(article, [], article.version, people.lea, NOW)

    (told,) = describe_notices(list(Notice.objects.to(people.ben)), people.ben)

    assert (told.title, told.address) == ("", "")


def test_reading_marks_ones_own_and_only_what_was_there(people: People, article: Article) -> None:
    for person in (people.ben, people.lea):
        mention(article, person, people.ada)
    notice = Notice.objects.get(person=people.ben)

    read_notice(notice, people.lea, NOW)  # not hers
    assert Notice.objects.unread().count() == 2
    assert read_all_notices(people.ben, NOW - timedelta(minutes=1), LATER) == 0
    assert read_all_notices(people.ben, NOW, LATER) == 1
    read_notice(notice, people.ben, LATER + timedelta(hours=1))

    assert Notice.objects.get(person=people.ben).read_at == LATER
    assert Notice.objects.unread().count() == 1


def test_assigning_sending_back_and_approving_tell_whom_they_concern(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    assign_claim(claim, people.ada, people.lea, NOW)
    verdict = make_submitted(claim, people.ada)
    send_back_verdict(verdict, "Say when.", verdict.version, people.lea, NOW)
    verdict.refresh_from_db()
    from factcheck.claims.services.verdicts import submit_verdict

    submit_verdict(verdict, verdict.version, people.ada, LATER)
    approve_verdict(verdict, verdict.version, people.ben, LATER)

    assert list(Notice.objects.order_by("at", "id").values_list("kind", "person__name")) == [
        ("assigned", "Ada"),
        ("sent_back", "Ada"),
        ("approved", "Ada"),
    ]


# --- The rules of a desk ---

RULES = Rules(pair_minutes=10, claim_hours=48, article_hours=12, assessors=2, approvals_needed=2)


def test_leads_and_admins_set_how_a_desk_works(people: People) -> None:
    with pytest.raises(NotAllowed):
        change_rules(people.desk, RULES, 1, people.ben, NOW)
    with pytest.raises(NotAllowed):
        change_rules(people.desk, RULES, 1, people.cleo, NOW)
    change_rules(people.desk, RULES, 1, people.lea, NOW)
    with pytest.raises(StaleVersion):
        change_rules(people.desk, Rules(1, 1, 1, 1), 1, people.amir, NOW)

    assert Rules.of(Desk.objects.get(pk=people.desk.pk)) == RULES


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        (Rules(0, 24, 24, 1), "pair minutes"),
        (Rules(30, 721, 24, 1), "claim hours"),
        (Rules(30, 24, -1, 1), "article hours"),
        (Rules(30, 24, 24, 5), "assessors"),
        (Rules(30, 24, 24, 1, 3), "approvals needed"),
    ],
)
def test_a_rule_out_of_its_bounds_is_named(people: People, rules: Rules, named: str) -> None:
    with pytest.raises(UnfitRules, match=named):
        change_rules(people.desk, rules, 1, people.lea, NOW)
