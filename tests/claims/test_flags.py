"""A changed source flags the claims that hang on it; whoever is concerned is told, and somebody has to look."""

import pytest

from factcheck.claims.errors import NothingToSettle
from factcheck.claims.models import Claim, ClaimState, SourceChange
from factcheck.claims.services.flags import settle_changes
from factcheck.claims.services.verdicts import approve_verdict, submit_verdict
from factcheck.corpus.models import Watch
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Notice
from tests.factories import BRIDGE, NOW, make_bridge_pair, make_claim, make_draft, run_open_jobs
from tests.people import People

pytestmark = pytest.mark.django_db

REWORDED = BRIDGE.replace("inspected in January,”", "inspected in March,”")


def revise(claim: Claim, text: str) -> None:
    assert claim.pair is not None
    revise_article(claim.pair.a.article, NewText(text=text), NOW)
    run_open_jobs()
    claim.refresh_from_db()


def test_a_reworded_statement_flags_its_claim_and_who_works_on_it_is_told(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ada, people.lea)

    revise(claim, REWORDED)

    assert [(row.what, row.statement) for row in claim.source_changes.all()] == [("reworded", claim.checked)]
    assert set(Claim.objects.flagged()) == {claim}
    told = Notice.objects.filter(kind="changed", subject_id=claim.pk).values_list("person", flat=True)
    assert set(told) == {people.ben.pk, people.ada.pk}


def test_a_change_elsewhere_in_the_article_flags_nothing(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)

    revise(claim, BRIDGE.replace("closed the Orla bridge on Sunday", "closed the bridge on Monday"))

    assert not SourceChange.objects.exists()


def test_a_decided_claim_goes_back_to_work_until_somebody_has_looked(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    verdict = make_draft(claim, people.ben)
    submit_verdict(verdict, verdict.version, people.ben, NOW)
    approve_verdict(verdict, verdict.version, people.lea, NOW)

    revise(claim, REWORDED)
    assert claim.state == ClaimState.IN_WORK

    settle_changes(claim, people.ben, NOW)
    assert claim.state == ClaimState.DECIDED
    with pytest.raises(NothingToSettle):
        settle_changes(claim, people.ben, NOW)


def test_a_reporter_does_not_settle_a_change(people: People) -> None:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    revise(claim, REWORDED)

    with pytest.raises(NotAllowed):
        settle_changes(claim, people.ada, NOW)


def test_the_articles_of_a_claim_under_work_watch_themselves_for_some_days(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    pair.a.article.url = "https://daily.example/bridge"
    type(pair.a.article).objects.filter(pk=pair.a.article_id).update(url=pair.a.article.url)

    make_claim(pair, people.ben)

    watch = Watch.objects.get(article=pair.a.article)
    assert watch.until is not None
    assert watch.until > NOW
