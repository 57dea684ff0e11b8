"""Statements on the same matter: what an index knows each by, and which stored ones are nearest to new ones."""

from .encoding import encode_statement, read_topic
from .ranking import Entry, rank

__all__ = ["Entry", "encode_statement", "rank", "read_topic"]
