"""Guidelines and scales in versions: what was judged by one stays judged by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck.claims.errors import UnfitGuideline
from factcheck.claims.models import Guideline, RatingScale
from factcheck.claims.services.links import require_web_links
from factcheck.claims.services.ratings import store_ratings
from factcheck.intake.cleaning import clean_text
from factcheck.ledger.changes import Change, record_change
from factcheck.ledger.errors import StaleVersion
from factcheck.ledger.wording import grouped
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, require

LONGEST_GUIDELINES, LONGEST_LABEL, LONGEST_DEFINITION, MOST_STEPS = 50_000, 60, 300, 9


def current_guideline(desk: Desk) -> Guideline | None:
    """The version in force, if the desk has written guidelines."""
    return Guideline.objects.filter(desk=desk).order_by("-number").first()


def add_guideline(change: Change, desk: Desk, text: str) -> Guideline:
    """Give a new desk its first guidelines; part of the change of whoever sets it up."""
    row = Guideline.objects.create(desk=desk, number=1, text=text.strip(), written_at=change.now)
    change.touch(row)
    change.audit("revise_guidelines", row, desk_id=desk.pk, number=1)
    return row


def revise_guidelines(desk: Desk, text: str, seen: int, person: User, now: datetime) -> Guideline:
    """Write the next version of a desk's guidelines; `seen` is the number of the version that was changed, 0 for none.

    Raises:
        NotAllowed: the person may not edit guidelines.
        UnfitGuideline: there are no words, too many, or a link that leads to no web address.
        StaleVersion: somebody wrote the next version first.
    """
    require(person, Action.EDIT_GUIDELINES, desk)
    words = _fit(_("guidelines"), clean_text(text).text.strip(), LONGEST_GUIDELINES)
    require_web_links(words)
    newest = current_guideline(desk)
    if (newest.number if newest else 0) != seen:
        raise StaleVersion
    row = Guideline(desk=desk, number=seen + 1, text=words, written_by=person, written_at=now)
    try:
        with record_change(actor=person, now=now) as change:
            row.save(force_insert=True)
            change.touch(row)
            change.audit("revise_guidelines", row, desk_id=desk.pk, number=row.number)
    except IntegrityError as error:  # written between the look and the change
        raise StaleVersion from error
    return row


def revise_scale(
    scale: RatingScale, steps: Sequence[Mapping[str, str]], version: int, person: User, now: datetime
) -> RatingScale:
    """Write the next version of a scale: its steps in order, each with label, tone and definition.

    The steps so far are retired, not changed: a verdict keeps the definition by which it was given.

    Raises:
        NotAllowed: the person may not edit rating scales.
        UnfitGuideline: fewer than two steps, a label twice, or a step without label or definition.
        StaleVersion: somebody changed the scale first.
    """
    require(person, Action.EDIT_GUIDELINES, scale)
    clean = _fit_steps(steps)
    with record_change(actor=person, now=now) as change:
        change.edit(scale, version)
        scale.ratings.filter(retired_at__isnull=True).update(retired_at=now)
        following = RatingScale(desk_id=scale.desk_id, name=scale.name, number=scale.number + 1)
        following.save(force_insert=True)
        store_ratings(following, clean)
        change.touch(following)
        said = {"name": scale.name, "number": following.number, "steps": clean}
        change.audit("revise_scale", following, desk_id=scale.desk_id, **said)
    return following


def _fit_steps(steps: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    clean = [{name: " ".join(clean_text(step[name]).text.split()) for name in step} for step in steps]
    if not 1 < len(clean) <= MOST_STEPS:
        raise UnfitGuideline(_("A scale has two to nine steps."))
    for step in clean:
        _fit(_("name of a step"), step["label"], LONGEST_LABEL)
        _fit(_("definition of “%s”") % step["label"], step["definition"], LONGEST_DEFINITION)
    labels = [step["label"].casefold() for step in clean]
    if len(set(labels)) < len(labels):
        raise UnfitGuideline(_("Two steps have the same name. Give each its own."))
    return clean


def _fit(what: str, text: str, most: int) -> str:
    if not text:
        raise UnfitGuideline(_("The %s is empty. Fill it in and save again.") % what)
    if len(text) > most:
        words = _("The %(what)s has %(length)s characters; it may have %(most)s. Shorten it and save again.")
        raise UnfitGuideline(words % {"what": what, "length": grouped(len(text)), "most": grouped(most)})
    return text
