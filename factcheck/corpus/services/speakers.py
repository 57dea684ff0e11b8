"""Engine speakers become the desk's: shared by full name and kind, else local to their article."""

from collections.abc import Iterable

from factcheck import engine
from factcheck.corpus.models import Article, Speaker, SpeakerAlias
from factcheck.ledger.changes import Change

LONGEST_NAME = 300


def link_speakers(change: Change, article: Article, found: Iterable[engine.Speaker]) -> dict[str, Speaker]:
    """Give the stored speaker for each of the engine's, by the engine's id; make those that are missing."""
    wanted = {speaker.id: _row_for(article, speaker) for speaker in found}
    # In one order everywhere: two workers that each wait for the other's names would be a deadlock.
    in_order = sorted(wanted.values(), key=lambda row: (row.kind, row.name_key))
    Speaker.objects.bulk_create(in_order, ignore_conflicts=True)
    stored = _stored(article, wanted.values())
    linked = {key: stored[_identity(row)] for key, row in wanted.items()}
    change.touch(*(speaker for speaker in linked.values() if speaker.seq is None))
    _add_aliases(linked, found)
    return linked


def is_full_name(name: str, kind: engine.SpeakerKind) -> bool:
    """Whether a name alone says who is meant, in any article: two names of a person, the proper name of a body."""
    words = [word for word in name.split() if word[:1].isupper()]
    if kind == engine.SpeakerKind.PERSON:
        return len(words) > 1 and len(words) == len(name.split())
    return kind == engine.SpeakerKind.ORGANISATION and bool(words)


def _row_for(article: Article, speaker: engine.Speaker) -> Speaker:
    shared = is_full_name(speaker.name, speaker.kind)
    return Speaker(
        desk_id=article.desk_id,
        article=None if shared else article,
        name=speaker.name[:LONGEST_NAME],
        name_key=Speaker.key_of(speaker.name),
        kind=speaker.kind.value,
    )


def _identity(row: Speaker) -> tuple[object, str, str]:
    return row.article_id, row.kind, row.name_key


def _stored(article: Article, rows: Iterable[Speaker]) -> dict[tuple[object, str, str], Speaker]:
    keys = {row.name_key for row in rows}
    named = Speaker.objects.filter(desk_id=article.desk_id, name_key__in=keys)
    mine = named.filter(article=None) | named.filter(article=article)
    return {_identity(row): row for row in mine}


def _add_aliases(linked: dict[str, Speaker], found: Iterable[engine.Speaker]) -> None:
    named = {(linked[speaker.id].pk, alias[:LONGEST_NAME]) for speaker in found for alias in speaker.aliases}
    aliases = [SpeakerAlias(speaker_id=speaker, name=name) for speaker, name in sorted(named)]
    SpeakerAlias.objects.bulk_create(aliases, ignore_conflicts=True)
