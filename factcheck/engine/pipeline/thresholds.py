"""The desk's defaults: which models read, and how sure they must be before editors see what they found.

The thresholds were chosen on marked news articles.
"""

from typing import Final

from ..annotations import Models

DESK_MODELS: Final = Models()

MIN_CONFIDENCE: Final = 0.5
MIN_SCORE: Final = 0.4
# From here on a sentence in the article's own voice is given although nobody disputes it.
MIN_CHECKWORTHINESS: Final = 0.8
