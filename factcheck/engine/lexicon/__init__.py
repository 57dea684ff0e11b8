"""Word lists as data files, and what the steps ask them."""

from .cues import CueVerb, find_cue_verbs, is_cue_form, lemmas
from .inflection import VerbForms, inflect, spellings
from .loading import read_groups, read_rows, read_words
from .tags import TagRule, has_tag, possible_tags, read_tag_rules

__all__ = [
    "CueVerb",
    "TagRule",
    "VerbForms",
    "find_cue_verbs",
    "has_tag",
    "inflect",
    "is_cue_form",
    "lemmas",
    "possible_tags",
    "read_groups",
    "read_rows",
    "read_tag_rules",
    "read_words",
    "spellings",
]
