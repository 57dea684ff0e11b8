"""What the columns of a table of reviews are called, and where in a ClaimReview each belongs."""

from collections.abc import Mapping
from typing import Any, Final

# Duke's flat names are such paths themselves. These are Data Commons' research file, Google's words, and ours.
PATHS: Final[Mapping[str, str]] = {
    "claim_text": "claimReviewed",
    "claim": "claimReviewed",
    "claim_author_name": "itemReviewed.author.name",
    "claimant": "itemReviewed.author.name",
    "claim_date": "itemReviewed.datePublished",
    "claimDate": "itemReviewed.datePublished",
    "reviewer_name": "author.name",
    "publisher_name": "author.name",
    "publisher": "author.name",
    "publisher_url": "author.url",
    "review_url": "url",
    "review_date": "datePublished",
    "reviewDate": "datePublished",
    "review_rating": "reviewRating.alternateName",
    "rating_text": "reviewRating.alternateName",
    "rating": "reviewRating.alternateName",
    "textualRating": "reviewRating.alternateName",
    "rating_value": "reviewRating.ratingValue",
    "rating_best": "reviewRating.bestRating",
    "rating_worst": "reviewRating.worstRating",
    "title": "headline",
    "language": "inLanguage",
    "languageCode": "inLanguage",
}
MOST_STEPS: Final = 6


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The ClaimReview that a flat row says: `itemReviewed.appearance.1.url` and the like become what they stand for."""
    document: dict[str, Any] = {"@type": "ClaimReview"}
    for name, value in flat.items():
        steps = PATHS.get(name, name).split(".")
        if value is not None and len(steps) <= MOST_STEPS:
            _put(document, steps, value)
    return document


def _put(document: dict[str, Any], steps: list[str], value: Any) -> None:
    """Put a value in its place; a number in a path is a place in a list, which is kept as names in order."""
    place = document
    for step in steps[:-1]:
        inner = place.setdefault(step, {})
        if not isinstance(inner, dict):
            return  # the row says one thing twice, as a word and as an object; the first stands
        place = inner
    place.setdefault(steps[-1], value)
