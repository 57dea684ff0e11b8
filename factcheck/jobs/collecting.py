"""Whether the static files that are served are those that there are."""

import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders


def is_collected() -> bool:
    """Whether what was collected is what there is: the same names, each newer than its source and than the lock.

    Collecting hashes and compresses everything, which takes seconds; this takes a few hundredths.
    """
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    sources = _sources()
    times = [path.stat().st_mtime for path in (*sources.values(), Path(settings.BASE_DIR) / "requirements.lock")]
    collected = json.loads(manifest.read_text(encoding="utf-8"))["paths"]
    return set(collected) == set(sources) and max(times) < manifest.stat().st_mtime


def _sources() -> dict[str, Path]:
    """The files by their names; of one name the first found is served."""
    ignored = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]  # of its own class
    sources: dict[str, Path] = {}
    for finder in get_finders():
        for name, storage in finder.list(ignored):
            prefix = getattr(storage, "prefix", None)
            sources.setdefault(f"{prefix}/{name}" if prefix else name, Path(storage.path(name)))
    return sources
