"""How many reviews stand behind a choice of the public index, counted in one look at what was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from factcheck.publishing.models import PublicationQuerySet

COUNTED: Final = 1_000  # the newest; a word that every review has would find, and count, all of them


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted; there are more where it `is_cut`, and each of its counts is then the least that there are."""

    tones: Counter[str]
    speakers: Counter[tuple[UUID, str]]
    total: int
    is_cut: bool

    def most_checked(self, many: int) -> Sequence[tuple[UUID, str, int]]:
        """The speakers of whom most was checked."""
        ordered = sorted(self.speakers.items(), key=lambda entry: (-entry[1], entry[0][1]))
        return [(pk, name, count) for (pk, name), count in ordered[:many]]


def tally(found: PublicationQuerySet, most: int = COUNTED) -> Tally:
    """Count the newest of what was found."""
    rows = list(found.newest_first().values_list("tone", "speaker_id", "speaker_name")[: most + 1])
    counted = rows[:most]
    return Tally(
        tones=Counter(tone for tone, _speaker, _name in counted),
        speakers=Counter((speaker, name) for _tone, speaker, name in counted if speaker),
        total=len(counted),
        is_cut=len(rows) > most,
    )
