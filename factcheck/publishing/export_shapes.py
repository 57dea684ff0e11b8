"""What an export's file looks like: its head, each row, its end. Pure functions of what was read."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Statement
from factcheck.publishing import jsonld
from factcheck.publishing.csv_tables import Value, csv_of
from factcheck.publishing.gathering import address_of
from factcheck.publishing.models import Export, ExportOf, ExportShape, Publication
from factcheck.publishing.web_annotations import ANNOTATIONS, annotation_of

LD: Final = "application/ld+json; charset=utf-8"
CSV: Final = "text/csv; charset=utf-8"
LINES: Final = "application/x-ndjson; charset=utf-8"
MOST_APPEARANCES: Final = 3
DUKES: Final = (
    *("url", "datePublished", "claimReviewed", "author.name", "author.url"),
    *("reviewRating.alternateName", "reviewRating.ratingValue", "reviewRating.bestRating", "reviewRating.worstRating"),
    *("itemReviewed.author.@type", "itemReviewed.author.name", "itemReviewed.datePublished"),
    *(f"itemReviewed.appearance.{place}.url" for place in range(1, MOST_APPEARANCES + 1)),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A file's parts. `between` stands before every row but the first."""

    media_type: str
    row: Callable[[Any], bytes]
    head: Callable[[Export], bytes] = lambda export: b""
    between: bytes = b""
    end: bytes = b""


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _lines(told: Callable[[Any], Mapping[str, Any]]) -> Shape:
    return Shape(LINES, lambda row: _json(told(row)) + b"\n")


def _table(columns: Sequence[str], told: Callable[[Any], Mapping[str, Value]]) -> Shape:
    """A table in UTF-8 with its mark, as spreadsheets want it."""
    return Shape(
        CSV,
        lambda row: _line(columns, told(row)),
        head=lambda export: _head(columns),
    )


def _head(columns: Sequence[str]) -> bytes:
    return ("\ufeff" + csv_of([columns])).encode()


def _line(columns: Sequence[str], values: Mapping[str, Value]) -> bytes:
    return csv_of([[values.get(name) for name in columns]]).encode()


