"""A backup is taken while people work, and comes back whole or not at all; on whichever database the suite runs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.with_postgres import binaries, run

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent.parent
# One process each, as starting one costs more than all that it does.
BACK_UP = """
import threading
from django.core.management import call_command
from django.db import connection
from factcheck.corpus.models import Article
from tests.factories import make_analyzed_article, make_article
from tests.people import make_people

call_command("migrate", verbosity=0)
people = make_people()
make_analyzed_article(people.desk, people.ada)
begun, over = threading.Event(), threading.Event()

def write():
    number = 0
    while not over.is_set():
        number += 1
        make_article(people.desk, people.ada, f"Headline {number}\\n\\nA text of its own, number {number}.")
        if number == 3:
            begun.set()
    connection.close()

writers = threading.Thread(target=write)
writers.start()
begun.wait()
call_command("backup", TARGET)
over.set()
writers.join()
print("wrote", Article.objects.count())
"""
BRING_BACK = """
from django.core.management import call_command
from django.core.management.base import CommandError
from factcheck.corpus.models import Article

for source in SOURCES:
    try:
        call_command("restore", source)
    except CommandError as refusal:
        print("refused", refusal)
print("holds", Article.objects.count())
call_command("verify_invariants")
"""


@dataclass
class Place:
    """An installation of its own: a folder and a database."""

    folder: Path
    database: str = ""

    def do(self, code: str, **values: object) -> list[str]:
        """Run code there; give back the lines that it printed."""
        own = {"FACTCHECK_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        own |= {"DATABASE_URL": self.database} if self.database else {}
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        given = "".join(f"{name} = {value!r}\n" for name, value in values.items())
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{given}{code}"],
            cwd=ROOT,
            env={**kept, **own, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.splitlines()


def new_database(name: str) -> str:
    """A new database beside the suite's own; nothing where that is SQLite."""
    if connection.vendor == "sqlite":
        return ""
    host, programs = str(connection.settings_dict["HOST"]), binaries()
    if programs is None or not host.startswith("/"):
        pytest.skip("makes databases on a throwaway server only")
    run(programs / "createdb", "-h", host, "-U", "factcheck", name)
    return f"postgres://factcheck@{quote(host, safe='')}/{name}"


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str], Place]:
    return lambda name: Place(tmp_path / name, new_database(f"{name}_{os.getpid()}"))


def damage(backup: Path, name: str, copy: Path) -> Path:
    """A copy of the backup with one byte of one file changed."""
    shutil.copytree(backup, copy)
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    return copy


@pytest.mark.timeout(180)
def test_a_backup_taken_while_people_write_comes_back_whole(
    db: None, place: Callable[[str], Place], tmp_path: Path
) -> None:
    office, spare, backup = place("office"), place("spare"), tmp_path / "backup"
    (office.folder / "media").mkdir(parents=True)
    (office.folder / "media" / "original.pdf").write_bytes(b"an original file")

    wrote = office.do(BACK_UP, TARGET=str(backup))[-1]
    manifest = json.loads((backup / "manifest.json").read_text())
    dump, media = sorted(manifest["files"])
    damaged = [str(damage(backup, name, tmp_path / str(number))) for number, name in enumerate((dump, media))]
    said = spare.do(BRING_BACK, SOURCES=[*damaged, str(tmp_path), str(backup), str(backup)])

    assert media == "media/original.pdf"
    assert said[:2] == [
        f"refused {name} was changed after the backup was made. Nothing was restored." for name in (dump, media)
    ]
    assert "no whole backup" in said[2]
    assert said[3].startswith(f"Restored up to audit entry {manifest['audit_sequence']} of ")
    assert "This database is not empty" in said[4]
    assert 4 <= int(said[5].removeprefix("holds ")) <= int(wrote.removeprefix("wrote "))
    assert said[6] == "0 violations."
    assert (spare.folder / "media" / "original.pdf").read_bytes() == b"an original file"
