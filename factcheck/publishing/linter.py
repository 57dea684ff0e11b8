"""The reasons why a review may not be published, and what would make it better: services ask, the preview shows.

Pure: a review in, named findings out. An error blocks; a warning is the lead's to weigh.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from factcheck.publishing import jsonld
from factcheck.publishing.findings import Finding, Profile
from factcheck.publishing.review import Review

GOOGLE_LONGEST_CLAIM = 75
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NAMED = {"Person": "name", "Organization": "name"}
_DUKES = {**_NAMED, "Organization": "url"}  # Duke's schema wants an address of every organization
LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 -- names of this machine, bound by nobody here


def lint(review: Review) -> list[Finding]:
    """Every finding, errors first."""
    found = [finding for check in CHECKS for finding in check(review)]
    return sorted(found, key=lambda finding: not finding.is_error)


def errors_of(findings: Sequence[Finding]) -> list[Finding]:
    """Those that block."""
    return [finding for finding in findings if finding.is_error]


def host_of(url: str) -> str:
    """The host of an address, without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _words(review: Review) -> Iterator[Finding]:
    """What readers cannot do without."""
    for name, text, words in (
        ("claim_missing", review.claim, _("The claim has no sentence. Reword it.")),
        ("rating_missing", review.rating.label, _("The verdict has no rating.")),
        ("summary_missing", review.summary, _("The verdict is not said in one sentence.")),
        ("reasoning_missing", review.reasoning, _("The verdict has no reasoning.")),
    ):
        if not text.strip():
            yield Finding(name, Profile.READERS, True, words)
    if not review.evidence:
        yield Finding("evidence_missing", Profile.READERS, True, _("The verdict cites no evidence."))
    elif not any(source.url for source in review.evidence):
        words = _("No piece of evidence has an address, so readers cannot follow it to its source.")
        yield Finding("evidence_without_address", Profile.GOOGLE, False, words)


def _attribution(review: Review) -> Iterator[Finding]:
    """A claim needs somebody who made it, somewhere else, at some time."""
    if not review.appearances:
        words = _("No statement makes the claim: there is nobody to attribute it to.")
        yield Finding("appearance_missing", Profile.READERS, True, words)
        return
    if "author" not in jsonld.rich(review)["itemReviewed"]:
        yield Finding("speaker_missing", Profile.GOOGLE, False, _("It is not said who made the claim."))
    if not any(place.url for place in review.appearances):
        words = _("None of the articles in which it appears has an address.")
        yield Finding("appearance_without_address", Profile.GOOGLE, False, words)
    if review.claimed_on is None:
        yield Finding("claim_without_date", Profile.GOOGLE, False, _("It is not known when the claim was made."))


def _own_site(review: Review) -> Iterator[Finding]:
    """Nobody checks their own claims here."""
    ours = host_of(review.publisher.url)
    for place in review.appearances:
        if place.url and host_of(place.url) == ours:
            words = _("“%(title)s” is on our own site; a claim is somebody else’s.") % {"title": place.title}
            yield Finding("appearance_is_ours", Profile.GOOGLE, True, words)


def _google(review: Review) -> Iterator[Finding]:
    """The rules of Google's profile, which others follow as well."""
    if len(review.claim) >= GOOGLE_LONGEST_CLAIM:
        words = _("The claim has %(length)d characters; under %(most)d is shown whole.")
        numbers = {"length": len(review.claim), "most": GOOGLE_LONGEST_CLAIM}
        yield Finding("claim_long", Profile.GOOGLE, False, words % numbers)
    if _names_rating(review):
        words = _("The claim’s sentence holds the rating “%(label)s”.") % {"label": review.rating.label}
        yield Finding("rating_in_claim", Profile.GOOGLE, False, words)
    if urlsplit(review.url).scheme != "https" or host_of(review.url) in LOCAL:
        words = _("The page’s address %(url)s is for this machine only. Set FACTCHECK_PUBLIC_URL.")
        yield Finding("address_not_public", Profile.GOOGLE, False, words % {"url": review.url})


def _numbers(review: Review) -> Iterator[Finding]:
    """A rating's number lies within its scale."""
    if review.rating.value is None:
        words = _("The scale says not which end is true, so the rating has no number.")
        yield Finding("rating_without_number", Profile.GOOGLE, False, words)
    elif not (review.rating.worst or 0) <= review.rating.value <= (review.rating.best or 0):
        yield Finding("rating_out_of_bounds", Profile.GOOGLE, True, _("The rating’s number lies outside of its scale."))


def _names_rating(review: Review) -> bool:
    label = review.rating.label.casefold()
    return bool(label) and f" {label} " in f" {' '.join(review.claim.casefold().strip('.').split())} "


