"""How well the engine reads and pairs marked text: the figures by which models and thresholds are chosen."""

from ..errors import UnreadableGold
from .attributions import AttributionScore, SplitArticle, read_split, score_article
from .events import Event, EventScore, read_event, score_event
from .running import Setup, evaluate_article, evaluate_event

__all__ = [
    "AttributionScore",
    "Event",
    "EventScore",
    "Setup",
    "SplitArticle",
    "UnreadableGold",
    "evaluate_article",
    "evaluate_event",
    "read_event",
    "read_split",
    "score_article",
    "score_event",
]
