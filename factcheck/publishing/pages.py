"""The pages that anybody may read. They look at no session, so that a cache may keep them."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from factcheck.publishing.answers import page
from factcheck.publishing.differences import differences
from factcheck.publishing.models import ClaimReview, Publication
from factcheck.publishing.screens import Asked, find_conflict, index_for, review_for, site_name

LONGEST_QUERY = 300


@login_not_required
@require_safe
def show_index(request: HttpRequest) -> HttpResponseBase:
    """What is published, newest first, to be searched and narrowed."""
    return page(request, "publishing/index.html", {"screen": index_for(_asked(request)), "site": site_name()})


@login_not_required
@require_safe
def show_review(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A review at its permanent address; a notice where it was withdrawn."""
    publication = _publication(slug)
    context = {"screen": review_for(publication, publication.live), "site": site_name()}
    if not publication.is_live:
        return page(request, "publishing/withdrawn.html", context, status=410)
    return page(request, "publishing/review.html", context, changed_at=publication.changed_at)


@login_not_required
@require_safe
def show_revision(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A revision as it was published, with a note that it is not the last."""
    publication, revision = _revision(slug, number)
    context = {"screen": review_for(publication, revision), "site": site_name()}
    if not publication.is_live:
        return page(request, "publishing/withdrawn.html", context, status=410)
    return page(request, "publishing/review.html", context, changed_at=revision.published_at)


@login_not_required
@require_safe
def show_changes(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What a correction changed, word by word."""
    publication, revision = _revision(slug, number)
    screen = review_for(publication, revision)
    if not publication.is_live:
        return page(request, "publishing/withdrawn.html", {"screen": screen, "site": site_name()}, status=410)
    before = get_object_or_404(ClaimReview, publication=publication, number=number - 1)
    changed = differences(before.review, screen.review)
    return page(request, "publishing/changes.html", {"screen": screen, "differences": changed, "site": site_name()})


@login_not_required
@require_safe
def show_conflict(request: HttpRequest, pair_id: UUID) -> HttpResponseBase:
    """Two statements side by side."""
    screen = find_conflict(pair_id)
    if screen is None:
        raise Http404
    return page(request, "publishing/conflict.html", {"screen": screen, "site": site_name()})


@login_not_required
@require_safe
def show_speaker(request: HttpRequest, speaker_id: UUID) -> HttpResponseBase:
    """What somebody said that we have checked."""
    screen = index_for(Asked(speaker=speaker_id, after=request.GET.get("after", "")[:100]))
    if not screen.found:
        raise Http404
    return page(request, "publishing/speaker.html", {"screen": screen, "site": site_name()})


def _publication(slug: str) -> Publication:
    return get_object_or_404(Publication.objects.with_review(), slug=slug)


def _revision(slug: str, number: int) -> tuple[Publication, ClaimReview]:
    publication = _publication(slug)
    return publication, get_object_or_404(ClaimReview, publication=publication, number=number)


def _asked(request: HttpRequest) -> Asked:
    """What a reader asks; what cannot be read is not asked."""
    said = {name: str(request.GET.get(name, "")).strip()[:LONGEST_QUERY] for name in ("q", "tone", "language", "after")}
    return Asked(said["q"], said["tone"], _speaker(request.GET.get("speaker", "")), said["language"], said["after"])


def _speaker(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise Http404 from error
