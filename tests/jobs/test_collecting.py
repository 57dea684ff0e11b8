"""Static files are collected anew when they changed, and only then."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from factcheck.jobs.collecting import is_collected


@pytest.fixture
def sources(tmp_path: Path, settings: Any) -> Path:
    """A folder with two files, collected as an installation does it."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in ("desk.css", "keys.js"):
        (folder / name).write_text(f"/* {name} */")
        _age(folder / name)
    settings.BASE_DIR, settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path, str(tmp_path / "static"), [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    kept = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": kept}
    (tmp_path / "requirements.lock").touch()
    _age(tmp_path / "requirements.lock")
    assert not is_collected()
    call_command("collectstatic", verbosity=0, interactive=False)
    return folder


def _age(path: Path) -> None:
    os.utime(path, (time.time() - 60, time.time() - 60))


def test_what_did_not_change_is_left_alone(sources: Path) -> None:
    assert is_collected()


def test_a_changed_file_is_collected_anew(sources: Path) -> None:
    (sources / "desk.css").write_text("/* other */")
    os.utime(sources / "desk.css", (time.time() + 5, time.time() + 5))

    assert not is_collected()


def test_a_new_file_is_collected_however_old_it_is(sources: Path) -> None:
    (sources / "old.css").write_text("/* old */")
    _age(sources / "old.css")

    assert not is_collected()
    call_command("collectstatic", verbosity=0, interactive=False)
    assert is_collected()


def test_a_file_that_was_only_removed_is_noticed(sources: Path) -> None:
    (sources / "keys.js").unlink()

    assert not is_collected()
    call_command("collectstatic", verbosity=0, interactive=False)
    assert is_collected()


def test_an_ignored_file_is_not_missed(sources: Path) -> None:
    (sources / "redoc").mkdir()
    (sources / "redoc" / "page.js").write_text("/* never served */")

    assert is_collected()


def test_new_packages_are_collected_anew(sources: Path, tmp_path: Path) -> None:
    os.utime(tmp_path / "requirements.lock", (time.time() + 5, time.time() + 5))

    assert not is_collected()
