"""The pages of calibrations: how far suggestions can be trusted, which versions there are, and what each would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.corpus.models import CalibrationVersion, ConflictPair
from factcheck.corpus.services.trust import Trust, count_trust
from factcheck.ledger.models import Job
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.workbench.screens.progress import Progress, describe

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A calibration, and whether its desk's pairs are scored by it."""

    calibration: CalibrationVersion
    in_use: bool


@dataclass(frozen=True, slots=True)
class CalibrationsScreen:
    """What the list shows."""

    trust: Sequence[Trust]
    versions: Sequence[Version]


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
    moves: Sequence[Move]
    weights: Sequence[Weight]
    progress: Progress

    @property
    def dismissed(self) -> int:
        """How many of the decided pairs were dismissed."""
        return self.version.calibration.decided - self.version.calibration.confirmed


def calibrations_screen(person: User) -> CalibrationsScreen:
    """Gather the list in a fixed number of queries."""
    found = CalibrationVersion.objects.readable_by(person).select_related("desk", "proposed_by", "adopted_by")
    newest = list(found.order_by("-made_at", "-number")[:NEWEST])
    in_use = {row.desk_id: row.pk for row in found.filter(adopted_at__isnull=False).order_by("adopted_at", "number")}
    versions = [Version(row, in_use.get(row.desk_id) == row.pk) for row in newest]
    return CalibrationsScreen(count_trust(desks_reached(person, Action.CALIBRATE, Reach.DESK)), versions)


def calibration_screen(calibration: CalibrationVersion, person: User) -> CalibrationScreen:
    """Gather the page of a calibration in a fixed number of queries."""
    moved = calibration.shadow["moved"]
    pairs = ConflictPair.objects.readable_by(person).with_sides().filter(pk__in=[move["pair"] for move in moved])
    readable = {str(pair.pk): pair for pair in pairs}
    in_use = CalibrationVersion.objects.in_use_on(calibration.desk_id) == calibration
    job = Job.objects.about("calibrationversion", calibration.pk).first()
    return CalibrationScreen(
        Version(calibration, in_use),
        [Move(readable.get(move["pair"]), move["before"], move["after"]) for move in moved],
        _weights(calibration),
        describe(job, calibration, person),
    )


def _weights(calibration: CalibrationVersion) -> list[Weight]:
    """The weights, the heaviest first; what weighs next to nothing is left out."""
    kinds = {f"kind: {kind}": weight for kind, weight in calibration.weights["kinds"].items()}
    named = {"constant": calibration.weights["constant"], **calibration.weights["signs"], **kinds}
    heavy = [Weight(name, weight) for name, weight in named.items() if abs(weight) >= 0.005]  # noqa: PLR2004 -- 0.00
    return sorted(heavy, key=lambda row: (-abs(row.weight), row.sign))
