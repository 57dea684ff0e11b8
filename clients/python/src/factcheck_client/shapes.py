"""What the server tells, as frozen values. What it tells beyond these stands in `said`, so nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Review:
    """A published review as it stands. `claim_review` is its ClaimReview JSON-LD."""

    id: str
    url: str
    text: str
    speaker: str
    rating: str
    tone: str
    language: str
    revision: int
    first_published_at: datetime
    changed_at: datetime
    claim_review: Mapping[str, Any]
    said: Mapping[str, Any]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Read what the server told."""
        names = ("id", "url", "text", "speaker", "rating", "tone", "language", "revision", "claim_review")
        return cls(
            **{name: said[name] for name in names},
            first_published_at=datetime.fromisoformat(said["first_published_at"]),
            changed_at=datetime.fromisoformat(said["changed_at"]),
            said=said,
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a cursor: reviews that are new or corrected, ids of those withdrawn, and where to go on."""

    reviews: Sequence[Review]
    gone: Sequence[str]
    cursor: str


@dataclass(frozen=True, slots=True)
class Job:
    """Work to do later: queued, running, done, failed or cancelled. `article` is what an address became.

    Of a file of many, `articles` are all that came of it, and `refused` says why parts of it were not taken in.
    """

    id: str
    kind: str
    state: str
    step: str
    share: float
    reason: str
    article: str | None
    articles: Sequence[str] = ()
    refused: Sequence[str] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Read what the server told."""
        names = ("id", "kind", "state", "step", "share", "reason", "article")
        further = {name: said[name] for name in ("articles", "refused") if name in said}
        return cls(**{name: said[name] for name in names}, **further)

    @property
    def is_open(self) -> bool:
        """Whether it is queued or running."""
        return self.state in ("queued", "running")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the desk."""

    id: str
    title: str
    url: str | None
    said: Mapping[str, Any]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Read what the server told."""
        return cls(said["id"], said["title"], said.get("url"), said)


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier check that may answer a text: how likely it is of the same claim, and why.

    `kind` says whether it is a claim of the desk, what was published of it, or an imported review. `rating` and `url`
    are empty where nothing is public, `publisher` where it is the desk itself.
    """

    kind: str
    text: str
    rating: str
    url: str
    publisher: str
    score: float
    why: str
    said: Mapping[str, Any]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Read what the server told."""
        names = ("kind", "text", "rating", "url", "publisher", "why")
        words = {name: str(said.get(name) or "") for name in names}
        return cls(**words, score=float(said["score"]), said=said)
