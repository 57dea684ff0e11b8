"""Has this been checked? A text beside our claims, what is published and other people's reviews, by words and meaning.

What is known of each lies in the database; a process holds it in memory and catches up by the change sequence with
every question, so what is found is right after a restart and the same for all processes. The small model of sentences
is loaded by the first question: so a question is answered at once, without a job.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from factcheck.claims.models import Claim, ImportedReview, KnownClaim
from factcheck.claims.services.knowing import current_reader
from factcheck.corpus.errors import UnfitInquiry
from factcheck.corpus.services.builds import chosen_models
from factcheck.engine import matching
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.publishing.explaining import explain
from factcheck.publishing.gathering import address_of
from factcheck.publishing.models import Publication

if TYPE_CHECKING:
    from factcheck.engine.matching import Match, Record, Shelf

LONGEST_TEXT: Final = 2_000
MOST, USUAL = 20, 5
LIKELY: Final = 0.5
LEAST: Final = 0.02  # what is less likely tells nobody anything
OURS, PUBLISHED, IMPORTED = "claim", "published", "imported"
_AT_ONCE: Final = 20_000  # claims that are taken into memory together
_LOOKED_AT: Final = 80  # so many may be hidden from the one who asks before one that is not is missed


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier check of what a text says: our claim, where the asker may read it; its publication; or an import."""

    key: UUID
    score: float
    words: tuple[str, ...]
    why: str
    claim: Claim | None = None
    publication: Publication | None = None
    imported: ImportedReview | None = None

    @property
    def kind(self) -> str:
        """Whose check it is, in a word."""
        return IMPORTED if self.imported else PUBLISHED if self.publication else OURS

    @property
    def text(self) -> str:
        """The claim, as the check puts it."""
        shown = self.publication or self.claim
        return shown.text if shown else self.imported.claim_text if self.imported else ""

    @property
    def rating(self) -> str:
        """What it was found to be; empty while nothing is published."""
        return self.publication.rating_label if self.publication else self.imported.rating_text if self.imported else ""

    @property
    def url(self) -> str:
        """Where readers find the check; empty where it is not public."""
        return address_of(self.publication.slug) if self.publication else self.imported.url if self.imported else ""

    @property
    def publisher(self) -> str:
        """Who checked it; empty for us."""
        return (self.imported.publisher_name or self.imported.publisher_site) if self.imported else ""

    @property
    def day(self) -> date | None:
        """When it was published; of a claim without a publication, when it was opened."""
        if self.imported:
            return self.imported.review_date
        moment = self.publication.first_published_at if self.publication else self.claim and self.claim.opened_at
        return moment.date() if moment else None

    @property
    def is_likely(self) -> bool:
        """Whether it is the same claim rather than not."""
        return self.score >= LIKELY


def find_earlier(text: str, person: User, most: int = USUAL, apart_from: UUID | None = None) -> list[Earlier]:
    """The earlier checks that this person may see of what a text says, the likeliest first; a fixed number of queries.

    `apart_from` is a claim that is not looked for: the one that asks.

    Raises:
        NotAllowed: the person works on no desk.
        UnfitInquiry: the text is empty or too long.
        ModelUnusable: the model of sentences is not whole.
    """
    require_somewhere(person, Action.COMPARE_STATEMENT)
    found = [match for match in _memory.match(_fit(text)) if match.key != apart_from and match.score >= LEAST]
    claims, publications, imports = _readable([match.key for match in found], person)
    earlier = [
        Earlier(
            match.key,
            round(match.score, 4),
            match.words,
            explain(match.words, match.meaning),
            claims.get(match.key),
            publications.get(match.key),
            imports.get(match.key),
        )
        for match in found
        if match.key in claims or match.key in publications or match.key in imports
    ]
    return earlier[:most]


def see_earlier(key: UUID, person: User) -> Earlier | None:
    """An earlier check by the id of its claim or imported review; None where it is not this person's to see."""
    claims, publications, imports = _readable([key], person)
    found = Earlier(key, 1.0, (), "", claims.get(key), publications.get(key), imports.get(key))
    return found if found.claim or found.publication or found.imported else None


def _readable(
    keys: Sequence[UUID], person: User
) -> tuple[Mapping[UUID, Claim], Mapping[UUID, Publication], Mapping[UUID, ImportedReview]]:
    claims = Claim.objects.readable_by(person).filter(pk__in=keys)
    published = Publication.objects.published().with_review().filter(claim__in=keys)
    imported = ImportedReview.objects.standing().readable_by(person).filter(pk__in=keys)
    return (
        {claim.pk: claim for claim in claims},
        {publication.claim_id: publication for publication in published},
        {review.pk: review for review in imported},
    )


def _fit(text: str) -> str:
    clean = " ".join(clean_text(text).text.split())
    if not clean:
        raise UnfitInquiry(_("The text is empty. Give the words that may have been checked."))
    if len(clean) > LONGEST_TEXT:
        words = _("The text has %(count)s characters; %(most)s are the most. Give one claim.")
        raise UnfitInquiry(words % {"count": grouped(len(clean)), "most": grouped(LONGEST_TEXT)})
    return clean


class _Memory:
    """What this process holds of the known claims. One question at a time: the model reads no two at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Read all of it anew with the next question."""
        self._shelf: Shelf[UUID] | None = None
        self._seq = 0

    def match(self, text: str) -> "list[Match[UUID]]":
        """The nearest known claims, whoever may see them."""
        with self._lock:
            meaning = matching.load_encoder(chosen_models()).ask(text)
            return self._caught_up().match(matching.read_question(text, meaning), _LOOKED_AT)

    def _caught_up(self) -> "Shelf[UUID]":
        """The shelf with all that was written since the last question."""
        if self._shelf is None:
            self._shelf = matching.Shelf()
        reader = current_reader()
        fields = ("seq", "claim_id", "imported_id", "is_gone", "words", "meaning", "reader")
        rows = KnownClaim.objects.after(self._seq).values_list(*fields).iterator(_AT_ONCE)
        while some := list(islice(rows, _AT_ONCE)):
            self._shelf.put([_record(row, reader) for row in some])
            self._shelf.drop(row[1] or row[2] for row in some if row[3])
            self._seq = some[-1][0]
        return self._shelf


def _record(row: Sequence[Any], reader: str) -> "Record[UUID]":
    """A known claim as the shelf takes it; what another reader read it to mean counts for nothing."""
    _seq, claim_id, imported_id, _is_gone, words, meaning, read_by = row
    return matching.Record(claim_id or imported_id, bytes(words), bytes(meaning) if read_by == reader else b"")


_memory: Final = _Memory()
forget_memory = _memory.forget
