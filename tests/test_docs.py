"""The words stay true: what the READMEs list is what there is."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "factcheck" / "api" / "README.md").read_text(encoding="utf-8")
ROOMS = ("ledger", "newsroom", "corpus", "claims", "publishing")


def test_every_setting_is_in_the_table() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', source))

    assert read
    assert read == set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))


def test_every_command_of_ours_is_in_the_table() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("factcheck")}

    assert ours
    assert ours == set(re.findall(r"^\| `manage\.py (\w+)` \|", README, re.MULTILINE))


def test_every_make_target_is_in_the_table() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets is not None

    listed = set(re.findall(r"`make ([\w-]+)`", README.split("## Commands", 1)[1]))
    assert set(targets.group(1).split()) == listed


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:20])

    for words in ("make run", "make test", "docs/conflict.png"):
        assert words in first_screen


@pytest.mark.parametrize("room", ROOMS)
def test_every_table_is_in_its_rooms_readme(room: str) -> None:
    words = (ROOT / "factcheck" / room / "README.md").read_text(encoding="utf-8")
    models = [model.__name__ for model in apps.get_app_config(room).get_models()]

    assert models
    assert [name for name in models if name not in words] == []


@pytest.mark.parametrize("room", ["corpus", "claims"])
def test_every_verb_is_in_its_rooms_readme(room: str) -> None:
    words = (ROOT / "factcheck" / room / "README.md").read_text(encoding="utf-8")
    services = sorted((ROOT / "factcheck" / room / "services").glob("*.py"))
    verbs = [
        name
        for path in services
        for name in re.findall(
            r"^def ([a-z]\w+)\([^)]*\bperson: User,[^)]*\bnow: datetime", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]

    assert verbs
    assert [name for name in verbs if f"`{name}`" not in words] == []


@pytest.mark.parametrize("room", ["api", "jobs", "workbench", "publishing"])
def test_every_file_is_in_its_rooms_readme(room: str) -> None:
    folder = ROOT / "factcheck" / room
    words = (folder / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in folder.glob("*.py") if path.name not in ("__init__.py", "apps.py", "urls.py")]

    plumbing = {"admin.py", "middleware.py", "requests.py", "site.py"} if room == "workbench" else set()
    plumbing |= {"models.py", "services.py", "errors.py", "findings.py"} if room == "publishing" else set()
    assert [name for name in files if name not in plumbing and f"`{name}`" not in words] == []


def test_what_the_pages_link_to_is_there() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("factcheck/*/README.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_rooms_in_the_readme_are_the_rooms() -> None:
    there = {path.name for path in (ROOT / "factcheck").iterdir() if path.is_dir() and not path.name.startswith("_")}

    assert there == set(re.findall(r"`factcheck/(\w+)`", README.split("## How it works", 1)[0]))


def test_every_code_of_the_api_is_in_its_readme() -> None:
    from factcheck.api.errors import STATUSES

    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (\d{3}) \|", API, re.MULTILINE)
    listed = {code: int(status) for codes, status in rows for code in re.findall(r"`(\w+)`", codes)}

    assert listed == dict(STATUSES)


def test_every_route_of_the_api_is_in_its_readme() -> None:
    from factcheck.api.urls import urlpatterns

    routes = set()
    for pattern in urlpatterns:
        view = getattr(pattern.callback, "cls", None)
        for method, act in getattr(pattern.callback, "actions", {}).items():
            if view is not None and method != "head":
                right = view.rights[act]
                path = re.sub(r"<[^>]+>", "{id}", str(pattern.pattern)).removeprefix("v1/")
                scopes = ", ".join(f"`{scope}`" for scope in sorted(right.scopes)) or "session"
                routes.add((f"{method.upper()} {path}", right.action.value, scopes))

    assert routes == set(re.findall(r"^\| `([A-Z]+ [^`]+)` \| ([^|]+) \| ([^|]+) \|", API, re.MULTILINE))
