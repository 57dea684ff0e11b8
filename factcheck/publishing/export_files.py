"""The files of exports, in one folder of the media folder. Each attempt writes a file of its own.

What an attempt has written stands only as far as the export's row says; whoever takes over copies that much and goes
on, so a worker that was replaced can write into no file that counts.
"""

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, Self
from uuid import UUID

from django.conf import settings

from factcheck.publishing.models import Export

FOLDER: Final = "exports"
BLOCK: Final = 1024 * 1024


class PartFile:
    """The file of one attempt, open for appending."""

    def __init__(self, export: Export, token: UUID) -> None:
        self.name = f"{export.pk}.{token}"
        self._before = export.part, export.size
        self._file: BinaryIO

    def __enter__(self) -> Self:
        folder_of_exports().mkdir(parents=True, exist_ok=True)
        self._file = path_of(self.name).open("w+b")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def goes_on(self) -> bool:
        """Take over what stands of the attempt before; False where it is not there, and all has to be written anew."""
        name, size = self._before
        if not name or not _stands(name, size):
            return False
        with path_of(name).open("rb") as before:
            left = size
            while left and (block := before.read(min(BLOCK, left))):
                self._file.write(block)
                left -= len(block)
        return left == 0

    def start_anew(self) -> None:
        """Forget what was written."""
        self._file.seek(0)
        self._file.truncate()

    def append(self, content: bytes) -> int:
        """Write, so that it outlasts this machine's fall; gives the length of the whole file."""
        self._file.write(content)
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def digest(self) -> str:
        """The hash of all that was written."""
        found = sha256()
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            found.update(block)
        return found.hexdigest()


def folder_of_exports() -> Path:
    """Where they lie."""
    return Path(settings.MEDIA_ROOT) / FOLDER


def path_of(name: str) -> Path:
    """Where one of them lies."""
    return folder_of_exports() / name


def remove_files(export: Export, but: str = "") -> None:
    """Take away the files of all its attempts, but the one that counts."""
    for path in folder_of_exports().glob(f"{export.pk}.*"):
        if path.name != but:
            with suppress(FileNotFoundError):
                path.unlink()


def room_left() -> int:
    """How much the disk still takes."""
    return shutil.disk_usage(settings.MEDIA_ROOT).free


def _stands(name: str, size: int) -> bool:
    with suppress(FileNotFoundError):
        return path_of(name).stat().st_size >= size
    return False
