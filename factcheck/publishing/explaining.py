"""Why an earlier check may answer a text: in one sentence, in the reader's language, that an editor can look into."""

from collections.abc import Sequence
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from factcheck.ledger.wording import quoted

_MUCH_THE_SAME: Final = 0.7
_SAME_MATTER: Final = 0.5


def explain(words: Sequence[str], meaning: float | None) -> str:
    """The telling words that both share, and how near they are in meaning, 0 to 1; None where that is not read yet."""
    gaps = {"words": _listed([quoted(word) for word in words]), "meaning": number_format(meaning or 0.0, 2)}
    if meaning is None:
        return _unread(gaps["words"])
    if words:
        return _with_words(meaning) % gaps
    return _without_words(meaning) % gaps


def _unread(words: str) -> str:
    if not words:
        return _("They share common words alone.")
    return _("Both have %(words)s; what the claim means is not read yet.") % {"words": words}


def _with_words(meaning: float) -> str:
    if meaning >= _MUCH_THE_SAME:
        return _("Both have %(words)s, and mean much the same (%(meaning)s of 1).")
    if meaning >= _SAME_MATTER:
        return _("Both have %(words)s, and are about the same matter (%(meaning)s of 1).")
    return _("Both have %(words)s, but mean little alike (%(meaning)s of 1).")


def _without_words(meaning: float) -> str:
    if meaning >= _MUCH_THE_SAME:
        return _("They share no telling word, but mean much the same (%(meaning)s of 1).")
    if meaning >= _SAME_MATTER:
        return _("They share no telling word, but are about the same matter (%(meaning)s of 1).")
    return _("They share no telling word, and mean little alike (%(meaning)s of 1).")


def _listed(words: list[str]) -> str:
    """All of them in a row: “a”, “b” and “c”."""
    if len(words) < 2:  # noqa: PLR2004 -- one, or none
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
