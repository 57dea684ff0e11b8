"""Many articles in one request: each stands or falls by itself, and is durable once its result says so."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rest_framework import serializers

from factcheck.api.errors import describe, describe_fields
from factcheck.corpus.services.articles import BULK, add_article
from factcheck.ledger.errors import Refusal
from factcheck.ledger.idempotency import Answer, Once, answer_once
from factcheck.newsroom.models import Desk, User


def add_batch(
    sent: Sequence[Any], desks: list[Desk], person: User, once: Once | None, now: datetime
) -> Iterator[dict[str, Any]]:
    """Add the articles one after another; with a key, each under the key and its place, so a retry goes on."""
    for index, one in enumerate(sent):
        yield {"index": index, **_result(one, desks, person, _nth(once, index, one), now)}


def _result(one: Any, desks: list[Desk], person: User, once: Once | None, now: datetime) -> dict[str, Any]:
    from factcheck.api.articles import ArticleSent, new_article

    said = ArticleSent(data=one, context={"desks": desks})
    try:
        said.is_valid(raise_exception=True)
        new, desk = new_article(said.validated_data, BULK), said.validated_data["desk"]
        answer = answer_once(
            once,
            lambda: add_article(new, desk, person, now),
            lambda pk: Answer(201, {"status": "accepted", "article": str(pk)}),
            now,
        )
    except serializers.ValidationError as error:
        return {"status": "refused", "problem": describe_fields(error)}
    except Refusal as refusal:
        return {"status": "refused", "problem": describe(refusal)}
    found: dict[str, Any] = answer.body
    return found


def _nth(once: Once | None, index: int, one: Any) -> Once | None:
    if once is None:
        return None
    body = json.dumps(one, sort_keys=True, ensure_ascii=False)
    return replace(once, key=f"{once.key}#{index}", body_digest=hashlib.sha256(body.encode()).hexdigest())
