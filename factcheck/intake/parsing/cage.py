"""What the child gives up before it reads a stranger's bytes: rights, memory, time, files, network (rule 16)."""

import ctypes
import os
import resource
import sys
import time
from contextlib import suppress
from typing import Any, Final

MEMORY: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 10
LARGEST_ANSWER: Final = 64 * 1024 * 1024  # the one open file to write to
OPEN_FILES: Final = 64
NOBODY: Final = 65534
_NEW_NETWORK, _NO_NEW_RIGHTS = 0x40000000, 38  # CLONE_NEWNET; PR_SET_NO_NEW_PRIVS
_NEVER: Final = frozenset(
    {
        *(
            "socket.connect",
            "socket.bind",
            "socket.sendto",
            "socket.sendmsg",
            "socket.getaddrinfo",
            "socket.gethostbyname",
        ),
        *("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"),
        *(
            "os.remove",
            "os.rename",
            "os.rmdir",
            "os.mkdir",
            "os.chmod",
            "os.chown",
            "os.link",
            "os.symlink",
            "os.truncate",
        ),
        *("ctypes.dlopen", "shutil.rmtree", "urllib.Request", "ftplib.connect", "smtplib.connect"),
    }
)


def enter(*, cpu_seconds: int = CPU_SECONDS, largest_answer: int = LARGEST_ANSWER) -> None:
    """Give up everything that parsing does not need. What shall be imported is imported before."""
    library = ctypes.CDLL(None, use_errno=True)
    if os.getuid() == 0:
        library.unshare(_NEW_NETWORK)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    library.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, int(time.process_time()) + 1 + cpu_seconds),
        (resource.RLIMIT_FSIZE, largest_answer),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        with suppress(ValueError):  # already held to less
            resource.setrlimit(kind, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no parser has to do, in case the kernel lets it: it also holds where this is not run as root."""
    if event in _NEVER:
        raise PermissionError(f"{event} is not for parsers")
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise PermissionError("parsers write nothing")
