"""The newsroom's tables."""

from factcheck.newsroom.models.desk import Desk, Membership, Role
from factcheck.newsroom.models.notice import Notice, NoticeKind
from factcheck.newsroom.models.pace import SignInPace
from factcheck.newsroom.models.token import AccessToken, Scope
from factcheck.newsroom.models.user import User

__all__ = ["AccessToken", "Desk", "Membership", "Notice", "NoticeKind", "Role", "Scope", "SignInPace", "User"]
