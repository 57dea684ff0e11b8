"""Through whom we know of a statement: the whole chain, where one who passes it on is quoted by another.

A statement names who passes it on (`reported_by`). Where the same text says that they said so according to somebody
else, their words stand around it as a statement of their own, and that one's relay is the chain's next link. What
people said of the chain goes before that.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from factcheck.corpus.models import Anchor, Speaker, Statement
from factcheck.corpus.services.speakers import end_of


def note_chains(statements: Sequence[Statement]) -> None:
    """Let each of these know through whom it came beyond its own relay, in two queries at most."""
    note_told_chains(statements)
    relayed = [one for one in statements if one.reported_by_id and one.further_by_hand is None]
    if not relayed:
        return
    anchors = Anchor.objects.filter(statement__article__in={statement.article_id for statement in relayed})
    anchors = anchors.filter(statement__reported_by__isnull=False, statement__gone_at__isnull=True)
    rows = anchors.select_related("statement__reported_by").order_by("revision__number")
    chains = chains_in({row.statement_id: row for row in rows}.values())  # the newest of each
    for statement in relayed:
        statement.further = chains.get(statement.pk, ())


def note_told_chains(statements: Sequence[Statement]) -> None:
    """Let each of these know through whom people said it came beyond its own relay, in one query at most."""
    told = [(statement, statement.further_by_hand) for statement in statements if statement.further_by_hand]
    people = Speaker.objects.select_related("merged_into").in_bulk({key for _, keys in told for key in keys})
    by_key = {str(pk): end_of(person) for pk, person in people.items()}
    for statement, keys in told:
        statement.further = tuple(by_key[key] for key in keys)


def chains_in(anchors: Iterable[Anchor]) -> Mapping[UUID, tuple[Speaker, ...]]:
    """By statement, who stands in the chain beyond its own relay, the nearest first."""
    relayed = [anchor for anchor in anchors if anchor.statement.reported_by is not None]
    return {anchor.statement_id: tuple(_beyond(anchor, relayed)) for anchor in relayed}


def _beyond(anchor: Anchor, relayed: Sequence[Anchor]) -> Iterable[Speaker]:
    seen = {anchor.statement.speaker_id}
    while (teller := anchor.statement.reported_by_id) not in seen:
        seen.add(teller)  # type: ignore[arg-type]  # all of these have one
        around = [one for one in relayed if one.statement.speaker_id == teller and _holds(one, anchor)]
        if not around:
            return
        anchor = min(around, key=lambda one: one.end - one.start)
        further = anchor.statement.reported_by
        if further is None or further.pk in seen:
            return
        yield further


def _holds(outer: Anchor, inner: Anchor) -> bool:
    is_same_text = outer.revision_id == inner.revision_id and outer.statement_id != inner.statement_id
    return is_same_text and outer.start <= inner.start and inner.end <= outer.end
