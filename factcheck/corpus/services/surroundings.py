"""What stood around a text in its page or file and is no part of it: kept beside it, and shown as such."""

from collections.abc import Sequence
from typing import Final

from factcheck.corpus.models import LeftOut, Revision
from factcheck.intake.cleaning import clean_text

MOST: Final = 200  # lines; a page of links has more, and nobody reads them
LONGEST: Final = 300


def left_out_of(revision: Revision, lines: Sequence[str]) -> list[LeftOut]:
    """The row to write beside a new revision; none where nothing was left out."""
    clean = [line for line in (clean_text(line).text.strip()[:LONGEST] for line in lines[:MOST]) if line]
    return [LeftOut(revision=revision, lines=clean)] if clean else []


def lines_left_out(revision: Revision) -> Sequence[str]:
    """The lines that were left out of a text, in their order."""
    return LeftOut.objects.filter(revision=revision).values_list("lines", flat=True).first() or ()
