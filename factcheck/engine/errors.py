"""Errors of the engine.

EngineError
├── UnreadableArticle   the text cannot be analyzed (empty, too large, NUL …); the message names the remedy
└── AnalysisStopped     the caller's progress callback asked to stop
"""


class EngineError(Exception):
    """Root of what the engine raises on purpose; `code` is stable, the message is for people."""

    code = "engine_error"


class UnreadableArticle(EngineError):
    """The text cannot be analyzed; the message says why and what would help."""

    code = "unreadable_article"


class AnalysisStopped(EngineError):
    """The progress callback asked to stop; nothing was kept."""

    code = "analysis_stopped"
