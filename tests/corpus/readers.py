"""Engines of other versions, as small classes: what they find is what a test says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from factcheck import engine
from factcheck.corpus.models import Article, ShadowReport
from factcheck.corpus.services.readers import Progress, Reader
from factcheck.corpus.services.shadow import ask_shadow_run, run_in_shadow
from factcheck.jobs.runner import Hand
from factcheck.ledger.jobs import claim_job
from factcheck.ledger.models import Job, JobState
from factcheck.newsroom.models import User
from tests.factories import NOW, make_statement_in

VARGA = engine.Speaker("p1", "Ilse Varga", engine.SpeakerKind.PERSON)


@dataclass
class Finder:
    """An engine that finds these words wherever they stand, all said by Ilse Varga; it remembers what it read."""

    version: str
    words: tuple[str, ...]
    models: Mapping[str, str] = field(default_factory=lambda: {"attribution": "sha256:00"})
    read: list[str] = field(default_factory=list)

    def extract(self, article: engine.Article, progress: Progress) -> engine.Extraction:
        self.read.append(article.id)
        progress(0.5)
        found = [make_statement_in(article, VARGA, words) for words in self.words if words in article.text]
        return engine.Extraction(article.id, (VARGA,), tuple(found))


def hand_for(job: Job) -> Hand:
    """The job in this process's hand, claimed as a worker claims it."""
    lease = claim_job(job.pk, NOW)
    assert lease is not None
    return Hand(lease, Job.objects.get(pk=job.pk))


def shadow_job(report: ShadowReport) -> Job:
    return Job.objects.get(subject_id=report.pk)


def try_engine(reader: Reader, person: User, article: Article, *, whole_desk: bool = False) -> ShadowReport:
    """A shadow run, asked for and run to its end, with nothing more urgent beside it."""
    report = ask_shadow_run(article.desk, person, NOW, None if whole_desk else article, reader)
    Job.objects.awaited().filter(state=JobState.QUEUED).update(run_after=timezone.now() + timedelta(days=1))
    run_in_shadow(hand_for(shadow_job(report)), reader)
    report.refresh_from_db()
    return report
