"""Tags: words by which a desk sorts its articles, conflicts and claims; put on and taken off."""

from datetime import datetime

from django.utils.translation import gettext as _

from factcheck.claims.errors import NotTagged, UnfitTag
from factcheck.claims.models import Piece, Tag, Tagging
from factcheck.claims.models.assignment import field_of
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
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
        if not Tagging.objects.on(piece).filter(tag__name_key=Tag.key_of(name)).delete()[0]:
            raise NotTagged
        change.touch(piece)
        change.audit("untag", piece, desk_id=piece.desk_id, tag=name)


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