def _strict(review: Review) -> Iterator[Finding]:
    """Duke's schema, name by name."""
    for problem in strict_problems(jsonld.strict(review)):
        words = _("The strict profile does not allow this: %(problem)s.") % {"problem": problem}
        yield Finding("strict_shape", Profile.STRICT, True, words)
    spoken, named = (profile(review)["itemReviewed"].get("author") for profile in (jsonld.rich, jsonld.strict))
    if spoken and not named:
        words = _("The strict profile leaves the speaker out: it wants an organization’s address, and we know none.")
        yield Finding("strict_without_speaker", Profile.STRICT, False, words)


def _rich(review: Review) -> Iterator[Finding]:
    """The rich profile: what schema.org and its readers ask of everything that it says beyond the strict one."""
    for problem in rich_problems(jsonld.rich(review)):
        words = _("The rich profile does not allow this: %(problem)s.") % {"problem": problem}
        yield Finding("rich_shape", Profile.RICH, True, words)
    if not _LANGUAGE.fullmatch(review.language):
        words = _("“%(language)s” is no tag of a language, such as “en”: machines will not know it.")
        yield Finding("language_unclear", Profile.RICH, False, words % {"language": review.language})


def _solo(review: Review) -> Iterator[Finding]:
    if review.solo:
        words = _("No second person approved this verdict; the page says so.")
        yield Finding("solo", Profile.READERS, False, words)


CHECKS: Sequence[Callable[[Review], Iterator[Finding]]] = (
    *(_words, _attribution, _own_site),
    *(_google, _numbers, _rich, _strict, _solo),
)


def strict_problems(document: jsonld.Document) -> list[str]:
    """Where a document is not what Duke's JSON Schema asks for."""
    problems = [f"{name} is not known" for name in document if name not in jsonld.STRICT_NAMES]
    return problems or _common(document, jsonld.STRICT_NAMES, _DUKES)


def rich_problems(document: jsonld.Document) -> list[str]:
    """Where a document is not what readers of schema.org can take up."""
    return _common(document, jsonld.RICH_NAMES, _NAMED) or [*_changed(document), *_rating(document), *_linked(document)]


def _common(document: jsonld.Document, names: Sequence[str], needed: Mapping[str, str]) -> list[str]:
    """What both profiles ask for, each with its names and with what it needs of whoever is named."""
    missing = [f"{name} is missing" for name in names if name not in document]
    return missing or [
        *_shape(document),
        *_person("author", document["author"], needed),
        *_item(document["itemReviewed"], needed),
    ]


def _changed(document: jsonld.Document) -> Iterator[str]:
    if not _is_date(document["dateModified"]):
        yield "dateModified is no date"


def _rating(document: jsonld.Document) -> Iterator[str]:
    rating = document["reviewRating"]
    numbers = [rating[name] for name in ("worstRating", "ratingValue", "bestRating") if name in rating]
    if numbers and not (len(numbers) == 3 and all(map(_is_number, numbers))):  # noqa: PLR2004 -- the three
        yield "reviewRating has not three numbers"
    elif numbers and not float(numbers[0]) < float(numbers[2]):
        yield "bestRating is not above worstRating"


def _linked(document: jsonld.Document) -> Iterator[str]:
    """What leads elsewhere, leads somewhere."""
    if not document["@id"].startswith(document["url"]):
        yield "@id is not at its url"
    for work in document["itemReviewed"].get("appearance", []):
        if not (work.get("url") or work.get("headline")):
            yield "an appearance has neither url nor headline"
    associated = document.get("associatedReview", [])
    for other in associated if isinstance(associated, list) else [associated]:
        if urlsplit(other.get("@id", "")).scheme not in ("http", "https"):
            yield "an associatedReview has no address"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?", text) is not None


def _shape(document: jsonld.Document) -> Iterator[str]:
    if not _is_date(document["datePublished"]):
        yield "datePublished is no date"
    if urlsplit(document["url"]).scheme not in ("http", "https"):
        yield "url is no address"
    if not document["claimReviewed"]:
        yield "claimReviewed is empty"
    rating = document["reviewRating"]
    if rating.get("@type") != "Rating" or not rating.get("alternateName"):
        yield "reviewRating has no alternateName"
    yield from (f"{name} is no text" for name, value in rating.items() if not isinstance(value, str))


def _item(item: jsonld.Document, needed: Mapping[str, str]) -> Iterator[str]:
    if item.get("@type") != "Claim":
        yield "itemReviewed has no @type"
    if not isinstance(item.get("appearance", []), list):
        yield "appearance is no list"
    if "author" in item:
        yield from _person("itemReviewed.author", item["author"], needed)


def _person(name: str, who: Any, needed: Mapping[str, str]) -> Iterator[str]:
    wanted = needed.get(who.get("@type", ""))
    if wanted is None:
        yield f"{name} is neither Person nor Organization"
    elif not who.get(wanted):
        yield f"{name} has no {wanted}"


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
