"""The pages of shadow runs: which there are, and what each says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from factcheck.corpus.models import ArticleComparison, ShadowReport
from factcheck.corpus.services.reports import ComparedArticle, comparisons_of, describe
from factcheck.corpus.services.shadow import count
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.workbench.screens.progress import Progress
from factcheck.workbench.screens.progress import describe as describe_job

ON_A_PAGE, NEWEST = 50, 50


@dataclass(frozen=True, slots=True)
class ReportScreen:
    """What the page of a report shows: its sums, a page of its articles, and how far its run is."""

    report: ShadowReport
    progress: Progress
    sums: Mapping[str, int]
    page: Page[ArticleComparison]
    articles: Sequence[ComparedArticle]


def reports_for(person: User) -> list[ShadowReport]:
    """The newest reports that this person may read."""
    reports = ShadowReport.objects.readable_by(person).select_related("desk", "asked_by")
    return list(reports.order_by("-asked_at", "-id")[:NEWEST])


def report_screen(report: ShadowReport, person: User, number: str) -> ReportScreen:
    """Gather a page of a report in a fixed number of queries."""
    page = Paginator(comparisons_of(report), ON_A_PAGE).get_page(number)
    job = Job.objects.about("shadowreport", report.pk).first()
    articles = describe(list(page.object_list), person)
    return ReportScreen(report, describe_job(job, report, person), count(report), page, articles)
