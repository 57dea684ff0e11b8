"""Any end of reading a stranger's bytes is a reason."""

from collections.abc import Callable
from typing import Final, TypeVar

from factcheck.intake.parsing.documents import UnfitFile
from factcheck.intake.wording import worded

EMPTY: Final = worded("No text was found in this file. If it is a picture of a page, type what it says.")
HUNGRY: Final = worded("This file needs more memory than a file may. Split it, or paste its text.")
DEEP: Final = worded("This file is nested too deeply. Save it anew, or paste its text.")
GARBLED: Final = worded("This file is damaged, so it could not be read. Save it anew, or paste its text.")
Found = TypeVar("Found")


def found_by(read: Callable[[], Found]) -> Found:
    """What `read` gives.

    Raises:
        UnfitFile: it failed, in whatever way.
    """
    try:
        return read()
    except UnfitFile:
        raise
    except MemoryError as error:
        raise UnfitFile(HUNGRY) from error
    except RecursionError as error:
        raise UnfitFile(DEEP) from error
    except Exception as error:
        raise UnfitFile(GARBLED) from error
