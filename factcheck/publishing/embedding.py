"""A review on somebody else's page: a card without a script, and oEmbed, by which other sites find it."""

import json
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from factcheck.publishing.answers import LONG, page, publicly
from factcheck.publishing.gathering import picture_of
from factcheck.publishing.models import Publication
from factcheck.publishing.pictures import HEIGHT as PICTURE_HEIGHT
from factcheck.publishing.pictures import WIDTH as PICTURE_WIDTH
from factcheck.publishing.review import Review
from factcheck.publishing.screens import review_for, site_name

WIDTH, HEIGHT = 560, 300
NOT_IMPLEMENTED = 501
PROVIDER_VERSION = "1.0"


@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # it takes any view
def show_embed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The card: claim, rating, and a link to the review. Any page may frame it."""
    publication = get_object_or_404(Publication.objects.with_review(), slug=slug)
    screen = review_for(publication, publication.live)
    return page(request, "publishing/embed.html", {"screen": screen, "site": site_name()})


@login_not_required
@require_safe
def show_oembed(request: HttpRequest) -> HttpResponseBase:
    """OEmbed 1.0, as JSON: what to put into a page for the address of a review."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": _("Only JSON is given: leave format out.")}, status=NOT_IMPLEMENTED)
    publication = _find(request.GET.get("url", ""))
    if publication is None:
        return JsonResponse({"error": _("There is no review at this address.")}, status=404)
    said = json.dumps(_described(publication, request), ensure_ascii=False)
    return publicly(request, said, "application/json+oembed; charset=utf-8", seconds=LONG)


def _find(url: str) -> Publication | None:
    """The live publication at this address of ours."""
    try:
        parts = urlsplit(url)
        found = resolve(f"{parts.path.rstrip('/')}/")  # people leave the last one out
    except (ValueError, Resolver404):
        return None
    if f"{parts.scheme}://{parts.netloc}" != settings.PUBLIC_URL or found.view_name != "publishing:review":
        return None
    return Publication.objects.published().with_review().filter(slug=found.kwargs["slug"]).first()


def _described(publication: Publication, request: HttpRequest) -> dict[str, object]:
    review = publication.live.review
    width, height = _bounded(request, "maxwidth", WIDTH), _bounded(request, "maxheight", HEIGHT)
    return _pictured(publication, review, request) | {
        "type": "rich",
        "version": PROVIDER_VERSION,
        "title": f"{review.rating.label}: {review.claim}",
        "provider_name": review.publisher.name,
        "provider_url": review.publisher.url,
        "cache_age": LONG,
        "html": _html(publication, review, width, height),
        "width": width,
        "height": height,
    }


def _pictured(publication: Publication, review: Review, request: HttpRequest) -> dict[str, object]:
    """The review's picture, where whoever asks has room for it."""
    room = _bounded(request, "maxwidth", PICTURE_WIDTH), _bounded(request, "maxheight", PICTURE_HEIGHT)
    if room != (PICTURE_WIDTH, PICTURE_HEIGHT):
        return {}
    shown = {"thumbnail_width": PICTURE_WIDTH, "thumbnail_height": PICTURE_HEIGHT}
    return {"thumbnail_url": picture_of(publication.slug, review.number), **shown}


def _html(publication: Publication, review: Review, width: int, height: int) -> str:
    address = settings.PUBLIC_URL + reverse("publishing:embed", args=[publication.slug])
    title = escape(f"{review.rating.label}: {review.claim}")
    return (
        f'<iframe src="{escape(address)}" title="{title}" width="{width}" height="{height}" '
        'sandbox="allow-top-navigation-by-user-activation allow-popups" loading="lazy"></iframe>'
    )


def _bounded(request: HttpRequest, name: str, usual: int) -> int:
    said = request.GET.get(name, "")
    return min(int(said), usual) if said.isascii() and said.isdigit() and 0 < len(said) < 6 and int(said) else usual  # noqa: PLR2004 -- longer than any screen
