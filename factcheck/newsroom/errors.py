"""Refusals of this room.

Refusal
└── NotAllowed   the person's roles do not cover this act on this thing
"""

from factcheck.ledger.errors import Refusal


class NotAllowed(Refusal):
    """Your role on this desk does not allow this. Ask a lead editor."""

    code = "not_allowed"
