"""Going live with another engine, after its shadow run."""

from datetime import datetime

from factcheck.corpus.models import Article, RunMode
from factcheck.corpus.services.extraction import queue_extractions
from factcheck.corpus.services.pairing import EXTRACT
from factcheck.corpus.services.readers import TODAYS, Reader
from factcheck.corpus.services.trials import articles_read, read_by_others, require_tried
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import retry_failed_jobs
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

AT_ONCE = 200  # articles in one transaction, so that writing never waits long


def switch_engine(
    desk: Desk, person: User, now: datetime, article: Article | None = None, reader: Reader = TODAYS
) -> list[Article]:
    """Queue the reading of a desk's articles, or of one, that this engine has not read; give them.

    Statements are stable rows, so what editors did stays with them; what is no longer found is gone, not deleted.

    Raises:
        NotAllowed: the person may not switch engines on this desk.
        NotTried: the engine was not tried on some of them in a shadow run.
    """
    require(person, Action.SWITCH_ENGINE, desk)
    articles = read_by_others(articles_read(desk.pk, article.pk if article else None), reader.version)
    require_tried(articles, reader.version)
    behind = list(articles)
    for first in range(0, len(behind), AT_ONCE):
        _queue(behind[first : first + AT_ONCE], desk, person, now, reader)
    return behind


def _queue(articles: list[Article], desk: Desk, person: User, now: datetime, reader: Reader) -> None:
    with record_change(actor=person, now=now) as change:
        queue_extractions(change, dict.fromkeys((article.current for article in articles), 0), reader)
        queued = Job.objects.filter(kind=EXTRACT, subject_id__in=[article.pk for article in articles])
        retry_failed_jobs(change, queued.filter(key__endswith=f":{reader.version}:{RunMode.LIVE}"))
        change.audit("switch_engine", desk, desk_id=desk.pk, engine=reader.version, articles=len(articles))
