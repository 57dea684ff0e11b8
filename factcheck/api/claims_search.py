"""Google's `claims:search` and `claims:imageSearch`, over what we have published: change the host, keep the client.

Shapes are those of the Fact Check Tools API v1alpha1. Without `extensions=true` an answer holds nothing that Google's
does not hold. Order is newest publication first; a page token names a place in it, so new reviews do not disturb it.
`imageSearch` answers that it knows no image: no image is published.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from factcheck.api.fieldmask import BadMask, Mask, masked, parse_mask
from factcheck.api.google_answers import Answer, Refused, json_answer, refusal_answer
from factcheck.api.throttling import count_request, limit_of, tell_rate
from factcheck.newsroom.addresses import address_of as sender_of
from factcheck.newsroom.tokens import find_token
from factcheck.publishing.fulltext import matching
from factcheck.publishing.gathering import address_of
from factcheck.publishing.linter import host_of
from factcheck.publishing.models import Publication, PublicationQuerySet
from factcheck.publishing.screens import site_name

USUAL, MOST = 10, 100
LARGEST, LONGEST = 2**31 - 1, 2_000
SALT = "factcheck.claims-search.place"  # what a token holds; another salt for another
COMMON = {
    *("key", "access_token", "oauth_token", "alt", "fields", "prettyPrint", "callback", "quotaUser"),
    *("$.xgafv", "uploadType", "upload_protocol", "$alt", "$fields", "$prettyPrint"),
}
SEARCH = {"query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken", "offset"}
IMAGES = {"imageUri", "languageCode", "pageSize", "pageToken", "offset"}


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked."""

    query: str
    language: str
    site: str
    days: int | None
    size: int
    token: str
    offset: int
    extensions: bool

    @property
    def mark(self) -> str:
        """A digest of all that a page token is bound to."""
        asked = json.dumps([self.query, self.language, self.site, self.days, self.size, self.extensions])
        return hashlib.sha256(asked.encode()).hexdigest()[:16]


@csrf_exempt
@login_not_required
def search_claims(request: HttpRequest) -> HttpResponse:
    """`GET /v1alpha1/claims:search`."""
    return _answered(request, SEARCH, _search)


@csrf_exempt
@login_not_required
def search_images(request: HttpRequest) -> HttpResponse:
    """`GET /v1alpha1/claims:imageSearch`: reads what is asked, and knows no image."""
    return _answered(request, IMAGES, _search_images)


@csrf_exempt
@login_not_required
def show_nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else Google's API has."""
    return refusal_answer(Refused("Method not found.", 404))


def _answered(request: HttpRequest, known: set[str], act: Callable[[dict[str, str]], Answer]) -> HttpResponse:
    rate = _count(request)
    try:
        _require_rest(rate)
        said = _said(request, known)
        mask = _mask(said)
        answer = json_answer(masked(act(said), mask), pretty=_flag(said, "prettyPrint", usual=True))
    except Refused as refusal:
        answer = refusal_answer(refusal)
    tell_rate(answer, rate)
    if answer.status_code == 429:  # noqa: PLR2004 -- HTTP's number
        answer["Retry-After"] = str(rate["reset"])
    return answer


def _search(said: dict[str, str]) -> Answer:
    asked = _asked(said)
    if not asked.query and not asked.site:
        raise Refused("Either query or reviewPublisherSiteFilter must be given.", field="query")
    found = _after(_matching(asked), asked).newest_first().with_review()
    first = 0 if asked.token else asked.offset
    rows = list(found[first : first + asked.size + 1])
    further = len(rows) > asked.size
    shown = _extended(rows[: asked.size]) if asked.extensions else [_claim(row) for row in rows[: asked.size]]
    return _told({"claims": shown, "nextPageToken": _token(asked, rows[asked.size - 1]) if further else ""})


def _search_images(said: dict[str, str]) -> Answer:
    if urlsplit(said.get("imageUri", "")).scheme not in ("http", "https"):
        raise Refused("imageUri must be the http or https address of an image.", field="imageUri")
    _asked(said)
    return {}


def _asked(said: dict[str, str]) -> Search:
    return Search(
        query=said.get("query", "").strip(),
        language=said.get("languageCode", "").strip().lower().partition("-")[0],
        site=said.get("reviewPublisherSiteFilter", "").strip().lower(),
        days=_whole(said, "maxAgeDays") or None,  # to Google's servers 0 is what is not said
        size=min(_whole(said, "pageSize") or USUAL, MOST),
        token=said.get("pageToken", ""),
        offset=_whole(said, "offset"),
        extensions=_flag(said, "extensions", usual=False),
    )


def _matching(asked: Search) -> PublicationQuerySet:
    found = Publication.objects.published()
    if asked.site and not _is_ours(asked.site):
        return found.none()
    if asked.query:
        found = matching(found, asked.query)
    if asked.language:
        found = found.filter(Q(language=asked.language) | Q(language__startswith=f"{asked.language}-"))
    if asked.days is not None:
        since = timezone.now() - timedelta(days=min(asked.days, 100_000))
        found = found.filter(Q(first_published_at__gte=since) | Q(claimed_on__gte=since.date()))
    return found


def _is_ours(site: str) -> bool:
    """Whether a publisher's site is ours: by its host, as a whole address or with a path."""
    host = host_of(site if "//" in site else f"//{site}")
    return host == host_of(settings.PUBLIC_URL)


