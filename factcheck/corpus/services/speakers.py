"""Engine speakers become the desk's: shared by full name and kind, else local to their article."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from factcheck import engine
from factcheck.corpus.errors import UnfitSpeaker
from factcheck.corpus.models import Article, Speaker, SpeakerAlias, Statement
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change
from factcheck.ledger.wording import grouped

LONGEST_NAME = 300


def link_speakers(change: Change, article: Article, found: Iterable[engine.Speaker]) -> dict[str, Speaker]:
    """Give the stored speaker for each of the engine's, by the engine's id; make those that are missing.

    One that people have merged into another is given as the text names it: `end_of` says whom it means.
    """
    wanted = {speaker.id: _row_for(article, speaker) for speaker in found}
    known = _stored(article, wanted.values())  # one that was renamed is known under another key
    missing = [row for row in wanted.values() if _identity(row) not in known]
    # In one order everywhere: two workers that each wait for the other's names would be a deadlock.
    in_order = sorted(missing, key=lambda row: (row.kind, row.name_key))
    Speaker.objects.bulk_create(in_order, ignore_conflicts=True)
    stored = known | (_stored(article, missing) if missing else {})
    linked = {key: stored[_identity(row)] for key, row in wanted.items()}
    change.touch(*(speaker for speaker in linked.values() if speaker.seq is None))
    _add_aliases(linked, found)
    return linked


def find_speaker(change: Change, article: Article, name: str, kind: engine.SpeakerKind) -> Speaker:
    """The speaker whom people call by this name in an article; a new one of this kind where nobody is called so.

    One who speaks in the article goes before another of the desk.

    Raises:
        UnfitSpeaker: the name is empty or too long.
    """
    shown = fit_name(name)
    known = Speaker.objects.filter(desk_id=article.desk_id, name_key=Speaker.key_of(shown))
    called = known.filter(Q(article=None) | Q(article=article)).select_related("merged_into")
    speaks = Exists(Statement.objects.filter(article=article, speaker=OuterRef("pk")))
    found = called.annotate(speaks=speaks).order_by("-speaks", "created_seq").first()
    if found is None:
        found = link_speakers(change, article, [engine.Speaker("new", shown, kind)])["new"]
    return end_of(found)


def fit_name(name: str) -> str:
    """A speaker's name as it is stored.

    Raises:
        UnfitSpeaker: it is empty or too long.
    """
    clean = " ".join(clean_text(name).text.split())
    if not clean:
        raise UnfitSpeaker(_("The speaker has no name. Give the name, or the words by which the text calls them."))
    if len(clean) > LONGEST_NAME:
        raise UnfitSpeaker(
            _("This name has %(count)s characters; %(longest_name)s are the most.")
            % {"count": grouped(len(clean)), "longest_name": LONGEST_NAME}
        )
    return clean


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


def _identity(row: Speaker) -> tuple[UUID | None, str]:
    return row.article_id, row.identity


def end_of(speaker: Speaker) -> Speaker:
    """Whom a speaker was merged into in the end; themselves where nobody has merged them."""
    while speaker.merged_into is not None:
        speaker = speaker.merged_into
    return speaker


def _stored(article: Article, rows: Iterable[Speaker]) -> dict[tuple[UUID | None, str], Speaker]:
    """By what readings tell them by; one that has the name now goes before one that had it."""
    wanted = list(rows)
    called = Q(name_key__in={row.name_key for row in wanted}) | Q(read_as__in={row.identity for row in wanted})
    here = Q(article=None) | Q(article=article)
    known = list(Speaker.objects.filter(called, here, desk_id=article.desk_id).select_related("merged_into"))
    as_read = {(row.article_id, row.read_as): row for row in known if row.read_as}
    return as_read | {(row.article_id, Speaker.identity_of(row.kind, row.name_key)): row for row in known}


def _add_aliases(linked: dict[str, Speaker], found: Iterable[engine.Speaker]) -> None:
    named = {(linked[speaker.id].pk, alias[:LONGEST_NAME]) for speaker in found for alias in speaker.aliases}
    aliases = [SpeakerAlias(speaker_id=speaker, name=name) for speaker, name in sorted(named)]
    SpeakerAlias.objects.bulk_create(aliases, ignore_conflicts=True)
