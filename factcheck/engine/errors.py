"""Errors of the engine.

EngineError
├── UnreadableArticle   the text cannot be analyzed (empty, too large, NUL …); the message names the remedy
├── ModelUnusable       a model's folder is not whole or does not load
├── ModelMissing        rules alone are chosen for what rules cannot do
├── AnalysisStopped     the caller's progress callback asked to stop
└── UnreadableGold      marked text for scoring is not as it should be
"""

from __future__ import annotations

from pathlib import Path


class EngineError(Exception):
    """Root of what the engine raises on purpose; `code` is stable, the message is for people."""

    code = "engine_error"


class UnreadableArticle(EngineError):
    """The text cannot be analyzed; the message says why and what would help."""

    code = "unreadable_article"


class ModelUnusable(EngineError):
    """A model's folder, `path`, cannot be used; the message names it, what is wrong, and the remedy."""

    code = "model_unusable"

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            f"The model in {path} cannot be used: {reason}. Put the whole folder there again, or choose another."
        )


class ModelMissing(EngineError):
    """Rules alone are chosen for what only a model can do; the message says what that is."""

    code = "model_missing"


class AnalysisStopped(EngineError):
    """The progress callback asked to stop; nothing was kept."""

    code = "analysis_stopped"


class UnreadableGold(EngineError):
    """Marked text cannot be read; the message names the file and what is wrong with it."""

    code = "unreadable_gold"
