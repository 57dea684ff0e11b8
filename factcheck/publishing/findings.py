"""What the linter says: one finding, and how grave it is."""

from dataclasses import dataclass
from enum import StrEnum


class Profile(StrEnum):
    """Whose rules a finding speaks for."""

    READERS = "readers"
    RICH = "rich"
    STRICT = "strict"
    GOOGLE = "google"


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a review may not be published (an error), or what would make it better (a warning)."""

    name: str
    profile: Profile
    is_error: bool
    message: str
