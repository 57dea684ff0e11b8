import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


WRONG = [
    (lambda: env.boolean("FACTCHECK_X", default=False), "perhaps", "FACTCHECK_X: is neither yes nor no"),
    (lambda: env.integer("FACTCHECK_X", default=1, least=1, most=64), "many", "FACTCHECK_X: is not a whole number"),
    (lambda: env.integer("FACTCHECK_X", default=1, least=1, most=64), "65", "FACTCHECK_X: 65 is out of bounds"),
    (lambda: env.database("FACTCHECK_X", default=""), "mysql://a/b", "FACTCHECK_X: is no database URL that we know"),
    (lambda: env.database("FACTCHECK_X", default=""), "postgres://", "FACTCHECK_X: names no database"),
    (lambda: env.redis("FACTCHECK_X"), "http://host:6379/0", "FACTCHECK_X: is no Redis URL"),
    (lambda: env.redis("FACTCHECK_X"), "redis://host:many/0", "FACTCHECK_X: cannot be read as a Redis URL"),
    (lambda: env.redis("FACTCHECK_X"), "redis://host:6379/first", "FACTCHECK_X: is no Redis URL"),
    (lambda: env.mail("FACTCHECK_X"), "https://host", "FACTCHECK_X: is no mail URL that we know"),
    (lambda: env.mail("FACTCHECK_X"), "smtp://host:many", "FACTCHECK_X: cannot be read as a mail URL"),
    (lambda: env.site("FACTCHECK_X", default=""), "factcheck.example.org", "FACTCHECK_X: is no address of a site"),
    (lambda: env.site("FACTCHECK_X", default=""), "https://host/path", "FACTCHECK_X: is no address of a site"),
    (lambda: env.origins("FACTCHECK_X"), "https://a.example,b.example", "FACTCHECK_X: b.example is no origin"),
    (lambda: env.origins("FACTCHECK_X"), "https://a.example/", "FACTCHECK_X: https://a.example/ is no origin"),
    (lambda: env.secret("FACTCHECK_X", kept_in=Path("/nowhere")), "short", "FACTCHECK_X: is too short"),
    (lambda: env.folder("FACTCHECK_X", default=Path("/tmp")), "/dev/null/x", "FACTCHECK_X: cannot write in"),
]


@pytest.mark.parametrize(("read", "value", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_a_wrong_value_names_the_variable_and_the_remedy(
    setting: pytest.MonkeyPatch, read: object, value: str, words: str
) -> None:
    setting.setenv("FACTCHECK_X", value)

    assert callable(read)
    with pytest.raises(ImproperlyConfigured, match=words) as error:
        read()
    assert "Set FACTCHECK_X" in str(error.value) or "Give" in str(error.value)


def test_a_text_has_no_white_space_around_it_and_is_empty_when_unset(setting: pytest.MonkeyPatch) -> None:
    setting.setenv("FACTCHECK_X", " ~/model ")

    assert env.text("FACTCHECK_X") == "~/model"
    assert env.text("FACTCHECK_UNSET") == ""


def test_mail_goes_to_the_server_that_is_named_and_into_the_log_where_none_is(setting: pytest.MonkeyPatch) -> None:
    setting.setenv("FACTCHECK_X", "submission://desk:a%40b@mail.example.org:587")

    found = env.mail("FACTCHECK_X")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("desk", "a@b")
    assert "console" in str(env.mail("FACTCHECK_UNSET")["EMAIL_BACKEND"])


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    kept = tmp_path / "secret_key"

    first, second = (env.secret("FACTCHECK_UNSET", kept_in=kept) for _ in range(2))

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.thorough
def test_processes_that_start_at_once_read_one_whole_secret(tmp_path: Path) -> None:
    kept, start = tmp_path / "secret_key", threading.Barrier(8)

    def read(_: int) -> str:
        start.wait()
        return env.secret("FACTCHECK_UNSET", kept_in=kept)

    for _ in range(50):
        kept.unlink(missing_ok=True)
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(read, range(8)))
        assert found == {kept.read_text(encoding="ascii")}
        assert len(found.pop()) >= 50

    assert list(tmp_path.iterdir()) == [kept]


def test_a_wrong_setting_stops_the_start_in_one_line(tmp_path: Path) -> None:
    environment = {**os.environ, "FACTCHECK_DATA": str(tmp_path), "FACTCHECK_WORKERS": "none"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"

    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("Settings: FACTCHECK_WORKERS: is not a whole number")
    assert "Traceback" not in done.stderr


def test_sqlite_is_set_so_that_nobody_meets_a_locked_database() -> None:
    code = "from django.conf import settings; print(settings.DATABASES['default'])"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings_test"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    for words in ("'transaction_mode': 'IMMEDIATE'", "'timeout': 20", "journal_mode=WAL", "synchronous=FULL"):
        assert words in done.stdout
