"""Sentences that are kept in English and said in the reader's language.

Why work failed, how far it is, why a page could not be fetched: such sentences are written by a worker that speaks to
nobody in particular, and read weeks later by people of different languages. They are stored in English, as the API
gives them, and translated when a page shows them.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import islice

from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import translation

from factcheck.intake.wording import worded

__all__ = ["day_of", "grouped", "quoted", "say", "term", "term_lazy", "worded"]

_GAP = re.compile(r"\{(\w+)\}|%\((\w+)\)[sd]")
FEWEST_LETTERS = 8
MOST_COLONS = 3  # of a name that has some itself


def say(sentence: str) -> str:
    """The sentence in the language of whoever reads; as it is where nobody has translated it."""
    language = get_language() or "en"
    if not sentence or language.startswith("en"):
        return sentence
    told = _told(sentence, language)
    return told if told != sentence else _named(sentence, language)


def _told(sentence: str, language: str) -> str:
    told = gettext(sentence)
    return told if told != sentence else _filled(sentence, language)


def _named(sentence: str, language: str) -> str:
    """The same for a reason after the name of what it is about: a file of a bundle, a feed of a list."""
    for colon in islice(re.finditer(": ", sentence), MOST_COLONS):
        name, reason = sentence[: colon.start()], sentence[colon.end() :]
        if (told := _told(reason, language)) != reason:
            return gettext("%(name)s: %(reason)s") % {"name": name, "reason": told}
    return sentence


def term(value: str) -> str:
    """A value of the contract in words: broken_pledge is "broken pledge"."""
    return gettext(str(value).replace("_", " ")) if value else ""


term_lazy = lazy(term, str)


def grouped(number: int) -> str:
    """A number with its thousands told apart, as the reader's language does."""
    return str(number_format(number, force_grouping=True))


def quoted(words: object) -> str:
    """Words in the quotation marks of the reader's language: “…”, « … »."""
    return gettext("“%(words)s”") % {"words": words}


def day_of(day: date) -> str:
    """A day in the reader's language: 28 February 2022."""
    return format_date(day, gettext("j F Y"))


def _filled(sentence: str, language: str) -> str:
    """The same for a sentence with gaps; what fills them may be a sentence itself."""
    for shape, told in _shapes(language).items():
        if found := shape.fullmatch(sentence):
            gaps = {name: say(words) for name, words in found.groupdict().items()}
            return told % gaps if "%(" in told else told.format(**gaps)
    return sentence


@lru_cache
def _shapes(language: str) -> Mapping[re.Pattern[str], str]:
    """Every translated sentence with gaps, the longest first; never one that is little else than gaps."""
    known = translation(language)._catalog.items()  # type: ignore[attr-defined]  # noqa: SLF001 -- Django has no other way to list messages
    gapped = {key: told for key, told in known if isinstance(key, str) and _GAP.search(key) and _is_sentence(key)}
    return {_shape(key): gapped[key] for key in sorted(gapped, key=len, reverse=True)}


def _is_sentence(message: str) -> bool:
    """Whether enough stands between the gaps to know it again."""
    return len("".join(_GAP.sub("", message).split())) >= FEWEST_LETTERS


def _shape(sentence: str) -> re.Pattern[str]:
    pattern, end, seen = "", 0, set[str]()
    for gap in _GAP.finditer(sentence):
        name = gap[1] or gap[2]
        words = re.escape(sentence[end : gap.start()].replace("%%", "%"))
        pattern += words + (f"(?P={name})" if name in seen else f"(?P<{name}>.+)")
        end = gap.end()
        seen.add(name)
    return re.compile(pattern + re.escape(sentence[end:].replace("%%", "%")), re.DOTALL)
