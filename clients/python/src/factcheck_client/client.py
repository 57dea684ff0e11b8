"""The calls that a newsroom's developer writes first."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from factcheck_client.errors import AnalysisFailed, TookTooLong
from factcheck_client.shapes import Article, Changes, Job, Match, Review
from factcheck_client.transport import Transport

PAGE = 100


class Factcheck:
    """A workbench. What is published needs no token; the rest one with the scope that each call names."""

    def __init__(
        self,
        base: str,
        token: str = "",
        *,
        tries: int = 4,
        timeout: float = 30.0,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._sleep = sleep
        self._transport = Transport(base, token, tries, timeout, sleep)

    def search_reviews(
        self,
        query: str = "",
        *,
        tone: str | None = None,
        language: str | None = None,
        published_after: datetime | None = None,
    ) -> Iterator[Review]:
        """Published reviews in which all these words stand, the newest change first; as many pages as are read."""
        asked: dict[str, object] = {"q": query or None, "tone": tone, "language": language}
        asked["published_after"] = published_after and published_after.isoformat()
        return (Review.of(said) for said in self._pages("reviews", asked))

    def get_review(self, review_id: str | UUID) -> Review:
        """One published review.

        Raises:
            NotFound: it was never published, or was withdrawn.
        """
        return Review.of(self._transport.get(f"reviews/{review_id}"))

    def follow_reviews(self, cursor: str = "0") -> Iterator[Changes]:
        """What changed since a cursor, in pieces, oldest first, until nothing is left.

        Keep the last piece's cursor and begin there next time: nothing is missed or told twice. `0` is the beginning.
        """
        while True:
            said = self._transport.get("reviews", {"updated_since": cursor, "limit": PAGE})
            cursor = said["as_of"]
            gone = [str(one["id"]) for one in said["gone"]]
            yield Changes([Review.of(one) for one in said["results"]], gone, cursor)
            if said["next"] is None:
                return

    def add_article(
        self,
        text: str = "",
        *,
        url: str | None = None,
        outlet: str | None = None,
        adds_outlet: bool = True,
        published_at: datetime | None = None,
        key: str | None = None,
    ) -> Job:
        """Add an article by its text, or by its address alone; scope `ingest`. Gives the job to wait for.

        A text begins with its headline. `key` makes a program that was restarted say the same thing once.

        Raises:
            InTheWay: the desk has it already; `problem["article_id"]` names it.
        """
        said: dict[str, object] = {"adds_outlet": adds_outlet}
        said |= {"outlet": outlet} if outlet else {}
        said |= {"published_at": published_at.isoformat()} if published_at else {}
        said |= {"url": url} if url else {}
        if not text:
            return Job.of(self._transport.post("articles/fetch", said, key))
        article = self._transport.post("articles", {**said, "text": text}, key)
        return self._newest_job(article["id"])

    def wait_for(self, job: Job, *, seconds: float = 600.0, every: float = 1.0) -> str:
        """Wait until an article is taken in and analyzed; gives its id. Scope `ingest`.

        Raises:
            AnalysisFailed: it stopped; the job says why.
            TookTooLong: it has not ended yet; it goes on.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            job = self.get_job(job.id) if job.is_open else job
            if job.state in ("failed", "cancelled"):
                raise AnalysisFailed(job)
            if job.state == "done" and job.article:
                following = self._newest_job(job.article)
                if following.state == "done":
                    return job.article
                job = following
            self._sleep(every)
        raise TookTooLong(f"The analysis has not ended after {seconds:.0f} seconds; it goes on.")

    def get_job(self, job_id: str | UUID) -> Job:
        """Where work stands; scope `ingest` or `desk`."""
        return Job.of(self._transport.get(f"jobs/{job_id}"))

    def get_article(self, article_id: str | UUID) -> Article:
        """An article of the desk; scope `desk`."""
        return Article.of(self._transport.get(f"articles/{article_id}"))

    def statements_of(self, article_id: str | UUID) -> Iterator[Mapping[str, Any]]:
        """Who says what in an article; scope `desk`."""
        return self._pages("statements", {"article": article_id})

    def match(self, text: str, limit: int | None = None) -> list[Match]:
        """Earlier checks of what a text claims, the likeliest first; scope `desk`."""
        asked: dict[str, object] = {"text": text}
        said = self._transport.post("match", asked | ({"limit": limit} if limit else {}))
        return [Match.of(one) for one in said["matches"]]

    def _newest_job(self, article_id: str) -> Job:
        """The job of an article that was queued last: comparing follows reading."""
        return Job.of(self._transport.get("jobs", {"article": article_id, "limit": 1})["results"][0])

    def _pages(self, path: str, asked: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        while True:
            said = self._transport.get(path, {**asked, "limit": PAGE, "cursor": cursor})
            yield from said["results"]
            cursor = said["next"]
            if cursor is None:
                return
