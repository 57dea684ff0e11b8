"""The one permission table: which role may do what, and how far it reaches. Everything not listed is denied.

Pages, interfaces and jobs ask `may`; querysets that show things ask `desks_reached`. The rows follow the matrix of the
house; the tests are generated from this table. Which address asks which action stands in each room's `routes.py`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet

from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import Role, User


class Reach(StrEnum):
    """How far a right reaches within the desk."""

    DESK = "everything of the desk"
    OWN = "what one created or is assigned to"


class Action(StrEnum):
    """What can be done, in the words of the pages."""

    READ_ARTICLE = "read an article"
    READ_RESTRICTED = "read a restricted article"
    ADD_ARTICLE = "add an article"
    ADD_OUTLET = "add an outlet"
    RESTRICT_ARTICLE = "restrict an article to named people"
    ARCHIVE_ARTICLE = "archive an article"
    COMPARE_STATEMENT = "ask where a statement stands elsewhere"
    CORRECT_STATEMENT = "add, mend or remove statements"
    CORRECT_SPEAKER = "mend or merge speakers"
    EDIT_OUTLET = "mend an outlet"
    READ_JOBS = "read what work waits, runs and has failed"
    RETRY_JOB = "try failed work again"
    CANCEL_JOB = "cancel work"
    DECIDE_PAIR = "decide a suggested conflict"
    OPEN_CLAIM = "open a claim"
    CLOSE_CLAIM = "close or reopen a claim"
    TAKE_CLAIM = "take a claim"
    ASSIGN_CLAIM = "assign a claim"
    ASSIGN_WORK = "assign a conflict or an article"
    RELEASE_WORK = "give work back to the queue"
    CHECK_ARTICLE = "check an article"
    ASSESS = "assess a claim"
    ASK_ASSESSMENTS = "ask for blind assessments"
    ADJUDICATE = "adjudicate assessments"
    READ_AGREEMENT = "read how far reviewers agree"
    SET_RULES = "set how the desk works"
    ATTACH_EVIDENCE = "attach evidence"
    WRITE_VERDICT = "write a verdict"
    APPROVE_VERDICT = "approve a verdict"
    SEND_BACK_VERDICT = "send a verdict back"
    COMMENT = "comment"
    MEND_COMMENT = "change a comment or take it back"
    EDIT_GUIDELINES = "edit guidelines and rating scales"
    IMPORT_REVIEWS = "import other people's reviews"
    EXPORT_PUBLISHED = "export what is published"
    EXPORT_UNPUBLISHED = "export what is not published"
    PUBLISH_REVIEW = "publish a review"
    CORRECT_REVIEW = "correct a published review"
    WITHDRAW_REVIEW = "withdraw a published review"
    READ_HISTORY = "read the history of one thing"
    READ_HEALTH = "read how the installation is"
    MANAGE_PEOPLE = "manage people and their roles"
    SWITCH_ENGINE = "try another engine, or switch to it"
    READ_SHADOW_REPORT = "read what another engine would find"
    CALIBRATE = "let decisions correct the scores"
    READ_CALIBRATION = "read what decisions teach about the scores"
    FOLLOW_WORK = "follow work"
    READ_WORK = "read how all work of the desk goes"
    CREATE_TOKEN = "make an access token"  # noqa: S105 -- an act, no password
    SHARE_VIEW = "share a view with the desk"
    CHANGE_MANY = "change many things at once"
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
    Action.COMPARE_STATEMENT: _WRITERS,
    Action.CORRECT_STATEMENT: {Role.REPORTER: _OWN, **_EDITORS},
    Action.CORRECT_SPEAKER: {Role.REPORTER: _OWN, **_EDITORS},
    Action.EDIT_OUTLET: _EDITORS,
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
    Action.MEND_COMMENT: {Role.REPORTER: _OWN, Role.REVIEWER: _OWN, Role.LEAD: _OWN},
    Action.EDIT_GUIDELINES: _LEADS,
    Action.IMPORT_REVIEWS: _LEADS,
    Action.EXPORT_PUBLISHED: {**_WRITERS, Role.ADMIN: _DESK},
    Action.EXPORT_UNPUBLISHED: _EDITORS,
    Action.PUBLISH_REVIEW: _LEADS,
    Action.CORRECT_REVIEW: _LEADS,
    Action.WITHDRAW_REVIEW: _LEADS,
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
    Action.SHARE_VIEW: _LEADS,
    Action.CHANGE_MANY: _LEADS,
    Action.REVOKE_TOKEN: {Role.LEAD: _OWN, Role.ADMIN: _DESK},
}


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
        raise NotAllowed(f"Your role on this desk does not allow you to {action.value}. Ask a lead editor.")


def require_somewhere(person: User, action: Action) -> None:
    """Go on only where one of the person's roles, on whatever desk, has the action at all.

    Raises:
        NotAllowed: with the act in words.
    """
    if not reaches(person, action):
        raise NotAllowed(f"Your roles do not allow you to {action.value}. Ask a lead editor.")


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
