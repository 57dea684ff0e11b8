"""An article read through by a person: checked, and the check taken back."""

from datetime import datetime

from factcheck.claims.errors import AlreadyChecked, NotChecked
from factcheck.claims.models import ArticleCheck, Assignment
from factcheck.corpus.models import Article
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


def check_article(article: Article, person: User, now: datetime) -> None:
    """Say that an article's statements and speakers are right as they stand; it leaves the queue and all hands.

    Raises:
        NotAllowed: the person checks no articles on this desk.
        AlreadyChecked: somebody has.
    """
    require(person, Action.CHECK_ARTICLE, article)
    with record_change(actor=person, now=now) as change:
        done = ArticleCheck(article=article, person=person, checked_at=now)
        ArticleCheck.objects.bulk_create([done], ignore_conflicts=True)
        if not ArticleCheck.objects.filter(article=article, person=person, checked_at=now).exists():
            raise AlreadyChecked
        Assignment.objects.on(article).delete()
        change.audit("check_article", article, desk_id=article.desk_id)


def uncheck_article(article: Article, person: User, now: datetime) -> None:
    """Take a check back: the article waits in the queue again.

    Raises:
        NotAllowed: the person checks no articles on this desk.
        NotChecked: there is no check.
    """
    require(person, Action.CHECK_ARTICLE, article)
    with record_change(actor=person, now=now) as change:
        if not ArticleCheck.objects.filter(article=article).delete()[0]:
            raise NotChecked
        change.audit("uncheck_article", article, desk_id=article.desk_id)
