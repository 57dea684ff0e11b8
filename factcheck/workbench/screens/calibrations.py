"""The pages of calibrations: how far suggestions can be trusted, which versions there are, and what each would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.corpus.models import CalibrationVersion, ConflictPair
from factcheck.corpus.services.calibrating import CALIBRATE, Lessons, count_lessons
from factcheck.corpus.services.trust import Trust, count_trust
from factcheck.ledger.models import Job
from factcheck.ledger.wording import term
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, may
from factcheck.workbench.screens.progress import Progress, describe

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A calibration, and whether its desk's pairs are scored by it."""

    calibration: CalibrationVersion
    in_use: bool


@dataclass(frozen=True, slots=True)
class Learner:
    """A desk: by what its pairs are scored (None: by the engine alone), what it could teach, and whether it does."""

    lessons: Lessons
    in_use: CalibrationVersion | None
    progress: Progress
    may_propose: bool


@dataclass(frozen=True, slots=True)
class CalibrationsScreen:
    """What the list shows."""

    learners: Sequence[Learner]
    trust: Sequence[Trust]
    versions: Sequence[Version]

    @property
    def is_learning(self) -> bool:
        """Whether a proposal is on its way."""
        return any(learner.progress.is_open for learner in self.learners)


@dataclass(frozen=True, slots=True)
class Move:
    """A pair's score before and after; the pair where the person may read it."""

    pair: ConflictPair | None
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Weight:
    """What one sign weighs."""

    sign: str
    weight: float


@dataclass(frozen=True, slots=True)
class CalibrationScreen:
    """What the page of a calibration shows; `progress` is how far what waits is scored anew."""

    version: Version
    may_calibrate: bool
    moves: Sequence[Move]
    weights: Sequence[Weight]
    progress: Progress

    @property
    def dismissed(self) -> int:
        """How many of the decided pairs were dismissed."""
        return self.version.calibration.decided - self.version.calibration.confirmed


def calibrations_screen(person: User) -> CalibrationsScreen:
    """Gather the list in a fixed number of queries."""
    found = CalibrationVersion.objects.readable_by(person).select_related("desk", "proposed_by")
    newest = list(found.order_by("-made_at", "-number")[:NEWEST])
    in_use = found.in_bulk(found.in_use().values())
    versions = [Version(row, row.pk in in_use) for row in newest]
    desk_ids = desks_reached(person, Action.READ_CALIBRATION, Reach.DESK)
    used = {row.desk_id: row for row in in_use.values()}
    return CalibrationsScreen(_learners(desk_ids, used, person), count_trust(desk_ids), versions)


def calibration_screen(calibration: CalibrationVersion, person: User) -> CalibrationScreen:
    """Gather the page of a calibration in a fixed number of queries."""
    moved = calibration.shadow["moved"]
    pairs = ConflictPair.objects.readable_by(person).with_sides().filter(pk__in=[move["pair"] for move in moved])
    readable = {str(pair.pk): pair for pair in pairs}
    in_use = CalibrationVersion.objects.in_use_on(calibration.desk_id) == calibration
    job = Job.objects.about("calibrationversion", calibration.pk).first()
    return CalibrationScreen(
        Version(calibration, in_use),
        may(person, Action.CALIBRATE, calibration),
        [Move(readable.get(move["pair"]), move["before"], move["after"]) for move in moved],
        _weights(calibration),
        describe(job, calibration, person),
    )


def _learners(desk_ids: Sequence[UUID], used: Mapping[UUID, CalibrationVersion], person: User) -> list[Learner]:
    desks = Desk.objects.filter(pk__in=desk_ids).order_by("name")
    asked = Job.objects.filter(kind=CALIBRATE, subject_id__in=desk_ids).order_by("created_at", "id")
    newest = {job.desk_id: job for job in asked}
    return [
        Learner(
            lessons,
            used.get(lessons.desk.pk),
            describe(newest.get(lessons.desk.pk), lessons.desk, person),
            may(person, Action.CALIBRATE, lessons.desk),
        )
        for lessons in count_lessons(desks)
    ]


def _weights(calibration: CalibrationVersion) -> list[Weight]:
    """The weights, the heaviest first; what weighs next to nothing is left out."""
    kinds = {
        _("kind: %(kind)s") % {"kind": term(kind)}: weight for kind, weight in calibration.weights["kinds"].items()
    }
    named = {_("constant"): calibration.weights["constant"], **calibration.weights["signs"], **kinds}
    heavy = [Weight(name, weight) for name, weight in named.items() if abs(weight) >= 0.005]  # noqa: PLR2004 -- 0.00
    return sorted(heavy, key=lambda row: (-abs(row.weight), row.sign))
