"""What is kept of a serializer shows exactly what REST framework would."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db.models import Model
from rest_framework.serializers import Serializer

from factcheck.api.articles import ArticleShown, as_rows, as_rows_with_text
from factcheck.api.claims import ClaimShown
from factcheck.api.conflicts import ConflictShown
from factcheck.api.fields import Shown
from factcheck.api.jobs import JobShown, complete_jobs
from factcheck.api.revisions import RevisionShown
from factcheck.api.speakers import SpeakerShown
from factcheck.api.statements import StatementShown
from factcheck.api.verdicts import ScaleShown, VerdictShown
from factcheck.claims.models import Claim, RatingScale, Verdict
from factcheck.claims.services.verdicts import approve_verdict
from factcheck.corpus.models import Article, ConflictPair, Decision, Revision, Speaker, Statement
from factcheck.corpus.services.conflicts import decide_conflict
from factcheck.ledger.models import Job
from tests.factories import NOW, make_article, make_bridge_pair, make_claim, make_scale, make_submitted
from tests.people import People

KINDS: list[tuple[type[Shown], type[Model]]] = [
    *((RevisionShown, Revision), (StatementShown, Statement), (SpeakerShown, Speaker)),
    *((ConflictShown, ConflictPair), (ClaimShown, Claim), (VerdictShown, Verdict), (ScaleShown, RatingScale)),
]


@pytest.fixture
def _desk_at_work(people: People) -> None:
    make_scale(people.desk)
    make_article(people.desk, people.ada, "No outlet\n\nNobody said anything.", outlet="", published_at=None)
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)
    make_submitted(claim, people.ben)
    decided = make_bridge_pair(people.desk, people.ada, "Monday", "March")
    decide_conflict(decided, Decision.COMPATIBLE, decided.version, people.ben, now=NOW)
    approved = make_submitted(
        make_claim(make_bridge_pair(people.desk, people.ada, "Friday", "May"), people.ben), people.ben
    )
    approve_verdict(approved, approved.version, people.lea, NOW)


def by_rest(kind: type[Shown], row: Any) -> Any:
    """What REST framework's own serializer makes of it."""
    return Serializer.to_representation(kind(), row)


def assert_same(kind: type[Shown], rows: Iterable[Any]) -> None:
    found = [(kind().to_representation(row), by_rest(kind, row)) for row in rows]

    assert found
    assert [ours for ours, _ in found] == [theirs for _, theirs in found]
    assert [list(ours) for ours, _ in found] == [list(theirs) for _, theirs in found]


@pytest.mark.usefixtures("_desk_at_work")
def test_a_row_is_shown_as_the_framework_would_show_it(people: People) -> None:
    jobs = list(Job.objects.all())
    complete_jobs(jobs, people.ben)
    assert_same(JobShown, jobs)
    for kind, model in KINDS:
        assert_same(kind, model._default_manager.all())
    assert_same(ArticleShown, as_rows(Article.objects.all()))
    assert_same(ArticleShown, as_rows_with_text(Article.objects.all()))


@pytest.mark.usefixtures("_desk_at_work")
def test_a_row_holds_what_its_article_and_newest_revision_say() -> None:
    for row in as_rows_with_text(Article.objects.all()):
        shown, article = ArticleShown().to_representation(row), Article.objects.get(pk=row.id)

        assert shown["outlet"] == (article.outlet.name if article.outlet else None)
        assert (shown["desk"], shown["title"]) == (article.desk.slug, article.title)
        assert shown["revision"] == RevisionShown().to_representation(article.current)
