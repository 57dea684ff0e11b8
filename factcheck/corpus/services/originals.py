"""What came in, kept as it was: a file under its hash, written whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

FOLDER = "originals"


def keep_original(content: bytes) -> str:
    """Keep these bytes and give their hash; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(place)
    return digest


def read_original(digest: str) -> bytes:
    """What was kept under this hash."""
    return _place(digest).read_bytes()


def _place(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / digest[:2] / digest
