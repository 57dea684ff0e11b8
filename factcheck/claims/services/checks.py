"""An article read through by a person: checked, and the check taken back."""

from datetime import datetime

from factcheck.claims.errors import AlreadyChecked, NotChecked
from factcheck.claims.models import ArticleCheck
from factcheck.corpus.models import Article
from factcheck.ledger.changes import record_change
from factcheck.ledger.recalling import own_act, said_by
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require


def check_article(article: Article, person: User, now: datetime) -> None:
    """Say that an article's statements and speakers are right as they stand; it leaves the queue.

    Whoever has it in hand is done with it; where the check is taken back soon, they have it again.

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
        change.audit("check_article", article, desk_id=article.desk_id)


def uncheck_article(article: Article, person: User, now: datetime) -> None:
    """Take a check back: the article waits in the queue again.

    Raises:
        NotAllowed: the person checks no articles on this desk.
        NotChecked: there is no check.
    """
    require(person, Action.CHECK_ARTICLE, article)
    with record_change(actor=person, now=now) as change:
        was = ArticleCheck.objects.filter(article=article).first()
        if was is None or not ArticleCheck.objects.filter(pk=was.pk).delete()[0]:
            raise NotChecked
        said = {"by": str(was.person_id), "at": was.checked_at.isoformat()}
        change.audit("uncheck_article", article, desk_id=article.desk_id, **said)


def put_back_check(article: Article, person: User, now: datetime, *, entry: int | None = None) -> None:
    """Let a check hold after all that was taken back, as it was: whose, and of when.

    Raises:
        NotAllowed: the person checks no articles on this desk.
        AlreadyChecked: somebody has, meanwhile.
        NotChecked: no check was taken back last, or whose it was is erased.
    """
    require(person, Action.CHECK_ARTICLE, article)
    was = said_by(own_act(article, entry, person.pk, "uncheck_article"))
    if "by" not in was:
        raise NotChecked
    with record_change(actor=person, now=now) as change:
        if ArticleCheck.objects.filter(article=article).exists():
            raise AlreadyChecked
        at = datetime.fromisoformat(was["at"])
        ArticleCheck.objects.create(article=article, person_id=was["by"], checked_at=at)
        change.audit("check_article", article, desk_id=article.desk_id)
