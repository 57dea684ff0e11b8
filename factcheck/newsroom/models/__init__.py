"""The newsroom's tables."""

from factcheck.newsroom.models.act import PastAct
from factcheck.newsroom.models.desk import Desk, Membership, Role
from factcheck.newsroom.models.entry import EntryLink, RoleRequest
from factcheck.newsroom.models.notice import Notice, NoticeKind
from factcheck.newsroom.models.pace import SignInPace
from factcheck.newsroom.models.token import AccessToken, Scope
from factcheck.newsroom.models.user import Language, Theme, User
from factcheck.newsroom.models.view import SavedView, ViewAlert, ViewMatch

__all__ = [
    "AccessToken",
    "Desk",
    "EntryLink",
    "Language",
    "Membership",
    "Notice",
    "NoticeKind",
    "PastAct",
    "Role",
    "RoleRequest",
    "SavedView",
    "Scope",
    "SignInPace",
    "Theme",
    "User",
    "ViewAlert",
    "ViewMatch",
]
