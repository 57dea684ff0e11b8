"""Named, raw signs of a pair, each a float: what a readable model weighs."""

from __future__ import annotations

from ..findings import Finding
from ..sides import Pair
from .deeds import read_deeds
from .excuses import read_excuses
from .figures import read_figures
from .findings import find_by_rule, read_findings
from .manner import read_manner
from .matter import read_matter
from .meaning import is_worth_reading, read_meaning, texts_of
from .polarity import read_polarity_signs
from .setting import read_setting
from .voices import read_voices

__all__ = ["find_by_rule", "is_worth_reading", "read_meaning", "read_signs", "texts_of"]


def read_signs(pair: Pair, found: list[Finding]) -> dict[str, float]:
    """Every sign of a pair that is not 0."""
    signs = {
        **read_matter(pair),
        **read_setting(pair),
        **read_voices(pair),
        **read_deeds(pair),
        **read_polarity_signs(pair),
        **read_figures(pair),
        **read_manner(pair),
        **read_excuses(pair),
        **read_findings(found),
    }
    if signs.get("found"):
        signs["excused"] = 0.0  # a rule that is sure has looked at what excuses
    return {name: round(value, 4) for name, value in signs.items() if value}
