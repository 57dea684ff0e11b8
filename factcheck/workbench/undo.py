"""The last acts of a person, so that one key takes them back, the last one first, and another does them again.

A view says what it did and what would take that back. Whether this was something new, an act taken back or one done
again is read from the form that was sent: it is one that stands here, or it is not.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.claims.models import Assignment, Claim, Piece, Verdict
from factcheck.corpus.models import ConflictPair, Decision
from factcheck.ledger.models import Job
from factcheck.ledger.recalling import last_act
from factcheck.ledger.wording import grouped
from factcheck.newsroom.acts import NewAct, acts_of, drop_acts, keep_act, readdress
from factcheck.newsroom.models import PastAct, User
from factcheck.workbench.requests import DeskRequest

VERSION: Final = "version"
UNDOES: Final = "undoes"
LONGEST_VERSION: Final = 20  # signs: a number may come with zeros before it
_ID: Final = re.compile("[0-9a-f]{8}-[0-9a-f-]{27}")


class Acts:
    """What a person did and took back lately; asked for only where a page shows it."""

    def __init__(self, person: User) -> None:
        self.person = person

    @cached_property
    def kept(self) -> list[PastAct]:
        """Both sorts, the last first."""
        return acts_of(self.person, timezone.now())

    @property
    def done(self) -> PastAct | None:
        """What one key would take back."""
        return next((act for act in self.kept if not act.is_taken_back), None)

    @property
    def taken_back(self) -> PastAct | None:
        """What another would do again."""
        return next((act for act in self.kept if act.is_taken_back), None)


def remember(request: DeskRequest, did: str, about: object, address: str, **fields: object) -> None:
    """Keep what was just done; posting `fields` to `address` would take it back.

    An act taken back waits to be done again; one done again waits to be taken back. Anything else is new: what was
    taken back before it cannot be done again. Several on one thing are taken back one after another, the last first.
    """
    kept = acts_of(request.user, timezone.now())
    said = {name: str(value) for name, value in fields.items()}
    act = NewAct(did, str(about), f"{address}#{_told_apart(request, said)}", said)
    sent = _sent_by(request, kept)
    if sent is not None:
        _keep_turned(request.user, act, sent, kept)
        return
    drop_acts(*(other for other in kept if other.is_taken_back))
    keep_act(request.user, act, timezone.now(), is_taken_back=False)


def way_back(about: Model, said: Mapping[str, Any], **fields: object) -> dict[str, object]:
    """The fields that take an act back and put back what it replaced; of one that did so, those that do it again.

    `about` is what was changed last, `said` the form that was sent.
    """
    last = None if said.get(UNDOES) else last_act(about)
    return {**fields, UNDOES: last.sequence} if last else fields


def _keep_turned(person: User, act: NewAct, sent: PastAct, kept: Iterable[PastAct]) -> None:
    """Keep the way back from an act that was taken back, or done again, in its place and in its words."""
    drop_acts(sent)
    _let_follow(sent, kept, act.fields.get(VERSION, ""))
    turned = replace(act, did=sent.did, about=sent.about)
    if VERSION not in act.fields:  # several of one form are told apart as the acts that they turn were
        turned = replace(turned, address=f"{act.address.partition('#')[0]}#{sent.address.rpartition('#')[2]}")
    keep_act(person, turned, timezone.now(), is_taken_back=not sent.is_taken_back)


def _told_apart(request: DeskRequest, said: Mapping[str, str]) -> str:
    """What tells this act from others of its address: the version that it was done upon; without one, its form."""
    upon = request.POST.get(VERSION, "")[:LONGEST_VERSION]
    return upon or hashlib.sha256(repr(sorted(said.items())).encode()).hexdigest()[:12]


def _let_follow(sent: PastAct, kept: Iterable[PastAct], version: str) -> None:
    """Let what was done before this act, and left the thing as this found it, be asked for upon what it is now.

    Where somebody else came between, the versions do not meet, and the form goes on asking in vain.
    """
    thing, upon = _thing_of(sent), sent.address.rpartition("#")[2]
    for act in kept:
        is_of_it = act.is_taken_back == sent.is_taken_back and _thing_of(act) == thing
        if act.pk != sent.pk and is_of_it and act.fields.get(VERSION) == upon:
            readdress(act, {**act.fields, VERSION: version})


def _thing_of(act: PastAct) -> str:
    """The id in an address: what the act is about."""
    there = _ID.search(act.address)
    return there.group() if there else ""


def forget(request: DeskRequest) -> None:
    """What this request asked for cannot be done any more: no key shall ask again."""
    if request.method == "POST" and request.user.is_authenticated:
        kept = acts_of(request.user, timezone.now())
        drop_acts(*(act for act in kept if _is_sent_by(request, act)))


def remember_decision(request: DeskRequest, pair: ConflictPair) -> None:
    """Keep what was just decided."""
    did = _("Decided: %(decision)s") % {"decision": Decision(pair.decision).label}
    remember(request, did, pair, reverse("workbench:conflict-reopen", args=[pair.pk]), version=pair.version)


def remember_bulk(request: DeskRequest, run: Job, did: str) -> None:
    """Keep what was just begun with many things, or begun to be taken back."""
    verb = "workbench:bulk-redo" if run.parent_id else "workbench:bulk-undo"
    count = len(run.parameters["rows"])
    about = ngettext("%(count)s row", "%(count)s rows", count) % {"count": grouped(count)}
    remember(request, did, about, reverse(verb, args=[run.pk]))


def remember_hands(request: DeskRequest, piece: Piece, person: User, did: str) -> None:
    """Keep that a piece is in somebody's hands now."""
    held = Assignment.objects.on(piece).of(person).first()
    if held is not None:
        address = reverse("workbench:work-release")
        remember(request, did, piece, address, assignment=held.public_id, held_by=person.pk)


def remember_submission(request: DeskRequest, verdict: Verdict) -> None:
    """Keep that a verdict was handed to a second person."""
    address = reverse("workbench:submission-take-back", args=[verdict.pk])
    remember(request, _("Submitted for approval"), verdict.claim, address, version=verdict.version)


def remember_written(request: DeskRequest, claim: Claim, gone: tuple[str, dict[str, str]]) -> None:
    """Keep what a button of the verdict form did beside saving: handed it in, or took something out."""
    verdict = claim.verdicts.unfinished().first()
    if verdict is None:
        return
    if request.POST.get("then") == "submit":
        remember_submission(request, verdict)
    elif gone[1]:
        named, address = gone[0], reverse("workbench:verdict-put-back", args=[claim.pk])
        remember(request, _("Taken out"), named, address, version=verdict.version, **gone[1])


def _sent_by(request: DeskRequest, kept: Iterable[PastAct]) -> PastAct | None:
    return next((act for act in kept if _is_sent_by(request, act)), None)


def _is_sent_by(request: DeskRequest, act: PastAct) -> bool:
    """Whether this request is the form of this act; doing something and taking its opposite back are two forms."""
    is_here = request.method == "POST" and request.path == act.action
    said = {UNDOES: "", **act.fields}
    return is_here and all(_plain(request.POST.get(name, "")) == _plain(value) for name, value in said.items())


def _plain(words: str | None) -> str | None:
    """Words whatever a browser made of their line ends."""
    return words and words.replace("\r\n", "\n")
