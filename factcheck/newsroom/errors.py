"""Refusals of this room.

Refusal
├── NotAllowed   the person's roles do not cover this act on this thing
└── UnfitToken   a key without name or scope, or of an impossible life
"""

from factcheck.ledger.errors import Refusal


class NotAllowed(Refusal):
    """Your role on this desk does not allow this. Ask a lead editor."""

    code = "not_allowed"


class UnfitToken(Refusal):
    """This token cannot be made."""

    code = "unfit_token"
