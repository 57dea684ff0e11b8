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
        named = "FACTCHECK_ATTRIBUTION_MODEL: " if settings.ATTRIBUTION_MODEL else ""
        return [Error(f"{named}{problem}", hint=_HINT, id="corpus.E001")]
    return []


_HINT = "FACTCHECK_ATTRIBUTION_MODEL names a folder with model.json and its files; unset, the engine's own is used."
