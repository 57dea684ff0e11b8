"""Each rule looks at a pair and finds one kind of clash, or nothing: what one can be sure of."""

from collections.abc import Callable
from typing import Final

from ..findings import Finding
from ..sides import Pair
from .denial import find_denial
from .exclusion import find_exclusion
from .figures import find_figures
from .forecasts import find_opposed_forecasts
from .notice import find_first_notice
from .pledges import find_broken_pledge
from .polarity import find_contradiction
from .positions import find_opposed_positions
from .reversal import find_reversal

RULES: Final[tuple[Callable[[Pair], Finding | None], ...]] = (
    find_denial,
    find_broken_pledge,
    find_reversal,
    find_figures,
    find_opposed_positions,
    find_opposed_forecasts,
    find_first_notice,
    find_exclusion,
    find_contradiction,
)
