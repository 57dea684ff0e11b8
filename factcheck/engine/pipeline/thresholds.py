"""The desk's defaults: how sure a rule must be before editors see what it found. Chosen on marked news articles."""

from typing import Final

MIN_CONFIDENCE: Final = 0.5
MIN_SCORE: Final = 0.5
# From here on a sentence in the article's own voice is given although nobody disputes it.
MIN_CHECKWORTHINESS: Final = 0.8
