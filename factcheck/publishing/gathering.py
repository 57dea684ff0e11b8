"""What readers will see of a verdict, gathered from the desk at the moment of publishing."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify

from factcheck.claims.models import Appearance, Claim, Rating, Reply, Stance, Tone, Verdict
from factcheck.corpus.models import PairStatus, Statement
from factcheck.corpus.models.article import Access
from factcheck.publishing.models import Publication
from factcheck.publishing.review import Answer, Clash, Place, Publisher, Rated, Review, Source, Voice

LONGEST_SLUG = 80
_A_SLUG = "a-slug"


def gather(verdict: Verdict, now: datetime, publication: Publication | None = None, reason: str = "") -> Review:
    """The review that publishing this verdict now would make; `publication` is the one that stands already."""
    claim = verdict.claim
    assert verdict.rating is not None
    appearances = _appearances(claim)
    checked = next((row.statement for row in appearances if row.statement_id == claim.checked_id), None)
    return Review(
        url=address_of(publication.slug if publication else slug_of(claim)),
        publisher=Publisher(settings.PUBLISHER or claim.desk.name, f"{settings.PUBLIC_URL}/"),
        language=_language(checked),
        claim=claim.text,
        rating=_rated(verdict.rating),
        summary=verdict.summary,
        reasoning=verdict.reasoning,
        first_published=publication.first_published_at if publication else now,
        published=now,
        number=publication.live.number + 1 if publication else 1,
        solo=verdict.solo,
        appearances=_places(appearances, Stance.ASSERTS),
        denials=_places(appearances, Stance.DENIES),
        evidence=tuple(
            Source(row.title, row.bearing, row.url, row.excerpt, row.archived_url) for row in verdict.evidence.all()
        ),
        checked=_place(checked) if checked else None,
        clash=_clash(claim),
        associated=_associated(claim),
        replies=_replies(verdict),
        reason=reason,
    )


def _replies(verdict: Verdict) -> tuple[Answer, ...]:
    return tuple(Answer(row.who, _outcome(row), row.answer) for row in verdict.replies.all())


def _outcome(reply: Reply) -> str:
    with translation.override(settings.LANGUAGE_CODE):  # it is kept: not in the language of whoever publishes
        return str(reply.get_outcome_display())


def mark_of(review: Review) -> str:
    """A short digest of what readers would see, whatever the moment: what a preview showed and what is published."""
    still = replace(review, first_published=datetime.min, published=datetime.min, reason="", number=0)  # noqa: DTZ901 -- no moment at all
    return hashlib.sha256(json.dumps(still.as_json(), sort_keys=True).encode()).hexdigest()[:32]


def address_of(slug: str) -> str:
    """The permanent address of a review's page, with its host."""
    return settings.PUBLIC_URL + _path_of_reviews().replace(_A_SLUG, slug)


def picture_of(slug: str, number: int) -> str:
    """The address of a revision's picture, with its host."""
    return f"{address_of(slug)}revisions/{number}/picture.png"


@cache
def _path_of_reviews() -> str:
    return reverse("publishing:review", args=[_A_SLUG])  # once: a list asks for fifty, and each would be resolved anew


def slug_of(claim: Claim) -> str:
    """The claim's place in public: its words, and enough of its id to be alone."""
    words = slugify(claim.text)[:LONGEST_SLUG]
    cut = re.sub(r"-[^-]*$", "", words) if len(words) == LONGEST_SLUG else words
    return f"{cut or 'claim'}-{claim.pk.hex[-8:]}".lstrip("-")


def hidden_articles(claim: Claim) -> list[str]:
    """The titles of restricted articles in which the claim appears: publishing would show what few may read."""
    articles = {row.statement.article_id: row.statement.article for row in _appearances(claim)}
    return [article.title for article in articles.values() if article.access == Access.RESTRICTED]


def _appearances(claim: Claim) -> list[Appearance]:
    rows = claim.appearances.select_related(
        "statement__speaker", "statement__reported_by", "statement__article__outlet"
    )
    return sorted(rows, key=lambda row: row.statement.said_at)


def _places(rows: Sequence[Appearance], stance: Stance) -> tuple[Place, ...]:
    return tuple(_place(row.statement) for row in rows if row.stance == stance)


def _place(statement: Statement) -> Place:
    article = statement.article
    return Place(
        statement=str(statement.pk),
        words=statement.display,
        voice=_voice(statement),
        title=article.title,
        outlet=str(article.outlet or ""),
        url=article.url or "",
        published=article.published_at,
        said_on=statement.said_on,
    )


def _voice(statement: Statement) -> Voice:
    speaker = statement.speaker
    return Voice(str(speaker.pk), speaker.name, speaker.kind, str(statement.reported_by or ""), speaker.role)


def _language(checked: Statement | None) -> str:
    return checked.article.current.language if checked else "en"


def _rated(rating: Rating) -> Rated:
    """The rating with its number: the scale's end that is true is the best, wherever it stands."""
    steps = list(rating.scale.ratings.order_by("position"))
    named = Rated(rating.label, rating.tone, rating.definition)
    true, false = (_middle(steps, tone) for tone in (Tone.TRUE, Tone.FALSE))
    if true is None or false is None or true == false:
        return named
    place = next(number for number, step in enumerate(steps, 1) if step.pk == rating.pk)
    return replace(named, value=place if true > false else len(steps) + 1 - place, best=len(steps), worst=1)


def _middle(steps: Sequence[Rating], tone: Tone) -> float | None:
    places = [number for number, step in enumerate(steps, 1) if step.tone == tone]
    return sum(places) / len(places) if places else None


def _clash(claim: Claim) -> Clash | None:
    pair = claim.pair
    if pair is None or pair.status != PairStatus.CONFIRMED:
        return None
    return Clash(str(pair.pk), pair.kind, pair.why, (str(pair.a_id), str(pair.b_id)))


def _associated(claim: Claim) -> tuple[str, ...]:
    """The published reviews of the same conflict's other side."""
    if claim.pair_id is None:
        return ()
    others = Publication.objects.published().filter(claim__pair=claim.pair_id).exclude(claim=claim)
    return tuple(address_of(slug) for slug in others.order_by("id").values_list("slug", flat=True))
