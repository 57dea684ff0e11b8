"""What people correct about speakers: name, kind and role; merging two that are one, and taking them apart again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from factcheck.corpus.errors import CannotMerge, UnfitSpeaker
from factcheck.corpus.models import Article, Speaker, Statement
from factcheck.corpus.services.indexing import keep_words
from factcheck.corpus.services.rematching import queue_rematching
from factcheck.corpus.services.speakers import fit_name
from factcheck.engine import SpeakerKind
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.wording import grouped, term
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

LONGEST_ROLE = 200


@dataclass(frozen=True, slots=True)
class Profile:
    """What people say of a speaker."""

    name: str
    kind: SpeakerKind
    role: str = ""


def edit_speaker(speaker: Speaker, profile: Profile, version: int, person: User, now: datetime) -> None:
    """Say anew what a speaker is called, what they are, and in what role they speak.

    Readings go on to know them by the name that texts give.

    Raises:
        NotAllowed: the person may not mend speakers on this desk.
        UnfitSpeaker: the name is empty, or another speaker's; name or role is too long.
        StaleVersion: somebody saved first.
    """
    require(person, Action.CORRECT_SPEAKER, speaker)
    name, kind = fit_name(profile.name), profile.kind
    fields = {"name": name, "kind": kind.value, "role": _fit_role(profile.role), "name_key": Speaker.key_of(name)}
    as_read = speaker.identity
    fields["read_as"] = "" if as_read == Speaker.identity_of(kind.value, fields["name_key"]) else as_read
    before = {part: getattr(speaker, part) for part in ("name", "kind", "role")}
    try:
        with record_change(actor=person, now=now) as change:
            change.edit(speaker, version, **fields)
            _keep_words(speaker)
            after = {part: fields[part] for part in before}
            change.audit("edit_speaker", speaker, desk_id=speaker.desk_id, before=before, after=after)
    except IntegrityError as error:
        raise UnfitSpeaker(
            _("There is another %(kind)s named “%(name)s”. Merge the two instead.")
            % {"kind": term(kind.value), "name": name}
        ) from error


def merge_speakers(speaker: Speaker, into: Speaker, version: int, person: User, now: datetime) -> None:
    """Say that a speaker is another one: what they said and passed on is the other's from now on.

    Raises:
        NotAllowed: the person may not merge these speakers.
        CannotMerge: they are the same, of two desks, of two articles, or merged already.
        StaleVersion: somebody saved first.
    """
    for one in (speaker, into):
        require(person, Action.CORRECT_SPEAKER, one)
    _require_mergeable(speaker, into)
    with record_change(actor=person, now=now) as change:
        change.edit(speaker, version, merged_into=into)
        change.touch(into)
        said, relayed = _named(speaker)
        _hand_over(change, said, speaker=into, speaker_before=Coalesce("speaker_before", F("speaker")))
        _hand_over(change, relayed, reported_by=into, relay_before=Coalesce("relay_before", F("reported_by")))
        counts = {"said": len(said), "relayed": len(relayed)}
        change.audit("merge_speakers", speaker, desk_id=speaker.desk_id, into=str(into.pk), name=into.name, **counts)
        _keep_words(into)
        _compare_anew(change, speaker, [*said, *relayed])


def part_speakers(speaker: Speaker, version: int, person: User, now: datetime) -> None:
    """Take a speaker out of the one they were merged into: what was read as theirs is theirs again.

    Raises:
        NotAllowed: the person may not merge these speakers.
        CannotMerge: the speaker is merged into nobody.
        StaleVersion: somebody saved first.
    """
    require(person, Action.CORRECT_SPEAKER, speaker)
    if speaker.merged_into is None:
        raise CannotMerge(
            _("%(speaker)s is merged into nobody; there is nothing to take apart.") % {"speaker": speaker}
        )
    into = speaker.merged_into
    with record_change(actor=person, now=now) as change:
        change.edit(speaker, version, merged_into=None)
        change.touch(into)
        said, relayed = _read_as(speaker, into)
        _hand_over(change, said, speaker=speaker)
        _hand_over(change, relayed, reported_by=speaker)
        Statement.objects.filter(speaker=speaker, speaker_before=speaker).update(speaker_before=None)
        Statement.objects.filter(reported_by=speaker, relay_before=speaker).update(relay_before=None)
        counts = {"said": len(said), "relayed": len(relayed)}
        change.audit("part_speakers", speaker, desk_id=speaker.desk_id, of=str(into.pk), name=into.name, **counts)
        _keep_words(speaker)
        _compare_anew(change, speaker, [*said, *relayed])


def _keep_words(speaker: Speaker) -> None:
    """Let what a speaker says and passes on be found by their name."""
    theirs = Statement.objects.filter(Q(speaker=speaker) | Q(reported_by=speaker))
    keep_words(theirs.select_related("speaker", "reported_by"))


def _named(speaker: Speaker) -> tuple[list[Statement], list[Statement]]:
    """What a speaker says, and what they pass on."""
    return (
        list(Statement.objects.filter(speaker=speaker).select_related("article")),
        list(Statement.objects.filter(reported_by=speaker).select_related("article")),
    )


def _read_as(speaker: Speaker, into: Speaker) -> tuple[list[Statement], list[Statement]]:
    """What the other one has that was read as this speaker's, or as theirs who were merged into this speaker."""
    names = _with_merged(speaker)
    return (
        list(Statement.objects.filter(speaker=into, speaker_before__in=names).select_related("article")),
        list(Statement.objects.filter(reported_by=into, relay_before__in=names).select_related("article")),
    )


