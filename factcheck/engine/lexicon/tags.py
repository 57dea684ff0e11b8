from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .inflection import inflect
from .loading import read_rows


@dataclass(frozen=True, slots=True)
class TagRule:
    """One rule of the tagger: the tag `before` becomes `after` where the context holds."""

    before: str
    after: str
    context: str
    value: str


@cache
def read_tag_rules() -> tuple[TagRule, ...]:
    """The tagger's rules in the order they apply."""
    return tuple(TagRule(row[0], row[1], row[2], " ".join(row[3:])) for row in read_rows("tag_rules"))


@cache
def _tags() -> dict[str, tuple[str, ...]]:
    tags = {row[0]: row[1:] for row in read_rows("word_tags")}
    for row in read_rows("irregular_verbs"):
        _add_verb(tags, row[0])
    for row in read_rows("cue_verbs"):
        _add_verb(tags, row[0].partition("+")[0].partition("_")[0])
    return tags


def _add_verb(tags: dict[str, tuple[str, ...]], base: str) -> None:
    """Add the forms of a verb; its -s form is a plural too where the base is a noun, unless the list says otherwise."""
    forms = inflect(base)
    plural = forms.present not in tags and "NN" in tags.get(base, ())
    for form, tag in (
        (forms.base, "VB"),
        (forms.base, "VBP"),
        (forms.present, "VBZ"),
        (forms.past, "VBD"),
        (forms.participle, "VBN"),
        (forms.gerund, "VBG"),
        *(((forms.present, "NNS"),) if plural else ()),
    ):
        if tag not in tags.get(form, ()):
            tags[form] = (*tags.get(form, ()), tag)


def possible_tags(word: str) -> tuple[str, ...]:
    """The Penn Treebank tags that the lexicon gives a small-letter word, likeliest first; empty for words it lacks."""
    return _tags().get(word, ())


def has_tag(word: str, tag: str) -> bool:
    """Whether the lexicon knows the small-letter word with that tag."""
    return tag in _tags().get(word, ())
