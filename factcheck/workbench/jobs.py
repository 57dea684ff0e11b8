from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from factcheck.corpus.models import Article
from factcheck.corpus.services.jobs import cancel_work, retry_work
from factcheck.ledger.models import Job
from factcheck.workbench.requests import DeskRequest


@require_POST
def retry(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Try failed work again."""
    job, article = _job_and_article(request, job_id)
    retry_work(job, article, request.user, timezone.now())
    return redirect(article)


@require_POST
def cancel(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Stop work."""
    job, article = _job_and_article(request, job_id)
    cancel_work(job, article, request.user, timezone.now())
    return redirect(article)


def _job_and_article(request: DeskRequest, job_id: UUID) -> tuple[Job, Article]:
    job = get_object_or_404(Job.objects.filter(subject_type="article"), pk=job_id)
    return job, get_object_or_404(Article.objects.readable_by(request.user), pk=job.subject_id)