def _after(found: PublicationQuerySet, asked: Search) -> PublicationQuerySet:
    """What comes after the token's last row."""
    if not asked.token:
        return found
    try:
        mark, place = signing.loads(asked.token, salt=SALT)
    except signing.BadSignature as error:
        raise Refused("pageToken is none that this API gave.", field="pageToken") from error
    if mark != asked.mark:
        raise Refused("All other parameters must be those of the request that gave pageToken.", field="pageToken")
    return found.older_than(place)


def _token(asked: Search, last: Publication) -> str:
    return signing.dumps([asked.mark, last.place], salt=SALT)


def _extended(rows: Sequence[Publication]) -> list[Answer]:
    """The claims, each with what Google's answer has no word for."""
    other_sides = _published_by_pair(rows)
    return [_claim(row) | _extensions(row, other_sides) for row in rows]


def _published_by_pair(rows: Sequence[Publication]) -> Mapping[UUID | None, Mapping[UUID, str]]:
    """The published reviews of the same conflicts as these, by their conflict and id, each with its address."""
    found: dict[UUID | None, dict[UUID, str]] = defaultdict(dict)
    pairs = {row.pair_id for row in rows} - {None}
    sides = Publication.objects.published().filter(pair_id__in=pairs).order_by("id")
    for pair_id, pk, slug in sides.values_list("pair_id", "pk", "slug"):
        found[pair_id][pk] = address_of(slug)
    return found


def _claim(row: Publication) -> Answer:
    review = row.live.review
    url = address_of(row.slug)
    said: Answer = {
        "text": row.text,
        "claimant": row.speaker_name,
        "claimDate": _moment(datetime.combine(row.claimed_on, time(), UTC)) if row.claimed_on else "",
        "claimReview": [
            _told(
                {
                    "publisher": _told({"name": review.publisher.name or site_name(), "site": host_of(url)}),
                    "url": url,
                    "title": review.summary,
                    "reviewDate": _moment(row.first_published_at),
                    "textualRating": row.rating_label,
                    "languageCode": row.language,
                }
            )
        ],
    }
    return _told(said)


def _extensions(row: Publication, other_sides: Mapping[UUID | None, Mapping[UUID, str]]) -> Answer:
    """What Google's answer has no word for; asked for by name."""
    review = row.live.review
    return {
        "factcheck": _told(
            {
                "id": str(row.pk),
                "revision": review.number,
                "normalizedRating": row.tone,
                "ratingValue": review.rating.value,
                "quote": review.checked.words if review.checked else "",
                "contradicts": [url for pk, url in other_sides.get(row.pair_id, {}).items() if pk != row.pk],
                "conflict": str(row.pair_id or ""),
            }
        )
    }


def _told(said: Answer) -> Answer:
    """Without what is empty, as proto3 writes JSON."""
    return {name: value for name, value in said.items() if value not in ("", None, [], {})}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(request: HttpRequest, known: set[str]) -> dict[str, str]:
    """The parameters by Google's names; `page_size` is `pageSize`."""
    if request.method not in ("GET", "HEAD"):
        raise Refused("Only GET is answered here.", 405)
    said: dict[str, str] = {}
    for sent, values in request.GET.lists():
        name = sent if sent in COMMON else _camel(sent)
        if name not in known | COMMON | {"extensions"}:
            raise Refused(f'Unknown name "{sent[:60]}": Cannot bind query parameter.', field=sent[:60])
        if len(values) > 1 or name in said:
            raise Refused(f'"{name}" came more than once.', field=name)
        said[name] = _plain(name, values[0])
    _common(said)
    return said


def _plain(name: str, value: str) -> str:
    if len(value) > LONGEST or "\x00" in value:
        raise Refused(f'"{name}" is too long, or holds a NUL.', field=name)
    return value


def _common(said: dict[str, str]) -> None:
    if "callback" in said:
        raise Refused("callback is not supported: answers are JSON, never a script.", field="callback")
    if (said.get("alt") or said.get("$alt") or "json") != "json":
        raise Refused("alt must be json.", field="alt")


def _mask(said: dict[str, str]) -> Mask:
    try:
        return parse_mask(said.get("fields") or said.get("$fields") or "")
    except BadMask as problem:
        raise Refused(str(problem), field="fields") from problem


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _whole(said: dict[str, str], name: str) -> int:
    text = said.get(name, "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST):  # noqa: PLR2004 -- longer than any int32
        raise Refused(f'Invalid value at "{name}": give a whole number from 0 on.', field=name)
    return int(text)


def _flag(said: dict[str, str], name: str, *, usual: bool) -> bool:
    text = said.get(name, "").lower()
    if text not in ("", "true", "false", "1", "0"):
        raise Refused(f'Invalid value at "{name}": give true or false.', field=name)
    return text in ("true", "1") if text else usual


def _count(request: HttpRequest) -> dict[str, int]:
    """Count for a known key, or for whoever comes from one address. An unknown key is nobody's."""
    key = request.GET.get("key", "")
    token = find_token(key, timezone.now()) if key else None
    who = str(token.pk) if token else f"from:{sender_of(request, settings.TRUSTED_PROXIES)}"
    return count_request(who, limit_of(token))


def _require_rest(rate: Mapping[str, int]) -> None:
    if rate["used"] > rate["limit"]:
        raise Refused(f"More than {rate['limit']} requests in a minute. Wait, then go on.", 429)
