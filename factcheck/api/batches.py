"""Many articles in one request: each stands or falls by itself, and is durable once its result says so.

A text becomes an article at once; what lies at an address or in a file is fetched or read by a job. Texts are added
a few at a time, in one short transaction each; where those few cannot be added together, one by one.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rest_framework import serializers

from factcheck.api.errors import describe, describe_fields
from factcheck.corpus.models import Article, Retrieval
from factcheck.corpus.services.articles import (
    BULK,
    LONGEST_TOGETHER,
    MOST_TOGETHER,
    NewArticle,
    add_article,
    add_articles,
)
from factcheck.ledger.errors import Refusal
from factcheck.ledger.idempotency import Answer, Once, answer_once, answer_together, kept_keys
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Desk, User

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Sent:
    """One article of a batch: its place, what is to be added and where, and the key that it has for itself."""

    index: int
    new: NewArticle
    desk: Desk
    once: Once | None


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """An address or a file of a batch: its place, how it is asked for, and the key that it has for itself."""

    index: int
    ask: Callable[[datetime], Retrieval]
    once: Once | None


def add_batch(sent: Sequence[Any], desks: list[Desk], person: User, once: Once | None, now: datetime) -> list[Result]:
    """Add the articles; with a key, each under the key and its place, so a batch that was cut off goes on."""
    read = [_read(index, one, desks, person, _nth(once, index, one)) for index, one in enumerate(sent)]
    results = {index: one for index, one in enumerate(read) if isinstance(one, dict)}
    for group in _grouped([one for one in read if isinstance(one, _Sent)]):
        results |= _add(group, person, now)
    for one in read:
        if isinstance(one, _Elsewhere):
            results[one.index] = _ask(one, now)
    return [{"index": index, **results[index]} for index in range(len(sent))]


def _read(index: int, one: Any, desks: list[Desk], person: User, once: Once | None) -> "_Sent | _Elsewhere | Result":
    from factcheck.api.articles import ArticleSent, new_article
    from factcheck.api.retrievals import ask_for, sent_as

    kind = sent_as(one)
    try:
        said = (kind or ArticleSent)(context={"desks": desks}).run_validation(one)
    except serializers.ValidationError as error:
        return {"status": "refused", "problem": describe_fields(error)}
    if kind is not None:
        return _Elsewhere(index, ask_for(said, person, BULK), once)
    return _Sent(index, new_article(said, BULK), said["desk"], once)


def _nth(once: Once | None, index: int, one: Any) -> Once | None:
    if once is None:
        return None
    body = json.dumps(one, sort_keys=True, ensure_ascii=False)
    return replace(once, key=f"{once.key}#{index}", body_digest=hashlib.sha256(body.encode()).hexdigest())


def _grouped(sent: Sequence[_Sent]) -> Iterator[list[_Sent]]:
    """A few neighbors of one desk at a time; what was answered before stands alone, as it is answered again."""
    kept = kept_keys([one.once for one in sent if one.once])
    group: list[_Sent] = []
    for one in sent:
        if group and not _fits(group, one, kept):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _fits(group: Sequence[_Sent], one: _Sent, kept: set[str]) -> bool:
    length = sum(len(other.new.text) for other in group) + len(one.new.text)
    is_small = len(group) < MOST_TOGETHER and length <= LONGEST_TOGETHER
    is_new = not any(other.once and other.once.key in kept for other in (group[-1], one))
    return is_small and is_new and group[-1].desk == one.desk


def _add(group: Sequence[_Sent], person: User, now: datetime) -> Mapping[int, Result]:
    if len(group) > 1:
        new = [one.new for one in group]
        try:
            answers = answer_together(
                [one.once for one in group], lambda: add_articles(new, group[0].desk, person, now), _accepted
            )
            return {one.index: answer.body for one, answer in zip(group, answers, strict=True)}
        except Refusal:
            pass  # one of them cannot be added, or was by somebody else: each by itself then says so
    return {one.index: _add_one(one, person, now) for one in group}


def _add_one(one: _Sent, person: User, now: datetime) -> Result:
    try:
        answer = answer_once(one.once, lambda: add_article(one.new, one.desk, person, now), _accepted, now, reads=False)
    except Refusal as refusal:
        return {"status": "refused", "problem": describe(refusal)}
    found: Result = answer.body
    return found


def _ask(one: _Elsewhere, now: datetime) -> Result:
    try:
        answer = answer_once(one.once, lambda: one.ask(now), _asked, now)
    except Refusal as refusal:
        return {"status": "refused", "problem": describe(refusal)}
    found: Result = answer.body
    return found


def _asked(retrieval: Retrieval) -> Answer:
    return Answer(202, {"status": "accepted", "job": str(Job.objects.about("retrieval", retrieval.pk)[0].pk)})


def _accepted(article: Article) -> Answer:
    return Answer(201, {"status": "accepted", "article": str(article.pk)})
