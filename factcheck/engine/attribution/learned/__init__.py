"""What a trained reader sees, and how it joins what the rules find."""

from .merging import merge_drafts
from .perception import Perception, Sighting, perceive

__all__ = ["Perception", "Sighting", "merge_drafts", "perceive"]
