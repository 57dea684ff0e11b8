"""Refusals of this room.

Refusal
├── NotAllowed        the person's roles do not cover this act on this thing
├── OwnRights         nobody grants a role to themselves, nor disables themselves
├── WeakPassword      says what is wrong with it
├── UnfitRules        a desk's rule is out of its bounds; says which
├── MailNotSent       the mail server did not take an e-mail
├── NoAddress         a digest needs an e-mail address
├── TooManyAttempts   this name was tried too often from this address; says how long to wait
├── UnfitToken        a key without name or scope, or of an impossible life
├── UnknownTimeZone   no zone has this name
├── KeyTaken          one key would stand for two acts
├── UnfitInvitation   an invitation for nobody, or to a role that takes two admins
├── LinkSpent         a link that was used, withdrawn, has expired, or never was
├── NameTaken         somebody signs in under this name
├── RoleAsked         a change of this role waits for a second admin, or was answered
└── UnfitView         a view without a name, or with one that another has
"""

from django.utils.translation import gettext as _

from factcheck.ledger.errors import Refusal


class NotAllowed(Refusal):
    """Your role on this desk does not allow this. Ask a lead editor."""

    code = "not_allowed"


class OwnRights(Refusal):
    """Nobody changes their own rights. Ask another admin."""

    code = "own_rights"


class WeakPassword(Refusal):
    """This password is too easy to guess. Choose a longer one."""

    code = "weak_password"


class TooManyAttempts(Refusal):
    """This name was tried too often from your address. Wait a minute, then try again."""

    code = "too_many_attempts"

    def __init__(self, seconds: int) -> None:
        """Carry how long to wait."""
        super().__init__(
            _(
                "This name was tried too often from your address. Wait %(seconds)s seconds, then try "
                "again. Nobody else is kept out. Forgotten? An admin of your desk can set a new password."
            )
            % {"seconds": seconds}
        )
        self.seconds = seconds


class UnfitRules(Refusal):
    """A desk cannot work by this rule."""

    code = "unfit_rules"


class MailNotSent(Refusal):
    """The mail server did not take this e-mail. Check FACTCHECK_MAIL_URL; it is tried again every hour for two days."""

    code = "mail_not_sent"


class NoAddress(Refusal):
    """A digest needs an e-mail address to go to."""

    code = "no_address"


class UnfitToken(Refusal):
    """This token cannot be made."""

    code = "unfit_token"


class UnknownTimeZone(Refusal):
    """There is no time zone of this name."""

    code = "unknown_time_zone"


class KeyTaken(Refusal):
    """This key already stands for another act."""

    code = "key_taken"


class UnfitView(Refusal):
    """This view cannot be saved."""

    code = "unfit_view"


class UnfitInvitation(Refusal):
    """This invitation cannot be made."""

    code = "unfit_invitation"


class LinkSpent(Refusal):
    """This link does not work any more: it was used, or its time is over. Ask an admin of your desk for a new one."""

    code = "link_spent"


class NameTaken(Refusal):
    """Somebody signs in under this name already. Choose another."""

    code = "name_taken"


class RoleAsked(Refusal):
    """A change of this person's role waits for a second admin already."""

    code = "role_asked"
