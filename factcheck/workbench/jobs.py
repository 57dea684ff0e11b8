from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.services.jobs import (
    Subject,
    cancel_work,
    jobs_open_to,
    retry_all,
    retry_work,
    scoring_open_to,
    shadow_runs_open_to,
    subject_of,
)
from factcheck.ledger.models import Job
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.workbench.forms import JobForm, RetryAllForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.jobs import jobs_for


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """What waits, what runs, what has failed and why."""
    require_somewhere(request.user, Action.READ_JOBS)
    return render(request, "workbench/jobs.html", {"screen": jobs_for(request.user)})


@require_POST
def retry_failed(request: DeskRequest) -> HttpResponse:
    """Try all failed work of one reason again."""
    require_somewhere(request.user, Action.RETRY_JOB)
    said = RetryAllForm(request.POST).require_valid()
    again = retry_all(said["reason"], request.user, timezone.now())
    messages.success(request, _("%(again)s queued again.") % {"again": grouped(again)})
    return redirect("workbench:jobs")


@require_POST
def retry(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Try failed work again."""
    job, subject = _job_and_subject(request, job_id)
    said = JobForm(request.POST).require_valid()
    retry_work(job, subject, request.user, timezone.now())
    return redirect("workbench:jobs") if said["back"] or isinstance(subject, Desk) else redirect(subject)


@require_POST
def cancel(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Stop work."""
    job, subject = _job_and_subject(request, job_id)
    said = JobForm(request.POST).require_valid()
    cancel_work(job, subject, request.user, timezone.now())
    return redirect("workbench:jobs") if said["back"] or isinstance(subject, Desk) else redirect(subject)


def _job_and_subject(request: DeskRequest, job_id: UUID) -> tuple[Job, Subject]:
    wide = (shadow_runs_open_to(request.user), scoring_open_to(request.user))
    found = (work.filter(pk=job_id).first() for work in wide)
    job = next(filter(None, found), None) or get_object_or_404(jobs_open_to(request.user), pk=job_id)
    return job, subject_of(job)
