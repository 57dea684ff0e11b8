"""From the words that name a source to the person or body meant."""

from .resolution import resolve_speakers

__all__ = ["resolve_speakers"]
