"""A speaker's page: what they said in order of time, where they reversed themselves, and who contradicts whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import DateTimeField, F, Q
from django.db.models.functions import Cast, Coalesce

from factcheck.corpus.models import ConflictPair, Speaker, Statement
from factcheck.corpus.services.people import similar_speakers
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, may
from factcheck.workbench.screens.network import Network, network_of
from factcheck.workbench.screens.timeline import Timeline, timeline_of

NEWEST = 200


@dataclass(frozen=True, slots=True)
class SpeakerScreen:
    """What the page shows. `statements` are the newest, of `count` in all that this person may read."""

    speaker: Speaker
    aliases: Sequence[str]
    merged: Sequence[Speaker]
    statements: Sequence[Statement]
    count: int
    timeline: Timeline
    network: Network
    similar: Sequence[Speaker]
    may_correct: bool


def speaker_for(speaker: Speaker, person: User) -> SpeakerScreen:
    """Gather the page in a fixed number of queries."""
    readable = Statement.objects.readable_by(person).present().filter(speaker=speaker)
    said = Coalesce(Cast("said_on", DateTimeField()), F("article__published_at"))
    in_order = readable.with_people().order_by(said.desc(nulls_last=True), "-created_seq")
    statements = list(in_order[:NEWEST])
    pairs = ConflictPair.objects.readable_by(person).shown().filter(Q(a__speaker=speaker) | Q(b__speaker=speaker))
    conflicts = list(pairs.with_sides().best_first()[:NEWEST])
    may_correct = may(person, Action.CORRECT_SPEAKER, speaker)
    return SpeakerScreen(
        speaker=speaker,
        aliases=list(speaker.aliases.order_by("name").values_list("name", flat=True)),
        merged=list(speaker.merged.order_by("name")),
        statements=statements,
        count=readable.count(),
        timeline=timeline_of(statements, [pair for pair in conflicts if pair.a.speaker_id == pair.b.speaker_id]),
        network=network_of(speaker, [pair for pair in conflicts if pair.a.speaker_id != pair.b.speaker_id]),
        similar=similar_speakers(speaker) if may_correct else (),
        may_correct=may_correct,
    )