def _listed(head: Callable[[Export], Mapping[str, Any]], name: str, told: Callable[[Any], bytes]) -> Shape:
    """A JSON document with one long list in it."""
    return Shape(
        LD,
        told,
        head=lambda export: _json(head(export))[:-1] + f',"{name}":['.encode(),
        between=b",\n",
        end=b"]}\n",
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _statement(row: Statement) -> dict[str, Any]:
    article, anchor, revision = row.article, vars(row)["anchor"], vars(row)["revision"]
    return {
        "id": str(row.pk),
        "seq": row.seq,
        "speaker": str(row.speaker),
        "speaker_kind": row.speaker.kind,
        "reported_by": str(row.reported_by) if row.reported_by else None,
        "content": row.content,
        "act": row.act,
        "quote": row.quote,
        "hedged": row.hedged,
        "negated": row.negated,
        "checkworthiness": round(row.checkworthiness, 4),
        "confidence": round(row.confidence, 4),
        "origin": row.origin,
        "article": str(article.pk),
        "title": article.title,
        "outlet": str(article.outlet) if article.outlet else None,
        "url": article.url or None,
        "published_at": _moment(article.published_at),
        "said_on": row.said_on.isoformat() if row.said_on else None,
        "text_sha256": revision.sha256,
        "start": anchor.start,
        "end": anchor.end,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": str(verdict.pk),
        "number": verdict.number,
        "state": verdict.state,
        "rating": verdict.rating.label if verdict.rating else None,
        "tone": verdict.rating.tone if verdict.rating else None,
        "summary": verdict.summary,
        "reasoning": verdict.reasoning,
        "solo": verdict.solo,
        "authors": [str(author.person) for author in verdict.authors.all()],
        "approved_by": [str(approval.person) for approval in verdict.approvals.all()],
        "saved_at": _moment(verdict.saved_at),
        "decided_at": _moment(verdict.decided_at),
        "evidence": [
            {"title": one.title, "url": one.url, "excerpt": one.excerpt, "bearing": one.bearing}
            for one in verdict.evidence.all()
        ],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    publication = getattr(claim, "publication", None)
    return {
        "id": str(claim.pk),
        "seq": claim.seq,
        "text": claim.text,
        "state": claim.state,
        "speaker": str(claim.checked.speaker) if claim.checked else None,
        "opened_by": str(claim.opened_by),
        "opened_at": _moment(claim.opened_at),
        "published": address_of(publication.slug) if publication and publication.is_live else None,
        "appearances": [{"statement": str(one.statement_id), "stance": one.stance} for one in claim.appearances.all()],
        "verdicts": [_verdict(verdict) for verdict in claim.verdicts.all()],
    }


def _claim_flat(claim: Claim) -> dict[str, Value]:
    """A claim with its newest verdict."""
    told = _claim(claim)
    newest = told["verdicts"][-1] if told["verdicts"] else {}
    verdict = {f"verdict_{name}" if name in ("id", "state") else name: value for name, value in newest.items()}
    names = {name: "; ".join(verdict.get(name, ())) for name in ("authors", "approved_by")}
    cited = {"evidence": "\n".join(one["url"] or one["title"] for one in verdict.get("evidence", ()))}
    return {**told, **verdict, **names, **cited, "id": told["id"], "solo": _YES[verdict.get("solo")]}


_YES: Final = {True: "yes", False: "no", None: None}


def _statement_flat(row: Statement) -> dict[str, Value]:
    told = _statement(row)
    return {**told, "hedged": _YES[row.hedged], "negated": _YES[row.negated]}


def _review(row: Publication) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "seq": row.seq,
        "url": address_of(row.slug),
        "text": row.text,
        "speaker": row.speaker_name,
        "claimed_on": row.claimed_on.isoformat() if row.claimed_on else None,
        "rating": row.rating_label,
        "tone": row.tone,
        "language": row.language,
        "first_published_at": _moment(row.first_published_at),
        "changed_at": _moment(row.changed_at),
        "revision": row.live.number,
        "claim_review": json.loads(bytes(row.live.rich)),
    }


def _dukes(row: Publication) -> dict[str, Value]:
    return dict(flat(json.loads(bytes(row.live.strict))))


def table_of_reviews(rows: Iterable[Publication]) -> Iterator[bytes]:
    """Published reviews as a table under Duke's flat names, line by line."""
    yield _head(DUKES)
    for row in rows:
        yield _line(DUKES, _dukes(row))


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Value]]:
    """A document's words and numbers under Duke's names: steps with points, places in lists from one."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from flat(inner, f"{path}.{place}")
    else:
        yield path, value


def _feed(export: Export) -> dict[str, Any]:
    name = settings.PUBLISHER or export.desk.name
    return {"@context": jsonld.CONTEXT, "@type": "DataFeed", "name": name, "dateModified": _moment(export.asked_at)}


def _feed_item(row: Publication) -> bytes:
    dates = {"dateCreated": _moment(row.first_published_at), "dateModified": _moment(row.changed_at)}
    return _json({"@type": "DataFeedItem", **dates})[:-1] + b',"item":[' + bytes(row.live.rich) + b"]}"


def _annotations(export: Export) -> dict[str, Any]:
    return {"@context": ANNOTATIONS, "id": export.pk.urn, "type": "AnnotationPage", "startIndex": 0}


_STATEMENT_COLUMNS: Final = (
    *("id", "content", "speaker", "speaker_kind", "reported_by", "act", "quote", "hedged", "negated"),
    *("checkworthiness", "confidence", "origin", "title", "outlet", "url", "published_at", "said_on"),
    *("article", "text_sha256", "start", "end", "seq"),
)
_CLAIM_COLUMNS: Final = (
    *("id", "text", "state", "speaker", "opened_by", "opened_at", "published", "verdict_state", "rating", "tone"),
    *("summary", "reasoning", "solo", "authors", "approved_by", "saved_at", "decided_at", "evidence", "seq"),
)
SHAPES: Final[Mapping[tuple[str, str], Shape]] = {
    (ExportOf.STATEMENTS, ExportShape.CSV): _table(_STATEMENT_COLUMNS, _statement_flat),
    (ExportOf.STATEMENTS, ExportShape.JSONL): _lines(_statement),
    (ExportOf.STATEMENTS, ExportShape.ANNOTATIONS): _listed(
        _annotations, "items", lambda row: _json(annotation_of(row, vars(row)["anchor"], vars(row)["revision"]))
    ),
    (ExportOf.CLAIMS, ExportShape.CSV): _table(_CLAIM_COLUMNS, _claim_flat),
    (ExportOf.CLAIMS, ExportShape.JSONL): _lines(_claim),
    (ExportOf.REVIEWS, ExportShape.CSV): _table(DUKES, _dukes),
    (ExportOf.REVIEWS, ExportShape.JSONL): _lines(_review),
    (ExportOf.REVIEWS, ExportShape.CLAIMREVIEW): _listed(_feed, "dataFeedElement", _feed_item),
}
