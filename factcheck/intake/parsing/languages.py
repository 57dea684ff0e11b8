"""The language of an article: as the page says, if it says so; else told from its words."""

from typing import Final

import py3langid

SHORTEST: Final = 80  # characters; a guess from less is none
READ: Final = 4_000


def warm_up() -> None:
    """Load the model."""
    py3langid.classify("Some words in a row.")


def detect(text: str) -> str:
    """The language's two letters, or nothing where there is too little to tell from."""
    return str(py3langid.classify(text[:READ])[0]) if len(text) >= SHORTEST else ""
