"""What the public pages show, as dataclasses; nothing in them comes from the desk but what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.claims.models import Tone
from factcheck.newsroom.models import Desk
from factcheck.publishing.counting import COUNTED, Tally, tally
from factcheck.publishing.fulltext import matching
from factcheck.publishing.models import ClaimReview, Publication, PublicationQuerySet
from factcheck.publishing.review import Clash, Place, Review

PER_PAGE, SPEAKERS_SHOWN = 20, 12


@dataclass(frozen=True, slots=True)
class Side:
    """One statement of a conflict, and the review of it where it has one."""

    place: Place
    review: Review | None
    address: str


@dataclass(frozen=True, slots=True)
class ConflictScreen:
    """Two statements that cannot both hold."""

    clash: Clash
    sides: Sequence[Side]


@dataclass(frozen=True, slots=True)
class ReviewScreen:
    """A review, what was corrected in it, and what stands beside it."""

    publication: Publication
    revision: ClaimReview
    review: Review
    corrections: Sequence[ClaimReview]
    revisions: Sequence[ClaimReview]
    conflict: ConflictScreen | None

    @property
    def is_current(self) -> bool:
        """Whether this is the revision that readers find at the permanent address."""
        return self.revision.pk == self.publication.live_id


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice in a list, how many stand behind it (at least), and the address with it chosen or given up."""

    name: str
    count: int
    is_least: bool
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks the index."""

    words: str = ""
    tone: str = ""
    speaker: UUID | None = None
    language: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class IndexScreen:
    """A page of the index; `is_cut` where there are more than `found`."""

    asked: Asked
    publications: Sequence[Publication]
    found: int
    is_cut: bool
    tones: Sequence[Facet]
    speakers: Sequence[Facet]
    more: str


def site_name() -> str:
    """The name over the public pages: the newsroom's, or that of its only desk."""
    if settings.PUBLISHER:
        return str(settings.PUBLISHER)
    names = list(Desk.objects.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else _("Fact checks")


def review_for(publication: Publication, revision: ClaimReview) -> ReviewScreen:
    """Gather the page of a revision."""
    revisions = list(publication.revisions.defer("rich", "strict", "contents").order_by("-number"))
    return ReviewScreen(
        publication=publication,
        revision=revision,
        review=revision.review,
        corrections=[row for row in revisions if row.number > 1],
        revisions=revisions,
        conflict=find_conflict(publication.pair_id) if publication.pair_id else None,
    )


def find_conflict(pair_id: UUID) -> ConflictScreen | None:
    """The conflict as published reviews show it; none where none shows both sides."""
    rows = Publication.objects.published().filter(pair_id=pair_id).with_review().order_by("id")
    shown = [(row.live.review, row) for row in rows]
    clash = next((review.clash for review, _row in shown if review.clash), None)
    sides = _sides(clash, shown) if clash else []
    return ConflictScreen(clash, sides) if clash and len(sides) == len(clash.sides) else None


def _sides(clash: Clash, shown: Sequence[tuple[Review, Publication]]) -> list[Side]:
    """The sides whose words some review shows, each with the review of it."""
    said = [place for review, _row in shown for place in (*review.appearances, *review.denials)]
    places = {place.statement: place for place in said}
    found = {review.checked.statement: (review, row) for review, row in shown if review.checked}
    return [_side(places[side], found.get(side)) for side in clash.sides if side in places]


def _side(place: Place, found: tuple[Review, Publication] | None) -> Side:
    return Side(place, found[0], found[1].get_absolute_url()) if found else Side(place, None, "")


def index_for(asked: Asked) -> IndexScreen:
    """A page of the index, newest first."""
    chosen = _asked_for(asked)
    rows = list(_after(chosen, asked.after).newest_first().with_review()[: PER_PAGE + 1])
    counted = tally(_newest_of(asked))
    is_cut = counted.is_cut and bool(asked.words)  # without words an index of the database has the whole count
    return IndexScreen(
        asked=asked,
        publications=rows[:PER_PAGE],
        found=chosen.count() if counted.is_cut and not is_cut else counted.total,
        is_cut=is_cut,
        tones=_tones(asked, tally(_asked_for(asked, without="tone")) if asked.tone else counted),
        speakers=_speakers(asked, tally(_asked_for(asked, without="speaker_id")) if asked.speaker else counted),
        more=_query(asked, after=rows[PER_PAGE - 1].slug) if len(rows) > PER_PAGE else "",
    )


def _asked_for(asked: Asked, *, without: str = "") -> PublicationQuerySet:
    found = Publication.objects.published()
    if asked.words:
        found = matching(found, asked.words)
    wanted = {"tone": asked.tone, "speaker_id": asked.speaker, "language": asked.language}
    return found.filter(**{name: value for name, value in wanted.items() if value and name != without})


def _newest_of(asked: Asked) -> PublicationQuerySet:
    """What is asked for; of what words alone find, as much as is counted."""
    if asked.words and not (asked.tone or asked.speaker or asked.language):
        return matching(Publication.objects.published(), asked.words, newest=COUNTED + 1)
    return _asked_for(asked)


def _after(found: PublicationQuerySet, slug: str) -> PublicationQuerySet:
    last = Publication.objects.filter(slug=slug).first() if slug else None
    return found if last is None or last.place is None else found.older_than(last.place)


def _tones(asked: Asked, counted: Tally) -> list[Facet]:
    return [
        Facet(
            name=str(tone.label),
            count=counted.tones[tone],
            is_least=counted.is_cut,
            query=_query(asked, tone="" if tone == asked.tone else tone),
            is_chosen=tone == asked.tone,
        )
        for tone in Tone
        if tone in counted.tones
    ]


def _speakers(asked: Asked, counted: Tally) -> list[Facet]:
    return [
        Facet(
            name=name,
            count=many,
            is_least=counted.is_cut,
            query=_query(asked, speaker="" if pk == asked.speaker else str(pk)),
            is_chosen=pk == asked.speaker,
        )
        for pk, name, many in counted.most_checked(SPEAKERS_SHOWN)
    ]


def _query(asked: Asked, **changed: str) -> str:
    """The query of the same question with something else chosen; a page further only where it says so."""
    said = {"q": asked.words, "tone": asked.tone, "speaker": str(asked.speaker or ""), "language": asked.language}
    return urlencode({name: value for name, value in (said | {"after": ""} | changed).items() if value})
