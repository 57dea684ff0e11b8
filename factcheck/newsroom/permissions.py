"""The one permission table: which role may do what, and how far it reaches. Everything not listed is denied.

Pages, interfaces and jobs ask `may`; querysets that show things ask `desks_reached`. The rows follow the matrix of the
house; the tests are generated from this table. Which address asks which action stands in each room's `routes.py`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Role, User


class Reach(StrEnum):
    """How far a right reaches within the desk."""

    DESK = "everything of the desk"
    OWN = "what one created or is assigned to"


class Action(StrEnum):
    """What can be done, in the words of the pages."""

    READ_ARTICLE = gettext_noop("read an article")
    READ_RESTRICTED = gettext_noop("read a restricted article")
    ADD_ARTICLE = gettext_noop("add an article")
    ADD_OUTLET = gettext_noop("add an outlet")
    RESTRICT_ARTICLE = gettext_noop("restrict an article to named people")
    ARCHIVE_ARTICLE = gettext_noop("archive an article")
    EDIT_ARTICLE = gettext_noop("mend what is said of an article")
    REVISE_ARTICLE = gettext_noop("add a changed text of an article")
    WATCH_ARTICLE = gettext_noop("watch an article")
    COMPARE_STATEMENT = gettext_noop("ask where a statement stands elsewhere")
    CORRECT_STATEMENT = gettext_noop("add, mend or remove statements")
    CORRECT_SPEAKER = gettext_noop("mend or merge speakers")
    EDIT_OUTLET = gettext_noop("mend an outlet")
    READ_FEEDS = gettext_noop("see the desk's feeds")
    EDIT_FEED = gettext_noop("subscribe to feeds")
    READ_JOBS = gettext_noop("read what work waits, runs and has failed")
    RETRY_JOB = gettext_noop("try failed work again")
    CANCEL_JOB = gettext_noop("cancel work")
    DECIDE_PAIR = gettext_noop("decide a suggested conflict")
    OPEN_CLAIM = gettext_noop("open a claim")
    CLOSE_CLAIM = gettext_noop("close or reopen a claim")
    TAKE_CLAIM = gettext_noop("take a claim")
    ASSIGN_CLAIM = gettext_noop("assign a claim")
    ASSIGN_WORK = gettext_noop("assign a conflict or an article")
    RELEASE_WORK = gettext_noop("give work back to the queue")
    CHECK_ARTICLE = gettext_noop("check an article")
    ASSESS = gettext_noop("assess a claim")
    ASK_ASSESSMENTS = gettext_noop("ask for blind assessments")
    ADJUDICATE = gettext_noop("adjudicate assessments")
    READ_AGREEMENT = gettext_noop("read how far reviewers agree")
    SET_RULES = gettext_noop("set how the desk works")
    ATTACH_EVIDENCE = gettext_noop("attach evidence")
    WRITE_VERDICT = gettext_noop("write a verdict")
    APPROVE_VERDICT = gettext_noop("approve a verdict")
    SEND_BACK_VERDICT = gettext_noop("send a verdict back")
    COMMENT = gettext_noop("comment")
    TAG = gettext_noop("tag articles, conflicts and claims")
    MEND_COMMENT = gettext_noop("change a comment or take it back")
    EDIT_GUIDELINES = gettext_noop("edit guidelines and rating scales")
    IMPORT_REVIEWS = gettext_noop("import other people's reviews")
    EXPORT_PUBLISHED = gettext_noop("export what is published")
    EXPORT_UNPUBLISHED = gettext_noop("export what is not published")
    PUBLISH_REVIEW = gettext_noop("publish a review")
    CORRECT_REVIEW = gettext_noop("correct a published review")
    WITHDRAW_REVIEW = gettext_noop("withdraw a published review")
    EDIT_WEBHOOKS = gettext_noop("set up webhooks")
    READ_DELIVERIES = gettext_noop("read what webhooks delivered, and send it again")
    READ_HISTORY = gettext_noop("read the history of one thing")
    READ_HEALTH = gettext_noop("read how the installation is")
    MANAGE_PEOPLE = gettext_noop("manage people and their roles")
    SWITCH_ENGINE = gettext_noop("try another engine, or switch to it")
    READ_SHADOW_REPORT = gettext_noop("read what another engine would find")
    CALIBRATE = gettext_noop("let decisions correct the scores")
    READ_CALIBRATION = gettext_noop("read what decisions teach about the scores")
    FOLLOW_WORK = gettext_noop("follow work")
    READ_WORK = gettext_noop("read how all work of the desk goes")
    CREATE_TOKEN = "make an access token"  # noqa: S105 -- an act, no password
    ROTATE_TOKEN = "give an access token a new key"  # noqa: S105 -- an act, no password
    SHARE_VIEW = gettext_noop("share a view with the desk")
    CHANGE_MANY = gettext_noop("change many things at once")
    REVOKE_TOKEN = "revoke an access token"  # noqa: S105 -- an act, no password


class Subject(Protocol):
    """What a right is asked about."""

    @property
    def desk_id(self) -> UUID:
        """The desk it belongs to."""

    def owner_ids(self) -> frozenset[UUID]:
        """Who created it or is assigned to it."""


_DESK, _OWN = Reach.DESK, Reach.OWN
_EDITORS: Mapping[Role, Reach] = {Role.REVIEWER: _DESK, Role.LEAD: _DESK}
_WRITERS: Mapping[Role, Reach] = {Role.REPORTER: _DESK, **_EDITORS}
_LEADS: Mapping[Role, Reach] = {Role.LEAD: _DESK}

TABLE: Mapping[Action, Mapping[Role, Reach]] = {
    Action.READ_ARTICLE: _WRITERS,
    Action.READ_RESTRICTED: {Role.REPORTER: _OWN, Role.REVIEWER: _OWN, Role.LEAD: _DESK},
    Action.ADD_ARTICLE: _WRITERS,
    Action.ADD_OUTLET: _WRITERS,
    Action.RESTRICT_ARTICLE: {Role.REPORTER: _OWN, **_LEADS},
    Action.ARCHIVE_ARTICLE: {Role.REPORTER: _OWN, **_LEADS},
    Action.EDIT_ARTICLE: {Role.REPORTER: _OWN, **_EDITORS},
    Action.REVISE_ARTICLE: {Role.REPORTER: _OWN, **_EDITORS},
    Action.WATCH_ARTICLE: _EDITORS,
    Action.COMPARE_STATEMENT: _WRITERS,
    Action.CORRECT_STATEMENT: {Role.REPORTER: _OWN, **_EDITORS},
    Action.CORRECT_SPEAKER: {Role.REPORTER: _OWN, **_EDITORS},
    Action.EDIT_OUTLET: _EDITORS,
    Action.READ_FEEDS: {**_WRITERS, Role.ADMIN: _DESK},
    Action.EDIT_FEED: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.READ_JOBS: {Role.REPORTER: _OWN, Role.REVIEWER: _DESK, Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.RETRY_JOB: {Role.REPORTER: _OWN, Role.REVIEWER: _DESK, Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.CANCEL_JOB: {Role.REPORTER: _OWN, Role.REVIEWER: _OWN, Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.DECIDE_PAIR: _EDITORS,
    Action.OPEN_CLAIM: _EDITORS,
    Action.CLOSE_CLAIM: _EDITORS,
    Action.TAKE_CLAIM: _WRITERS,
    Action.ASSIGN_CLAIM: _LEADS,
    Action.ASSIGN_WORK: _LEADS,
    Action.RELEASE_WORK: {Role.REPORTER: _OWN, Role.REVIEWER: _OWN, Role.LEAD: _DESK},
    Action.CHECK_ARTICLE: _EDITORS,
    Action.ASSESS: {Role.REPORTER: _OWN, **_EDITORS},
    Action.ASK_ASSESSMENTS: _LEADS,
    Action.ADJUDICATE: _LEADS,
    Action.READ_AGREEMENT: _EDITORS,
    Action.SET_RULES: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.ATTACH_EVIDENCE: _WRITERS,
    Action.WRITE_VERDICT: {Role.REPORTER: _OWN, Role.REVIEWER: _OWN, Role.LEAD: _DESK},
    Action.APPROVE_VERDICT: _EDITORS,
    Action.SEND_BACK_VERDICT: _EDITORS,
    Action.COMMENT: _WRITERS,
    Action.TAG: _WRITERS,
    Action.MEND_COMMENT: {Role.REPORTER: _OWN, Role.REVIEWER: _OWN, Role.LEAD: _OWN},
    Action.EDIT_GUIDELINES: _LEADS,
    Action.IMPORT_REVIEWS: _LEADS,
    Action.EXPORT_PUBLISHED: {**_WRITERS, Role.ADMIN: _DESK},
    Action.EXPORT_UNPUBLISHED: _EDITORS,
    Action.PUBLISH_REVIEW: _LEADS,
    Action.CORRECT_REVIEW: _LEADS,
    Action.WITHDRAW_REVIEW: _LEADS,
    Action.EDIT_WEBHOOKS: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.READ_DELIVERIES: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.READ_HISTORY: {Role.REPORTER: _OWN, Role.REVIEWER: _DESK, Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.READ_HEALTH: {Role.ADMIN: _DESK},
    Action.MANAGE_PEOPLE: {Role.ADMIN: _DESK},
    Action.SWITCH_ENGINE: {Role.ADMIN: _DESK},
    Action.READ_SHADOW_REPORT: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.CALIBRATE: {Role.ADMIN: _DESK},
    Action.READ_CALIBRATION: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.FOLLOW_WORK: {**_WRITERS, Role.ADMIN: _DESK},
    Action.READ_WORK: {Role.ADMIN: _DESK},
    Action.CREATE_TOKEN: {Role.LEAD: _DESK, Role.ADMIN: _DESK},
    Action.ROTATE_TOKEN: {Role.LEAD: _OWN, Role.ADMIN: _OWN},
    Action.SHARE_VIEW: _LEADS,
    Action.CHANGE_MANY: _LEADS,
    Action.REVOKE_TOKEN: {Role.LEAD: _OWN, Role.ADMIN: _DESK},
}


def whom_to_ask(action: Action) -> str:
    """The sentence that sends whoever may not do this to somebody who may, as it is translated from."""
    asks_admin = TABLE[action].get(Role.LEAD) is None
    return gettext_noop("Ask an admin of your desk.") if asks_admin else gettext_noop("Ask a lead editor.")


def may(person: User, action: Action, subject: Subject) -> bool:
    """Whether this person may do this to that. Looks at memberships only: a superuser has no editorial right."""
    if not person.is_active:
        return False
    reaches = {TABLE[action].get(role) for role in person.roles.get(subject.desk_id, ())}
    return Reach.DESK in reaches or (Reach.OWN in reaches and person.pk in subject.owner_ids())


def require(person: User, action: Action, subject: Subject) -> None:
    """Go on only where the person may.

    Raises:
        NotAllowed: with the act in words.
    """
    if not may(person, action, subject):
        words = _("Your role on this desk does not allow you to %(act)s. %(ask)s")
        raise NotAllowed(words % {"act": _(action.value), "ask": _(whom_to_ask(action))})


def require_somewhere(person: User, action: Action) -> None:
    """Go on only where one of the person's roles, on whatever desk, has the action at all.

    Raises:
        NotAllowed: with the act in words.
    """
    if not reaches(person, action):
        words = _("Your roles do not allow you to %(act)s. %(ask)s")
        raise NotAllowed(words % {"act": _(action.value), "ask": _(whom_to_ask(action))})


def desks_reached(person: User, action: Action, reach: Reach) -> list[UUID]:
    """The desks on which one of the person's roles has the action with this very reach."""
    if not person.is_active:
        return []
    return [desk_id for desk_id, roles in person.roles.items() if any(TABLE[action].get(r) == reach for r in roles)]


def people_who_may(action: Action, desk_id: UUID) -> QuerySet[User]:
    """The people of a desk who may do this to everything there, by name."""
    roles = [role for role, reach in TABLE[action].items() if reach == Reach.DESK]
    of_desk = User.objects.filter(memberships__desk=desk_id, memberships__role__in=roles, is_active=True)
    return of_desk.distinct().order_by("name", "username")


def reaches(person: User, action: Action) -> bool:
    """Whether the person may do this to anything at all."""
    return any(desks_reached(person, action, reach) for reach in Reach)
