"""The engine as this installation runs it: the models it was told to use, and what readings by them are called."""

from django.conf import settings

from factcheck import engine


def chosen_models() -> engine.Models:
    """The models that the settings choose; the engine's own where they name none."""
    return engine.Models.chosen(settings.ATTRIBUTION_MODEL, threads=settings.MODEL_THREADS)


def current_build() -> str:
    """What a reading by today's engine and models is called. Loads no model.

    A model that broke since the start is no reason to take no articles: their jobs say what is wrong with it.
    """
    try:
        return engine.name_build(engine.find_digests(chosen_models()))
    except engine.ModelUnusable:
        return f"{engine.VERSION}+unusable"
