"""Typed reading of environment variables; every failure names the variable and the remedy."""

import contextlib
import os
import secrets
import tempfile
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

REDIS_SCHEMES = {"redis", "rediss"}
MAIL_SCHEMES = {"smtp", "submission"}
SCHEMES = {"sqlite", "postgres", "postgresql"}
_env = Env(eager=True)


def _complain(name: str, problem: str, remedy: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {problem}. {remedy}")


def boolean(name: str, *, default: bool) -> bool:
    """Read yes or no."""
    try:
        return bool(_env.bool(name, default))
    except EnvError as error:
        raise _complain(name, "is neither yes nor no", f"Set {name} to true or false, or unset it") from error


def integer(name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number within its bounds."""
    remedy = f"Set {name} to a whole number from {least} to {most}, or unset it for {default}"
    try:
        value = int(_env.int(name, default))
    except EnvError as error:
        raise _complain(name, "is not a whole number", remedy) from error
    if not least <= value <= most:
        raise _complain(name, f"{value} is out of bounds", remedy)
    return value


def choice(name: str, *, default: str, of: list[str]) -> str:
    """Read one of a few words."""
    value = str(_env.str(name, "")).strip() or default
    if value not in of:
        raise _complain(name, "is none of the choices", f"Set {name} to {' or '.join(of)}, or unset it for {default}")
    return value


def words(name: str, *, default: list[str]) -> list[str]:
    """Read a list, separated by commas."""
    return [word.strip() for word in _env.list(name, default) if word.strip()]


def receivers(name: str) -> list[tuple[str, int]]:
    """Read addresses with ports, separated by commas: 10.0.0.7:8080,[fd00::7]:8080."""
    found = []
    for word in words(name, default=[]):
        host, _, port = word.rpartition(":")
        try:
            found.append((str(ip_address(host.removeprefix("[").removesuffix("]"))), int(port)))
        except ValueError as error:
            remedy = f"Set {name} to addresses with ports, such as 10.0.0.7:8080, separated by commas"
            raise _complain(name, f"“{word}” is no address with a port", remedy) from error
    return found


def folder(name: str, *, default: Path) -> Path:
    """Read a folder's path, make the folder, and check that we may write there."""
    path = Path(_env.str(name, "") or default).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".writable"
        probe.touch()
        probe.unlink(missing_ok=True)  # another process that starts at the same moment probes as well
    except OSError as error:
        raise _complain(
            name, f"cannot write in {path} ({error.strerror})", f"Set {name} to a folder you own"
        ) from error
    return path


def text(name: str) -> str:
    """Read a word or a path as it stands; empty where it is unset. Whoever uses it checks it."""
    return str(_env.str(name, "")).strip()


def site(name: str, *, default: str) -> str:
    """Read a site's address, without a path: https://news.example."""
    given = (str(_env.str(name, "")).strip() or default).rstrip("/")
    try:
        parts = urlsplit(given)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.path or parts.query or parts.fragment or parts.username:
        raise _complain(name, "is no address of a site", f"Set {name} to https://news.example, without a path")
    return given


def origins(name: str) -> frozenset[str]:
    """Read the origins of other sites, separated by commas: https://news.example; or * for all. None where unset."""
    given = words(name, default=[])
    for origin in given:
        parts = urlsplit(origin)
        is_whole = parts.scheme in {"http", "https"} and origin == f"{parts.scheme}://{parts.netloc}" == origin.lower()
        if origin != "*" and not (is_whole and parts.netloc and "@" not in parts.netloc):
            remedy = f"Set {name} to origins such as https://news.example, in small letters and without a path, or to *"
            raise _complain(name, f"{origin} is no origin", remedy)
    return frozenset(given)


def database(name: str, *, default: str) -> dict[str, object]:
    """Read a database URL: sqlite:///path or postgres://user:password@host/name."""
    remedy = f"Set {name} to sqlite:///path or postgres://user:password@host:5432/name"
    url = _env.str(name, "") or default
    if url.split(":", 1)[0] not in SCHEMES:
        raise _complain(name, "is no database URL that we know", remedy)
    try:
        found: dict[str, object] = dict(_env.dj_db_url(name, default))
    except (EnvError, ValueError) as error:
        raise _complain(name, "cannot be read as a database URL", remedy) from error
    if not found.get("NAME"):
        raise _complain(name, "names no database", remedy)
    return found


def redis(name: str) -> str | None:
    """Read a Redis URL: redis://host:port/0, or rediss:// for TLS; None where it is unset."""
    url = _env.str(name, "").strip()
    if not url:
        return None
    remedy = f"Set {name} to redis://:password@host:6379/0 or rediss://…, or unset it for one worker without Redis"
    try:
        parts = urlsplit(url)
        whole = parts.scheme in REDIS_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise _complain(name, "cannot be read as a Redis URL", remedy) from error
    if not whole or not (parts.path.strip("/") or "0").isdecimal():
        raise _complain(name, "is no Redis URL", remedy)
    return url


def mail(name: str) -> dict[str, object]:
    """Read how e-mail goes out: submission://user:password@host:587, smtp://host:25, or into the log where unset."""
    remedy = f"Set {name} to submission://user:password@host:587 or smtp://host:25, or unset it for the log"
    url = str(_env.str(name, "")).strip()
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        parts = urlsplit(url)
        whole = parts.scheme in MAIL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise _complain(name, "cannot be read as a mail URL", remedy) from error
    if not whole:
        raise _complain(name, "is no mail URL that we know", remedy)
    return {**_env.dj_email_url(name), "EMAIL_TIMEOUT": 20}


def token(name: str) -> str | None:
    """Read a shared secret that another program sends; None where it is unset."""
    given = _env.str(name, "")
    if given and (len(given) < 32 or not given.isascii()):  # noqa: PLR2004 -- as for the secret key
        raise _complain(name, "is too short", "Give at least 32 random ASCII characters, or unset it")
    return given or None


def secret(name: str, *, kept_in: Path) -> str:
    """Read a secret; when unset, keep a random one in a file that only its owner may read."""
    given = _env.str(name, "")
    if given:
        if len(given) < 32:  # noqa: PLR2004 -- Django's own lower bound for a secret key
            raise _complain(name, "is too short", "Give at least 32 random characters, or unset it to have one made")
        return given
    if not kept_in.exists():
        _keep_first(kept_in, secrets.token_urlsafe(48))
    return kept_in.read_text(encoding="ascii").strip()


def _keep_first(path: Path, words: str) -> None:
    """Write a file that appears whole or not at all, whoever else writes it at the same moment: the first one stays."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:  # for its owner only
        draft.write(words)
        draft.flush()
        os.fsync(draft.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, path)
