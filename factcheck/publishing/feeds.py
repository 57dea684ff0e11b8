"""What machines read: the DataFeed of all reviews, Atom, JSON Feed, sitemaps. All from what is published."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from factcheck.publishing import jsonld
from factcheck.publishing.answers import publicly, streamed
from factcheck.publishing.export_shapes import CSV, table_of_reviews
from factcheck.publishing.gathering import address_of, picture_of
from factcheck.publishing.models import Publication
from factcheck.publishing.screens import site_name

NEWEST = 50
PER_SITEMAP = 20_000  # the protocol allows 50,000
LD = "application/ld+json; charset=utf-8"
PROFILES = ("rich", "strict")


@login_not_required
@require_safe
def show_document(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The JSON-LD of one review, byte for byte as it was published; `?profile=strict` for Duke's schema."""
    publication = get_object_or_404(Publication.objects.with_review(), slug=slug)
    profile = request.GET.get("profile", "rich")
    if profile not in PROFILES:
        raise Http404
    if not publication.is_live:
        return publicly(request, b"{}", LD, status=410)
    return publicly(request, bytes(getattr(publication.live, profile)), LD, changed_at=publication.changed_at)


@login_not_required
@require_safe
def show_data_feed(request: HttpRequest) -> HttpResponseBase:
    """All reviews as a schema.org DataFeed, in the shape of Data Commons' feed."""
    state = _state()
    return streamed(request, _data_feed(state.changed_at), LD, mark=state.mark, changed_at=state.changed_at)


@login_not_required
@require_safe
def show_table(request: HttpRequest) -> HttpResponseBase:
    """All reviews as a table under Duke's flat names, streamed: what whoever comes may export."""
    state = _state()
    rows = Publication.objects.published().with_review().defer("live__contents").order_by("first_published_at", "id")
    parts = table_of_reviews(rows.iterator(chunk_size=500))
    answer = streamed(request, parts, CSV, mark=f"csv-{state.mark}", changed_at=state.changed_at)
    answer.headers["Content-Disposition"] = 'attachment; filename="claimreview.csv"'
    return answer


@login_not_required
@require_safe
def show_atom(request: HttpRequest) -> HttpResponseBase:
    """The reviews that changed last, as Atom."""
    return _newest(request, "publishing/atom.xml", "application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def show_json_feed(request: HttpRequest) -> HttpResponseBase:
    """The reviews that changed last, as JSON Feed 1.1."""
    rows, changed_at = _changed_last()
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site_name(),
        "home_page_url": f"{settings.PUBLIC_URL}/",
        "feed_url": settings.PUBLIC_URL + reverse("publishing:json-feed"),
        "items": [_feed_item(row) for row in rows],
    }
    body = json.dumps(feed, ensure_ascii=False)
    return publicly(request, body, "application/feed+json; charset=utf-8", changed_at=changed_at)


@login_not_required
@require_safe
def show_sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """The parts of the sitemap."""
    parts = range(1, max(1, -(-Publication.objects.published().count() // PER_SITEMAP)) + 1)
    addresses = [settings.PUBLIC_URL + reverse("publishing:sitemap-part", args=[number]) for number in parts]
    return publicly(request, render_to_string("publishing/sitemap_index.xml", {"addresses": addresses}), "text/xml")


@login_not_required
@require_safe
def show_sitemap(request: HttpRequest, number: int) -> HttpResponseBase:
    """A part of the sitemap, in an order that new reviews only add to."""
    if not 1 <= number <= 10_000:  # noqa: PLR2004 -- more parts than any sitemap may have
        raise Http404
    rows = Publication.objects.published().order_by("first_published_at", "id").values_list("slug", "changed_at")
    part = rows[(number - 1) * PER_SITEMAP : number * PER_SITEMAP]
    pages = [(address_of(slug), changed_at) for slug, changed_at in part]
    return publicly(request, render_to_string("publishing/sitemap.xml", {"pages": pages}), "text/xml")


@login_not_required
@require_safe
def show_robots(request: HttpRequest) -> HttpResponseBase:
    """Where the sitemap is, and that the desk's own pages are nothing to index."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /sign-in/"]
    sitemap = settings.PUBLIC_URL + reverse("publishing:sitemap")
    return publicly(request, "\n".join([*lines, f"Sitemap: {sitemap}", ""]), "text/plain; charset=utf-8")


class _State:
    """How far publishing has come: when it changes, so does every feed."""

    def __init__(self, last: int | None, count: int, changed_at: datetime | None) -> None:
        named = hashlib.sha256(site_name().encode()).hexdigest()[:8]  # the feed's head says it
        self.mark, self.changed_at = f"{last or 0}-{count}-{named}", changed_at


def _state() -> _State:
    found = Publication.objects.aggregate(last=Max("seq"), count=Count("pk"), changed_at=Max("changed_at"))
    return _State(found["last"], found["count"], found["changed_at"])


def _data_feed(changed_at: datetime | None) -> Iterator[bytes]:
    head = {"@context": jsonld.CONTEXT, "@type": "DataFeed", "name": site_name()}
    head |= {"dateModified": changed_at.isoformat()} if changed_at else {}
    yield json.dumps(head, ensure_ascii=False).encode()[:-1] + b', "dataFeedElement": ['
    rows = Publication.objects.published().with_review().defer("live__contents").order_by("first_published_at", "id")
    for number, row in enumerate(rows.iterator(chunk_size=500)):
        yield (b",\n" if number else b"\n") + _element(row)
    yield b"\n]}\n"


def _element(row: Publication) -> bytes:
    dates = {"dateCreated": row.first_published_at.isoformat(), "dateModified": row.changed_at.isoformat()}
    head = json.dumps({"@type": "DataFeedItem", **dates}).encode()[:-1]
    return head + b', "item": [' + bytes(row.live.rich) + b"]}"


def _changed_last() -> tuple[list[Publication], datetime | None]:
    rows = list(Publication.objects.published().with_review().order_by("-changed_at", "-id")[:NEWEST])
    return rows, rows[0].changed_at if rows else None


def _newest(request: HttpRequest, template: str, content_type: str) -> HttpResponseBase:
    rows, changed_at = _changed_last()
    context = {"entries": list(_entries(rows)), "changed_at": changed_at, "site": site_name()}
    context |= {"home": f"{settings.PUBLIC_URL}/", "here": settings.PUBLIC_URL + reverse("publishing:atom")}
    return publicly(request, render_to_string(template, context), content_type, changed_at=changed_at)


def _entries(rows: Iterable[Publication]) -> Iterator[dict[str, object]]:
    for row in rows:
        yield {"publication": row, "review": row.live.review, "address": address_of(row.slug), "urn": row.pk.urn}


def _feed_item(row: Publication) -> dict[str, object]:
    review = row.live.review
    return {
        "id": row.pk.urn,
        "url": address_of(row.slug),
        "title": f"{review.rating.label}: {review.claim}",
        "summary": review.summary,
        "image": picture_of(row.slug, review.number),
        "content_text": f"{review.summary}\n\n{review.reasoning}",
        "date_published": row.first_published_at.isoformat(),
        "date_modified": row.changed_at.isoformat(),
        "language": review.language,
        "authors": [{"name": review.publisher.name, "url": review.publisher.url}],
        "tags": [review.rating.tone],
    }
