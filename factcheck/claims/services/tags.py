"""Tags: words by which a desk sorts its articles, conflicts and claims; put on and taken off."""

from datetime import datetime

from django.utils.translation import gettext as _

from factcheck.claims.errors import NotTagged, UnfitTag
from factcheck.claims.models import Piece, Tag, Tagging
from factcheck.claims.models.assignment import field_of
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.recalling import own_act, said_by
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require

LONGEST_TAG = 40


def tag_piece(piece: Piece, name: str, person: User, now: datetime) -> Tagging:
    """Put a tag on a claim, a pair or an article; one that the desk does not have yet is made.

    Raises:
        NotAllowed: the person may not tag on this desk.
        UnfitTag: it has no words, too many, or is there already.
    """
    require(person, Action.TAG, piece)
    shown = fit_tag(name)
    with record_change(actor=person, now=now) as change:
        tagging = Tagging(tag=_tag_named(change, piece, shown), person=person, at=now)
        setattr(tagging, field_of(piece), piece)
        Tagging.objects.bulk_create([tagging], ignore_conflicts=True)
        stored = Tagging.objects.on(piece).get(tag=tagging.tag)
        if (stored.person_id, stored.at) != (person.pk, now):
            raise UnfitTag(_("This is tagged “%(tag)s” already.") % {"tag": stored.tag})
        change.touch(piece)
        change.audit("tag", piece, desk_id=piece.desk_id, tag=shown)
    return stored


def untag_piece(piece: Piece, name: str, person: User, now: datetime) -> None:
    """Take a tag off.

    Raises:
        NotAllowed: the person may not tag on this desk.
        NotTagged: it is not there, or somebody was first.
    """
    require(person, Action.TAG, piece)
    with record_change(actor=person, now=now) as change:
        there = Tagging.objects.on(piece).filter(tag__name_key=Tag.key_of(name))
        was = there.first()
        if was is None or not there.delete()[0]:
            raise NotTagged
        change.touch(piece)
        said = {"tag": name, "by": str(was.person_id), "at": was.at.isoformat()}
        change.audit("untag", piece, desk_id=piece.desk_id, **said)


def put_back_tag(piece: Piece, name: str, person: User, now: datetime, *, entry: int | None = None) -> Tagging:
    """Put a tag back that one took off, by this `entry` of the history, as it was: of whom, and since when.

    Raises:
        NotAllowed: the person may not tag on this desk.
        NotTagged: this was not taken off last, or whose it was is erased.
        UnfitTag: it is there already.
    """
    require(person, Action.TAG, piece)
    was = said_by(own_act(piece, entry, person.pk, "untag"))
    if "by" not in was or Tag.key_of(was["tag"]) != Tag.key_of(name):
        raise NotTagged(_("This tag was not taken off here. Put it on anew."))
    with record_change(actor=person, now=now) as change:
        tagging = Tagging(tag=_tag_named(change, piece, fit_tag(name)), person_id=was["by"])
        tagging.at = datetime.fromisoformat(was["at"])
        setattr(tagging, field_of(piece), piece)
        if Tagging.objects.on(piece).filter(tag=tagging.tag).exists():
            raise UnfitTag(_("This is tagged “%(tag)s” already.") % {"tag": tagging.tag})
        tagging.save(force_insert=True)
        change.touch(piece)
        change.audit("tag", piece, desk_id=piece.desk_id, tag=tagging.tag.name)
    return tagging


def fit_tag(name: str) -> str:
    """A tag as it is stored.

    Raises:
        UnfitTag: it has no words, or too many.
    """
    clean = " ".join(clean_text(name).text.split())
    if not clean or len(clean) > LONGEST_TAG:
        raise UnfitTag(_("A tag is one to %(most)s characters. Write a shorter one.") % {"most": LONGEST_TAG})
    return clean


def _tag_named(change: Change, piece: Piece, name: str) -> Tag:
    """The desk's tag of this name; whoever spelled it first says how it is written."""
    row = Tag(desk_id=piece.desk_id, name=name, name_key=Tag.key_of(name), made_at=change.now)
    Tag.objects.bulk_create([row], ignore_conflicts=True)
    return Tag.objects.get(desk_id=piece.desk_id, name_key=row.name_key)
