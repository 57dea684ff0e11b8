"""Run a command with DATABASE_URL set to a throw-away PostgreSQL: `python tests/with_postgres.py COMMAND …`.

Uses Debian's binaries, or TEST_DATABASE_URL where it is set. Without either it says so and passes, unless
FACTCHECK_NO_OMISSIONS is set.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def binaries() -> Path | None:
    """The newest PostgreSQL's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def _as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as the system's postgres user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


def run(*words: object) -> None:
    """Run one of PostgreSQL's programs to its end."""
    command = _as_owner([str(word) for word in words])
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)


# Nobody cuts the power under a suite; the tests that hurt a cluster start it without these.
UNFLUSHED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextlib.contextmanager
def throwaway(programs: Path, more: str = "") -> Iterator[str]:
    """Start a cluster on a socket of its own, with more options; give its URL; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="factcheck-pg-", dir="/tmp"))
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    new = ("-U", "factcheck", "-E", "UTF8", "--no-sync", "--auth=trust", "--locale=C.UTF-8")
    run(programs / "initdb", "-D", data, *new)
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=60 {more}"
    run(programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        run(programs / "createdb", "-h", folder, "-U", "factcheck", "factcheck")
        yield f"postgres://factcheck@{str(folder).replace('/', '%2F')}/factcheck"
    finally:
        run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the command on PostgreSQL, or say plainly why not."""
    given, programs = os.environ.get("TEST_DATABASE_URL"), binaries()
    if given:
        return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": given})
    if programs is None:
        print("OMITTED: no PostgreSQL found (Debian: apt-get install postgresql), and TEST_DATABASE_URL is not set.")
        return 1 if os.environ.get("FACTCHECK_NO_OMISSIONS") else 0
    with throwaway(programs, UNFLUSHED) as url:
        return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
