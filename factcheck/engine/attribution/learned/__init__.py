"""What a trained reader sees, and how it joins what the rules find."""

from .merging import merge_drafts
from .sightings import Sighting, see_attributions

__all__ = ["Sighting", "merge_drafts", "see_attributions"]
