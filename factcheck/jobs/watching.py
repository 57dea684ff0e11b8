"""Watching an analysis, or a shadow run, from a terminal, with a progress bar where there is one."""

import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from factcheck.corpus.models import Article, ShadowReport
from factcheck.ledger.models import Job, JobState

EVERY = 0.2
PARTS = {"extract": (0.0, 0.5), "pair": (0.5, 0.5)}  # where a job begins in the bar, and how long its part is


class AnalysisStopped(Exception):
    """The analysis failed or was cancelled; the message says why."""


def newest_job(article: Article) -> Job | None:
    """The newest job of an article."""
    return Job.objects.about("article", article.pk).first()


def wait_for_analysis(article: Article, console: Console, *, while_true: Callable[[], bool] = lambda: True) -> bool:
    """Show how far the analysis is until it ends; False where `while_true` said to stop watching first.

    Raises:
        AnalysisStopped: it failed or was cancelled.
    """
    return _watch(lambda: newest_job(article), console, while_true)


def wait_for_shadow_run(report: ShadowReport, console: Console) -> None:
    """Show how far a shadow run is until it ends.

    Raises:
        AnalysisStopped: it failed or was cancelled.
    """
    _watch(lambda: Job.objects.about("shadowreport", report.pk).first(), console, lambda: True)


def _watch(find_job: Callable[[], Job | None], console: Console, while_true: Callable[[], bool]) -> bool:
    columns = (TextColumn("{task.fields[step]:<24}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("analysis", total=1.0, step="waiting for the worker")
        while while_true():
            job = find_job()
            if job is None or not job.is_open:
                bar.update(task, completed=1.0, step="analyzed")
                return _ended(job)
            step = job.step or ("waiting for the worker" if job.state == JobState.QUEUED else job.kind)
            start, length = PARTS.get(job.kind, (0.0, 1.0))
            bar.update(task, completed=start + length * job.share, step=step)
            time.sleep(EVERY)
    return False


def _ended(job: Job | None) -> bool:
    if job is not None and job.state != JobState.DONE:
        raise AnalysisStopped(job.reason or "The analysis was cancelled.")
    return True
