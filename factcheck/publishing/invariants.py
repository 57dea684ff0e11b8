"""What must hold of what is published whatever died when: each check yields a sentence per violation."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Max, Q

from factcheck.claims.models import VerdictState
from factcheck.ledger.invariants import unnumbered
from factcheck.ledger.models import OutboxMessage
from factcheck.publishing import jsonld
from factcheck.publishing.events import TOPICS
from factcheck.publishing.export_files import path_of
from factcheck.publishing.models import ClaimReview, Export, Publication, RevisionKind
from factcheck.publishing.webhooks.invariants import check_webhooks


def check_publishing() -> Iterator[str]:
    """Everything this room promises."""
    yield from unnumbered(Publication)
    yield from _addresses()
    yield from _revisions()
    yield from _second_person()
    yield from _messages()
    yield from _exports()
    yield from check_webhooks()


def _addresses() -> Iterator[str]:
    twice = Publication.objects.values("claim").annotate(times=Count("pk")).filter(times__gt=1)
    yield from (f"claim {row['claim']} is published {row['times']} times" for row in twice)
    silent = Publication.objects.filter(words__isnull=True)
    yield from (f"publication {row.pk} is found by no word" for row in silent)
    misplaced = Publication.objects.filter(~Q(place=F("words__id")), words__isnull=False)
    yield from (f"publication {row.pk} has another place than its words" for row in misplaced)


def _revisions() -> Iterator[str]:
    counted: Any = Publication.objects.annotate(last=Max("revisions__number"), many=Count("revisions"))
    for row in counted.select_related("live"):
        if row.live.publication_id != row.pk or row.live.number != row.last or row.many != row.last:
            yield f"publication {row.pk} does not show the last of its revisions"
        if row.is_live == (row.live.kind == RevisionKind.WITHDRAWN):
            yield f"publication {row.pk} is not in the state that its last revision says"
    for review in ClaimReview.objects.all().iterator():
        if bytes(review.rich) != jsonld.written(jsonld.rich(review.review)):
            yield f"review {review.pk} does not say to machines what it says to readers"


def _second_person() -> Iterator[str]:
    reviews = ClaimReview.objects.select_related("verdict").prefetch_related("verdict__approvals", "verdict__authors")
    for review in reviews:
        approved_by = {row.person_id for row in review.verdict.approvals.all()}
        wrote = {row.person_id for row in review.verdict.authors.all()}
        if review.verdict.state != VerdictState.APPROVED or not (review.solo or approved_by - wrote):
            yield f"review {review.pk} was published without its second person"


def _messages() -> Iterator[str]:
    told = OutboxMessage.objects.filter(topic__in=TOPICS.values()).values_list("body", flat=True)
    heard = [(said["id"], said["revision"]) for body in told if (said := json.loads(bytes(body))["data"])]
    there = ClaimReview.objects.values_list("publication_id", "number")
    made = {(str(publication), number) for publication, number in there}
    yield from (f"revision {number} of {publication} was told to nobody" for publication, number in made - set(heard))
    if len(heard) != len(set(heard)):
        yield "a revision was told twice"


def _exports() -> Iterator[str]:
    """A file that is whole has its whole length; after a restore it may be gone, as backups leave these out."""
    for export in Export.objects.kept().filter(ended_at__isnull=False):
        path = path_of(export.part)
        if path.exists() and path.stat().st_size != export.size:
            yield f"export {export.pk} has not the file that it promises"
