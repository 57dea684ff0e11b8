"""A review as JSON-LD: pure functions, with golden files in the tests.

Two profiles. `rich` says all that schema.org has words for; `strict` is what passes Duke's JSON Schema, which allows
nothing more. Numbers are numeric strings, which schema.org, Google and Duke's schema all take.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from factcheck.publishing.review import Place, Rated, Review, Voice

CONTEXT = "https://schema.org"
STRICT_NAMES = (
    *("@context", "@type", "datePublished", "url", "author"),
    *("claimReviewed", "reviewRating", "itemReviewed"),
)
RICH_NAMES = (*STRICT_NAMES, "@id", "inLanguage", "dateModified")  # and associatedReview, where there is one
_BODIES = ("organisation", "group")  # the engine's words

Document = dict[str, Any]


def rich(review: Review) -> Document:
    """The review with everything that schema.org has words for."""
    document = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": review.edition,
        "url": review.url,
        "inLanguage": review.language,
        "datePublished": review.first_published.date().isoformat(),
        "dateModified": review.published.date().isoformat(),
        "author": _publisher(review),
        "claimReviewed": review.claim,
        "reviewRating": _rating(review.rating) | _said("ratingExplanation", review.summary),
        "itemReviewed": _claim(review, [_work(place) for place in review.appearances]),
    }
    others = [{"@type": "ClaimReview", "@id": address, "url": address} for address in review.associated]
    return document | _said("associatedReview", others[0] if len(others) == 1 else others)


def strict(review: Review) -> Document:
    """The review as Duke's schema allows it."""
    works = [{"@type": "CreativeWork", "url": place.url} for place in review.appearances if place.url]
    document = rich(review) | {
        "reviewRating": _rating(review.rating),
        "itemReviewed": _claim(review, works, needs_author_url=True),
    }
    return {name: document[name] for name in STRICT_NAMES}


def written(document: Mapping[str, Any]) -> bytes:
    """The bytes of a document; as safe inside a page's script element as anywhere else."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode()


def _publisher(review: Review) -> Document:
    return {"@type": "Organization", "name": review.publisher.name, "url": review.publisher.url}


def _rating(rating: Rated) -> Document:
    named: Document = {"@type": "Rating", "alternateName": rating.label}
    if rating.value is None:
        return named
    numbers = {"ratingValue": rating.value, "bestRating": rating.best, "worstRating": rating.worst}
    return named | {name: str(value) for name, value in numbers.items()}


def _claim(review: Review, works: Sequence[Document], *, needs_author_url: bool = False) -> Document:
    claim: Document = {"@type": "Claim"}
    if review.checked and not needs_author_url:
        claim["text"] = review.checked.words
    claim |= _said("author", _author(review.claimant, needs_url=needs_author_url))
    claim |= _said("datePublished", review.claimed_on.isoformat() if review.claimed_on else "")
    linked = [work for work in works if "url" in work]
    claim |= _said("firstAppearance", linked[0] if linked else None)
    return claim | _said("appearance", list(works))


def _author(voice: Voice | None, *, needs_url: bool) -> Document | None:
    """Who made the claim; Duke's schema wants an address of every organization, and we know none."""
    if voice is None or (needs_url and voice.kind in _BODIES):
        return None
    if needs_url or voice.kind in _BODIES:
        return {"@type": "Organization" if voice.kind in _BODIES else "Person", "name": voice.name}
    return {"@type": "Person", "name": voice.name} | _said("jobTitle", voice.role)


def _work(place: Place) -> Document:
    work: Document = {"@type": "CreativeWork", "headline": place.title}
    work |= _said("url", place.url)
    work |= _said("datePublished", place.published.date().isoformat() if place.published else "")
    return work | _said("publisher", {"@type": "Organization", "name": place.outlet} if place.outlet else None)


def _said(name: str, value: Any) -> Document:
    """A property, where there is something to say."""
    return {name: value} if value else {}
