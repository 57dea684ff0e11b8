"""Rating scales; part of the change of whoever sets a desk up."""

from collections.abc import Mapping, Sequence

from factcheck.claims.models import Rating, RatingScale, Tone
from factcheck.ledger.changes import Change
from factcheck.newsroom.models import Desk


def add_rating_scale(change: Change, desk: Desk, name: str, ratings: Sequence[Mapping[str, str]]) -> RatingScale:
    """Give a desk a scale; each rating has label, tone and definition, in the order of the scale."""
    scale = RatingScale.objects.create(desk=desk, name=name)
    rows = store_ratings(scale, ratings)
    change.touch(scale)
    change.audit("add_rating_scale", scale, desk_id=desk.pk, name=name, labels=[row.label for row in rows])
    return scale


def store_ratings(scale: RatingScale, ratings: Sequence[Mapping[str, str]]) -> list[Rating]:
    """Write the steps of a new version of a scale, in their order."""
    rows = [
        Rating(
            scale=scale,
            position=position,
            label=row["label"],
            tone=Tone(row["tone"]),
            definition=row["definition"],
        )
        for position, row in enumerate(ratings, start=1)
    ]
    return Rating.objects.bulk_create(rows)
