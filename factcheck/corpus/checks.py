"""What Django checks at a start: the models that the settings choose are whole. Nothing is loaded."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from factcheck import engine
from factcheck.corpus.services.builds import chosen_models


@register
def check_models(**_: Any) -> list[CheckMessage]:
    """Say which variable names a model that cannot be used, and why."""
    try:
        engine.find_digests(chosen_models())
    except engine.ModelUnusable as problem:
        broken, models = problem.path, chosen_models()
        name = "FACTCHECK_ATTRIBUTION_MODEL" if broken == models.attribution else "FACTCHECK_PAIR_MODEL"
        chosen = settings.ATTRIBUTION_MODEL if broken == models.attribution else settings.PAIR_MODEL
        hint = f"{name} names a folder with model.json and its files; unset, the engine's own is used."
        return [Error(f"{name}: {problem}" if chosen else str(problem), hint=hint, id="corpus.E001")]
    return []