def _with_merged(speaker: Speaker) -> list[Speaker]:
    found, newest = [speaker], [speaker]
    while newest:
        newest = list(Speaker.objects.filter(merged_into__in=newest))
        found += newest
    return found


def _hand_over(change: Change, statements: Iterable[Statement], **fields: object) -> None:
    rows = list(statements)
    Statement.objects.filter(pk__in=[row.pk for row in rows]).update(**Statement.edited(**fields))
    change.touch(*rows)


def _compare_anew(change: Change, speaker: Speaker, statements: Iterable[Statement]) -> None:
    by_article: dict[Article, list[Statement]] = {}
    for statement in statements:
        by_article.setdefault(statement.article, []).append(statement)
    for article, rows in by_article.items():
        queue_rematching(change, article, rows, f"{speaker.pk}:{speaker.version}:{article.pk}")


def _require_mergeable(speaker: Speaker, into: Speaker) -> None:
    if speaker.pk == into.pk:
        raise CannotMerge(
            _("%(speaker)s cannot be merged with themselves. Choose another speaker.") % {"speaker": speaker}
        )
    if speaker.desk_id != into.desk_id:
        raise CannotMerge(_("These speakers are of two desks. Choose one of this desk."))
    if speaker.merged_into_id or into.merged_into_id:
        merged = speaker if speaker.merged_into_id else into
        raise CannotMerge(
            _("%(merged)s is merged into %(merged_into)s already. Take that apart first.")
            % {"merged": merged, "merged_into": merged.merged_into}
        )
    if into.article_id and into.article_id != speaker.article_id:
        raise CannotMerge(
            _("Only one article knows %(into)s. Merge them into %(speaker)s instead.")
            % {"into": into, "speaker": speaker}
        )


def _fit_role(role: str) -> str:
    clean = " ".join(clean_text(role).text.split())
    if len(clean) > LONGEST_ROLE:
        raise UnfitSpeaker(
            _("This role has %(count)s characters; %(longest_role)s are the most.")
            % {"count": grouped(len(clean)), "longest_role": LONGEST_ROLE}
        )
    return clean


def similar_speakers(speaker: Speaker, most: int = 12) -> list[Speaker]:
    """Speakers of the desk who share a word of the name and may be the same, those with most in common first."""
    words = {word for word in speaker.name_key.split() if len(word) > 2}  # noqa: PLR2004 -- shorter words tell nobody
    if not words:
        return []
    shares = Q()
    for word in words:
        shares |= Q(name_key__contains=word)
    here = Q(article=None) | Q(article=speaker.article_id) if speaker.article_id else Q(article=None)
    others = Speaker.objects.filter(shares, here, desk_id=speaker.desk_id, merged_into=None).exclude(pk=speaker.pk)
    found = list(others.order_by("name", "pk")[: 4 * most])
    return sorted(found, key=lambda other: -len(words & set(other.name_key.split())))[:most]
