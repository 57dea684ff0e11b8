"""What readers see of a review, as frozen values: written into each revision, never read from the desk again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Self, get_args, get_origin, get_type_hints

_NARRATOR = "narrator"  # the engine's word for a text that says something by itself


@dataclass(frozen=True, slots=True)
class _Part:
    """A value that can be written as JSON and read back."""

    def as_json(self) -> dict[str, Any]:
        """The value in JSON's terms."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """The value that was written."""
        hints = get_type_hints(cls)
        return cls(**{part.name: _read(hints[part.name], said[part.name]) for part in fields(cls) if part.name in said})


@dataclass(frozen=True, slots=True)
class Publisher(_Part):
    """Who publishes the review."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Rated(_Part):
    """The rating in the newsroom's words; `value` counts up from `worst` to `best`, or is none."""

    label: str
    tone: str
    definition: str
    value: int | None = None
    best: int | None = None
    worst: int | None = None


@dataclass(frozen=True, slots=True)
class Voice(_Part):
    """Who said something, as what, and through whom we know."""

    id: str
    name: str
    kind: str
    via: str = ""
    role: str = ""

    @property
    def is_narrator(self) -> bool:
        """Whether nobody is quoted: the article says it by itself."""
        return self.kind == _NARRATOR

    @property
    def said_by(self) -> str:
        """In one line: "Vladimir Putin, via Kremlin"."""
        return f"{self.name}, via {self.via}" if self.via else self.name

    @property
    def introduced(self) -> str:
        """In one line, as what too: "Vladimir Putin, President of Russia, via Kremlin"."""
        return ", ".join([self.name, *filter(None, [self.role, self.via and f"via {self.via}"])])


@dataclass(frozen=True, slots=True)
class Place(_Part):
    """Where a statement stands that makes or rejects the claim."""

    statement: str
    words: str
    voice: Voice
    title: str
    outlet: str = ""
    url: str = ""
    published: datetime | None = None
    said_on: date | None = None

    @property
    def said_day(self) -> date | None:
        """The day on which it was said, as far as we know: else that on which it was published."""
        return self.said_on or (self.published.date() if self.published else None)


@dataclass(frozen=True, slots=True)
class Source(_Part):
    """A piece of evidence."""

    title: str
    bearing: str
    url: str = ""
    excerpt: str = ""
    archived_url: str = ""


@dataclass(frozen=True, slots=True)
class Answer(_Part):
    """Right of reply: whom the newsroom asked, what became of it, and their answer if there is one."""

    who: str
    outcome: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clash(_Part):
    """The confirmed conflict that the claim was opened from."""

    id: str
    kind: str
    why: str
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review(_Part):
    """A published review, whole."""

    url: str
    publisher: Publisher
    language: str
    claim: str
    rating: Rated
    summary: str
    reasoning: str
    first_published: datetime
    published: datetime
    number: int
    solo: bool
    appearances: tuple[Place, ...]
    denials: tuple[Place, ...]
    evidence: tuple[Source, ...]
    checked: Place | None = None
    clash: Clash | None = None
    associated: tuple[str, ...] = ()
    replies: tuple[Answer, ...] = ()
    reason: str = ""

    @property
    def voice(self) -> Voice | None:
        """Who made the claim."""
        return self.checked.voice if self.checked else None

    @property
    def claimant(self) -> Voice | None:
        """Who made the claim, where it is somebody whom an article quotes."""
        return None if self.voice is None or self.voice.is_narrator else self.voice

    @property
    def claimed_on(self) -> date | None:
        """When the claim was first made, as far as we know."""
        return min((place.said_day for place in self.appearances if place.said_day), default=None)

    @property
    def edition(self) -> str:
        """The address of this very revision: the page's, with the revision's number."""
        return f"{self.url}#r{self.number}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], inner) for inner in value)
    kinds = [kind for kind in (get_args(hint) or (hint,)) if isinstance(kind, type)]
    kind = kinds[0]
    if issubclass(kind, _Part):
        return kind.from_json(value)
    return kind.fromisoformat(value) if issubclass(kind, date) else value  # a moment is a day too
