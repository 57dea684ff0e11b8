"""How long claims stay in each stage: a picture with a table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from factcheck.claims.stages import Stage, Times, times_by_stage
from factcheck.newsroom.models import User
from factcheck.workbench.keys import Words

WIDTH: Final = 300
NAMES: Final = {
    Stage.WAITING: _("Waiting for somebody"),
    Stage.IN_WORK: _("In work"),
    Stage.APPROVAL: _("With the second person"),
    Stage.APPROVED: _("Approved, not published"),
}


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage, and its bar: thick as far as half of the stays, thin as far as nine in ten, in the picture's units."""

    times: Times
    longest: timedelta

    @property
    def name(self) -> Words:
        """What it is called."""
        return NAMES[self.times.stage]

    @property
    def half(self) -> float:
        """How long the thick bar is."""
        return self._scaled(self.times.median)

    @property
    def nine(self) -> float:
        """How long the thin one is."""
        return self._scaled(self.times.ninth)

    def _scaled(self, length: timedelta | None) -> float:
        return max(round(WIDTH * (length / self.longest), 1), 2.0) if length and self.longest else 0.0


@dataclass(frozen=True, slots=True)
class StagesScreen:
    """What the picture shows."""

    rows: Sequence[StageRow]

    @property
    def is_empty(self) -> bool:
        """Whether no claim has gone through any stage yet."""
        return not any(row.times.over or row.times.now for row in self.rows)


def stages_for(person: User, now: datetime) -> StagesScreen:
    """Gather the picture of a person."""
    times = times_by_stage(person, now)
    longest = max((one.ninth for one in times if one.ninth), default=timedelta())
    return StagesScreen([StageRow(one, longest) for one in times])
