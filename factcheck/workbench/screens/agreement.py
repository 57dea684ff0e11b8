"""How far reviewers agree: in all, by rating, by pair of people, by month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from factcheck.claims.agreement import Figures, by_pair, measure, on_rating
from factcheck.claims.models import Assessment, Claim, RatingScale
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.workbench.screens.matrix import Matrix, matrix_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report."""

    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class AgreementScreen:
    """What the page shows."""

    scales: Sequence[RatingScale]
    scale: RatingScale | None
    total: Row | None
    ratings: Sequence[Row]
    pairs: Sequence[Row]
    months: Sequence[Row]
    matrix: Matrix | None


@dataclass(slots=True)
class _Rated:
    """A claim: the steps that people gave it, and when the last of them did."""

    steps: dict[UUID, int]
    at: datetime


def agreement_for(person: User, scale_id: str) -> AgreementScreen:
    """Gather the report of one scale in a fixed number of queries: the one asked for, else the one most in use."""
    desks = desks_reached(person, Action.READ_AGREEMENT, Reach.DESK)
    scales = list(RatingScale.objects.filter(desk__in=desks).order_by("desk__name", "name").select_related("desk"))
    rows = Assessment.objects.shown().filter(claim__in=Claim.objects.readable_by(person).values("pk"))
    given = list(rows.filter(claim__desk__in=desks).select_related("rating", "person"))
    scale = _chosen(scales, given, scale_id)
    if scale is None:
        return AgreementScreen(scales, None, None, [], [], [], None)
    of_scale = [row for row in given if row.rating and row.rating.scale_id == scale.pk]
    return _report(scales, scale, of_scale)


def lines_of(screen: AgreementScreen) -> list[list[str | int | float | None]]:
    """The report as a table: what it is by, of whom or what, and the figures."""
    groups = {"rating": screen.ratings, "people": screen.pairs, "month": screen.months}
    rows = [("all", screen.total)] if screen.total else []
    rows += [(name, row) for name, found in groups.items() for row in found]
    return [[name, row.label, *_plain(row.figures)] for name, row in rows]


def _plain(figures: Figures) -> list[int | float | None]:
    shares = (figures.percent, figures.kappa, figures.fleiss, figures.nominal, figures.ordinal)
    return [figures.claims, *(None if share is None else round(share, 4) for share in shares)]


def _chosen(scales: Sequence[RatingScale], given: Sequence[Assessment], scale_id: str) -> RatingScale | None:
    uses = [row.rating.scale_id for row in given if row.rating]
    asked = next((scale for scale in scales if str(scale.pk) == scale_id), None)
    return asked or max(scales, key=lambda scale: uses.count(scale.pk), default=None)


def _report(scales: Sequence[RatingScale], scale: RatingScale, given: Sequence[Assessment]) -> AgreementScreen:
    rated = _by_claim(given)
    units: list[Mapping[UUID, int]] = [one.steps for one in rated.values()]
    names = {row.person_id: str(row.person) for row in given}
    steps = list(scale.ratings.order_by("position"))
    pairs = [Row(f"{names[pair.one]} · {names[pair.other]}", pair.figures) for pair in by_pair(units)]
    total = Row("", measure(units))
    if not total.figures.claims:
        return AgreementScreen(scales, scale, None, [], [], [], None)
    ratings = [Row(step.label, on_rating(units, step.position)) for step in steps]
    return AgreementScreen(scales, scale, total, ratings, pairs, _months(rated), matrix_of(units, steps))


def _by_claim(given: Sequence[Assessment]) -> dict[UUID, _Rated]:
    rated: dict[UUID, _Rated] = {}
    for row in given:
        assert row.rating is not None  # the database keeps that of what is given
        assert row.given_at is not None
        one = rated.setdefault(row.claim_id, _Rated({}, row.given_at))
        one.steps[row.person_id] = row.rating.position
        one.at = max(one.at, row.given_at)
    return rated


def _months(rated: Mapping[UUID, _Rated]) -> list[Row]:
    """The newest month first; a claim is of the month in which its last assessment was given."""
    by_month: dict[str, list[Mapping[UUID, int]]] = defaultdict(list)
    for one in rated.values():
        by_month[f"{localtime(one.at):%Y-%m}"].append(one.steps)
    return [Row(month, measure(by_month[month])) for month in sorted(by_month, reverse=True)]
