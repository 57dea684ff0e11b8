"""Reviews as others publish them, in every shape that is read."""

import json
from typing import Any


def review(number: int = 1, **more: Any) -> dict[str, Any]:
    """A ClaimReview as others publish them."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://www.checks.example/{number}",
        "claimReviewed": f"The bridge was inspected {number} times.",
        "author": {"@type": "Organization", "name": "Orla Checks"},
        "datePublished": "2026-02-01",
        "reviewRating": {"alternateName": "Mostly false", "ratingValue": "2", "bestRating": 5, "worstRating": 1},
        "itemReviewed": {"author": {"@type": "Person", "name": "Ilse Varga"}, "datePublished": "2026-01-30"},
        "inLanguage": "en",
        **more,
    }


def told(content: Any) -> bytes:
    """The bytes of a JSON file."""
    return json.dumps(content).encode()


TABLE = (
    "claim_text,claim_author_name,claim_date,review_date,review_url,review_rating,reviewer_name\n"
    "The bridge was inspected 1 times.,Ilse Varga,2026-01-30,2026-02-01,"
    "https://www.checks.example/1,Mostly false,Orla Checks\n"
)
DUKES = (
    "url,claimReviewed,author.name,datePublished,reviewRating.alternateName,itemReviewed.author.name,"
    "itemReviewed.datePublished,itemReviewed.appearance.1.url\n"
    "https://www.checks.example/1,The bridge was inspected 1 times.,Orla Checks,2026-02-01,Mostly false,Ilse Varga,"
    "2026-01-30,https://orla.example/a\n"
)
GOOGLES = {
    "text": "The bridge was inspected 1 times.",
    "claimant": "Ilse Varga",
    "claimDate": "2026-01-30T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Orla Checks", "site": "checks.example"},
            "url": "https://www.checks.example/1",
            "reviewDate": "2026-02-01T00:00:00Z",
            "textualRating": "Mostly false",
            "languageCode": "en",
        }
    ],
}
SHAPES = {
    "one.json": told(review()),
    "list.json": told([review()]),
    "graph.json": told({"@graph": [{"@type": "WebPage"}, review()]}),
    "feed.json": told({"@type": "DataFeed", "dataFeedElement": [{"item": None}, {"item": [None, review()]}]}),
    "google.json": told({"claims": [GOOGLES]}),
    "lines.jsonl": b"\n" + told({"item": [review()]}) + b"\n",
    "lines.json": told(review()) + b"\n" + told(review()),
    "ours.jsonl": told({"id": "1", "claim_review": review()}),
    "table.csv": TABLE.encode("utf-16"),
    "dukes.csv": DUKES.encode("utf-8-sig"),
    "semicolons.csv": TABLE.replace(",", ";").encode(),
}
HOSTILE = {
    "deep.json": b"[" * 200_000,
    "cut.json": told([review()])[:-9],
    "nul.json": b'{"@type": "ClaimReview", "url": "\\u0000"}',
    "numbers.json": b"[" + b"9" * 10_000 + b"]",
    "nan.jsonl": b'{"@type": "ClaimReview", "x": NaN}',
    "odd.csv": b'claim_text,url\n"' + b"a" * (2 * 1024 * 1024),
    "other.csv": b"a,b\n1,2\n",
    "nothing.json": b"{}",
    "words.txt": b"No table at all",
}
